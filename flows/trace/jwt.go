package trace

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// JWT is a token taken apart. Nothing about it has been verified.
type JWT struct {
	Header    []Field // members in the order of the JSON, values as JSON text
	Payload   []Field
	Signature string // base64url, as on the wire
}

// ErrNotJWT means that a text is not three base64url parts of which two hold JSON objects (RFC 7519 section 3).
var ErrNotJWT = errors.New("not a JWT in compact form")

// DecodeJWT takes a signed token apart. It does NOT verify anything: whoever
// can read a token can decode it.
func DecodeJWT(raw string) (JWT, error) {
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return JWT{}, fmt.Errorf("%w: it has %d parts, a signed token has 3", ErrNotJWT, len(parts))
	}
	header, err := decodeObject(parts[0])
	if err != nil {
		return JWT{}, fmt.Errorf("%w: header: %w", ErrNotJWT, err)
	}
	payload, err := decodeObject(parts[1])
	if err != nil {
		return JWT{}, fmt.Errorf("%w: payload: %w", ErrNotJWT, err)
	}
	return JWT{Header: header, Payload: payload, Signature: parts[2]}, nil
}

// Claim returns a claim of the payload as plain text (strings without their quotes), or "".
func (j JWT) Claim(name string) string { return plainField(j.Payload, name) }

// KeyID returns the kid of the header, or "".
func (j JWT) KeyID() string { return plainField(j.Header, "kid") }

func plainField(fields []Field, name string) string {
	for _, f := range fields {
		if f.Name == name {
			return Unquote(f.Value)
		}
	}
	return ""
}

// Unquote returns the text inside a JSON string, and any other JSON as it is.
func Unquote(jsonText string) string {
	if text, ok := plainString(jsonText); ok {
		return text
	}
	var s string
	if json.Unmarshal([]byte(jsonText), &s) == nil {
		return s
	}
	return jsonText
}

// plainString returns what stands between the quotes of a JSON string without
// escapes, which nearly every string of a token is: a search through a long run
// reads many thousands of them.
func plainString(jsonText string) (string, bool) {
	inner, quoted := strings.CutPrefix(jsonText, `"`)
	inner, closed := strings.CutSuffix(inner, `"`)
	if !quoted || !closed {
		return "", false
	}
	for i := range len(inner) {
		if c := inner[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			return "", false
		}
	}
	return inner, true
}

// Members returns the members of a JSON object in their order, values as compact JSON text.
func Members(object []byte) ([]Field, error) {
	dec := json.NewDecoder(bytes.NewReader(object))
	open, err := dec.Token()
	if err != nil {
		return nil, fmt.Errorf("read JSON: %w", err)
	}
	if open != json.Delim('{') {
		return nil, errors.New("read JSON: not an object")
	}
	var fields []Field
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, fmt.Errorf("read JSON member: %w", err)
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, fmt.Errorf("read JSON member %v: %w", name, err)
		}
		text, err := compact(value)
		if err != nil {
			return nil, fmt.Errorf("read JSON member %v: %w", name, err)
		}
		fields = append(fields, Field{Name: fmt.Sprint(name), Value: text})
	}
	if _, err := dec.Token(); err != nil {
		return nil, fmt.Errorf("read JSON: %w", err)
	}
	return fields, nil
}

// compact takes the white space out of JSON. Only objects and lists can have any.
func compact(value json.RawMessage) (string, error) {
	if value[0] != '{' && value[0] != '[' {
		return string(value), nil
	}
	var b bytes.Buffer
	if err := json.Compact(&b, value); err != nil {
		return "", fmt.Errorf("take the white space out: %w", err)
	}
	return b.String(), nil
}

func decodeObject(part string) ([]Field, error) {
	text, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return nil, fmt.Errorf("not base64url: %w", err)
	}
	return Members(text)
}

// JSONMember returns the text of a string member of a JSON object, or "".
func JSONMember(object []byte, name string) string {
	fields, err := Members(object)
	if err != nil {
		return ""
	}
	return JWT{Payload: fields}.Claim(name)
}
