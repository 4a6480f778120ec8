package token

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// MaxPasted is how long a token may be that somebody brings, in bytes.
const MaxPasted = 64 << 10

// Problem is what is wrong with a text that should have been a token. Words
// for learners are filed under ID; Detail is for developers.
type Problem struct{ ID, Detail string }

func (p *Problem) Error() string { return p.Detail }

// The problems, by id.
const (
	TooLong      = "too-long"
	Empty        = "empty"
	Encrypted    = "encrypted"
	WrongParts   = "parts"
	NotBase64URL = "not-base64url"
	NotJSON      = "not-json"
	BadEdit      = "bad-edit"
)

// Problems lists the ids of them all.
func Problems() []string {
	return []string{TooLong, Empty, Encrypted, WrongParts, NotBase64URL, NotJSON, BadEdit}
}

// Pasted makes a token of what somebody pasted: quotation marks, white space
// and the scheme of an Authorization header around it are dropped. The error is
// a [*Problem]. Nothing is verified.
func Pasted(text string) (string, error) {
	if len(text) > MaxPasted {
		return "", &Problem{TooLong, fmt.Sprintf("the text has %d bytes, a token here has at most %d", len(text), MaxPasted)}
	}
	raw := strings.Join(strings.Fields(text), " ")
	for _, before := range []string{"Authorization:", "Bearer", "DPoP"} {
		if rest, ok := cutFold(raw, before); ok {
			raw = strings.TrimSpace(rest)
		}
	}
	raw = strings.Trim(strings.ReplaceAll(raw, " ", ""), `"',;`)
	parts := strings.Split(raw, ".")
	switch {
	case raw == "":
		return "", &Problem{Empty, "there is no text"}
	case len(parts) == 5:
		return "", &Problem{Encrypted, "five parts make an encrypted token (RFC 7516 section 3.1), which only its receiver can open"}
	case len(parts) != 3:
		const want = "a signed token has 3 parts between full stops (RFC 7515 section 3.1), this has %d"
		return "", &Problem{WrongParts, fmt.Sprintf(want, len(parts))}
	}
	for i, name := range []string{"header", "payload"} {
		if _, err := object(parts[i]); err != nil {
			err.Detail = "the " + name + " " + err.Detail
			return "", err
		}
	}
	if _, err := base64.RawURLEncoding.DecodeString(parts[2]); err != nil {
		return "", &Problem{NotBase64URL, "the signature is not base64url: " + err.Error()}
	}
	return raw, nil
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

// object decodes a part that must hold one JSON object.
func object(part string) ([]byte, *Problem) {
	text, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return nil, &Problem{NotBase64URL, "is not base64url (RFC 7515 section 2): " + err.Error()}
	}
	if err := oneObject(text); err != nil {
		return nil, &Problem{NotJSON, "is not a JSON object: " + err.Error()}
	}
	return text, nil
}

func oneObject(text []byte) error {
	if !json.Valid(text) {
		var v any
		return json.Unmarshal(text, &v) //nolint:wrapcheck // says where it stops being JSON
	}
	if _, err := trace.Members(text); err != nil {
		return errors.New("it is JSON of another kind")
	}
	return nil
}

// Draft is a token whose header and payload can be edited as text.
type Draft struct {
	Header, Payload string // JSON, indented; as it stood where it cannot be
	parts           []string
}

// NewDraft takes a token apart that [Pasted] or a party made.
func NewDraft(raw string) (Draft, error) {
	d := Draft{parts: strings.Split(raw, ".")}
	if len(d.parts) != 3 {
		return Draft{}, &Problem{WrongParts, fmt.Sprintf("a signed token has 3 parts, this has %d", len(d.parts))}
	}
	for i, into := range []*string{&d.Header, &d.Payload} {
		text, err := object(d.parts[i])
		if err != nil {
			return Draft{}, err
		}
		*into = indented(text)
	}
	return d, nil
}

// Raw is the token as it was.
func (d Draft) Raw() string { return strings.Join(d.parts, ".") }

// Make puts a token together from edited texts and the old signature. A part
// that was not edited keeps its bytes, so that without an edit the signature
// still fits. The error is a [*Problem] that names the part.
func (d Draft) Make(header, payload string) (string, error) {
	parts := []string{d.parts[0], d.parts[1], d.parts[2]}
	for i, p := range []struct{ name, text, was string }{{"header", header, d.Header}, {"payload", payload, d.Payload}} {
		if p.text == p.was {
			continue
		}
		if err := oneObject([]byte(p.text)); err != nil {
			return "", &Problem{BadEdit, "the " + p.name + " is not a JSON object: " + err.Error()}
		}
		var compact bytes.Buffer
		if err := json.Compact(&compact, []byte(p.text)); err != nil {
			return "", &Problem{BadEdit, "the " + p.name + ": " + err.Error()}
		}
		parts[i] = base64.RawURLEncoding.EncodeToString(compact.Bytes())
	}
	raw := strings.Join(parts, ".")
	if len(raw) > MaxPasted {
		return "", &Problem{TooLong, fmt.Sprintf("the token would have %d bytes, at most %d", len(raw), MaxPasted)}
	}
	return raw, nil
}

// Kind is what a token says that it is.
type Kind string

// The kinds that have rules.
const (
	IDToken     Kind = "id-token"
	AccessToken Kind = "access-token"
	// Introspected is an access token as the provider tells of it.
	Introspected Kind = "introspected"
	// LogoutToken tells a client that a person signed out.
	LogoutToken Kind = "logout-token"
	// SignIn is an ID token of which a client wants to know how old the sign-in is.
	SignIn Kind = "sign-in"
)

// KindOf goes by typ: JWT access tokens say that they are some (RFC 9068 section 2.1).
func KindOf(raw string) Kind {
	if typ := strings.ToLower(header(raw, "typ")); strings.TrimPrefix(typ, "application/") == "at+jwt" {
		return AccessToken
	}
	return IDToken
}

func indented(text []byte) string {
	var b bytes.Buffer
	if json.Indent(&b, text, "", "  ") != nil {
		return string(text)
	}
	return b.String()
}
