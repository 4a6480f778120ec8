// Package token verifies tokens the way their receivers must, one named rule
// at a time: an ID token as a client does (OpenID Connect Core 1.0 section
// 3.1.3.7), a JWT access token as a resource server does (RFC 9068 section 4).
//
// Call [VerifyIDToken] or [VerifyAccessToken]; both return every rule with its
// result. Once a rule has failed the others are skipped and say so. The
// package fetches nothing and keeps nothing.
package token

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Leeway is how far two clocks may disagree.
const Leeway = 5 * time.Second

// subject is a token under examination, and what its receiver knows.
type subject struct {
	issuer      string // whom the receiver trusts
	receiver    string // its own identifier
	scope       string // that the request needs
	nonce       string // that was sent
	accessToken string // that came with it
	algorithm   string // that was registered
	certificate string // thumbprint of what the sender presented
	anyType     bool   // see AccessTokenExpectations
	maxAge      time.Duration
	heard       func(jti string) bool

	raw      string
	keys     *jose.JSONWebKeySet
	now      time.Time
	unread   *rule.Finding // why the claims could not be read
	unsigned error         // why the signature could not be read
	claims   claims
	jws      *jose.JSONWebSignature
}

// read takes the token apart, as far as that goes.
func (s subject) read() *subject {
	s.unread = s.claims.read(s.raw)
	s.jws, s.unsigned = jose.ParseSignedCompact(s.raw, algorithms())
	return &s
}

// kid is the key that the token names.
func (s *subject) kid() string { return s.jws.Signatures[0].Header.KeyID }

// key is the published key that the token names, or nil.
func (s *subject) key() *jose.JSONWebKey {
	for i := len(s.keys.Keys) - 1; i >= 0; i-- {
		if s.keys.Keys[i].KeyID == s.kid() {
			return &s.keys.Keys[i]
		}
	}
	return nil
}

type claims struct {
	Issuer   string   `json:"iss"`
	Subject  string   `json:"sub"`
	Audience audience `json:"aud"`
	Party    string   `json:"azp"`
	Expires  float64  `json:"exp"`
	Issued   float64  `json:"iat"`
	NotYet   float64  `json:"nbf"`
	Nonce    string   `json:"nonce"`
	AtHash   string   `json:"at_hash"`
	Scope    string   `json:"scope"`
	Active   bool     `json:"active"` // of an introspection response
	AuthTime float64  `json:"auth_time"`
	ID       string   `json:"jti"`
	Session  string   `json:"sid"`

	Events map[string]any `json:"events"` // of a security event (RFC 8417), such as a logout

	Confirmation map[string]any `json:"cnf"` // of a token that is bound to a key (RFC 7800)
}

const signedParts = "three base64url parts, signed"

// read fills the claims in, or says why it can't.
func (c *claims) read(raw string) *rule.Finding {
	unread := func(got string, err error) *rule.Finding {
		f := rule.Fail(signedParts, got, err.Error())
		return &f
	}
	jwt, err := trace.DecodeJWT(raw)
	if err != nil {
		return unread("something else", err)
	}
	payload := make(map[string]json.RawMessage, len(jwt.Payload))
	for _, f := range jwt.Payload {
		payload[f.Name] = json.RawMessage(f.Value)
	}
	text, err := json.Marshal(payload)
	if err != nil {
		return unread("claims that are not JSON", err)
	}
	if err := json.Unmarshal(text, c); err != nil {
		return unread("claims of the wrong type", err)
	}
	return nil
}

// audience is one string or a list of them (RFC 7519 section 4.1.3).
type audience []string

// UnmarshalJSON reads both forms.
func (a *audience) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*a = audience{one}
		return nil
	}
	var many []string
	if err := json.Unmarshal(b, &many); err != nil {
		return fmt.Errorf("aud: %w", err)
	}
	*a = many
	return nil
}

// Rules lists the rules for a kind of token, in the order in which they run.
func Rules(kind Kind) []rule.Listed {
	switch kind {
	case AccessToken:
		return rule.List(accessTokenRows(binding{certificate: true, unbound: true}))
	case Introspected:
		return rule.List(introspectedRows(binding{certificate: true, unbound: true}))
	case LogoutToken:
		return rule.List(logoutTokenRows())
	case SignIn:
		return rule.List(signInRows())
	}
	return rule.List(idTokenRows())
}

// equal is a plain mismatch when it fails: no sentence says more than the two values.
func equal(expected, got string) rule.Finding {
	if expected == got {
		return rule.Pass(expected, got)
	}
	return rule.Fail(expected, cmp.Or(got, "nothing"), "")
}

// algorithms are those that the cast's metadata may promise; "none" is never among them (RFC 8725 section 3.2).
func algorithms() []jose.SignatureAlgorithm {
	return []jose.SignatureAlgorithm{jose.RS256, jose.PS256, jose.ES256, jose.EdDSA}
}

func checkParses(s *subject) rule.Finding {
	if s.unread != nil {
		return *s.unread
	}
	return rule.Pass(signedParts, signedParts)
}

func checkAlgorithm(s *subject) rule.Finding {
	names := make([]string, 0, len(algorithms()))
	for _, a := range algorithms() {
		names = append(names, string(a))
	}
	return rule.Verdict(s.unsigned == nil, strings.Join(names, ", "), cmp.Or(header(s.raw, "alg"), "nothing"),
		"the alg header names an algorithm that is not accepted")
}

func checkKey(s *subject) rule.Finding {
	if s.key() != nil {
		return rule.Pass(s.kid(), s.kid())
	}
	ids := make([]string, 0, len(s.keys.Keys))
	for i := range s.keys.Keys {
		ids = append(ids, s.keys.Keys[i].KeyID)
	}
	return rule.Fail(strings.Join(ids, ", "), cmp.Or(s.kid(), "nothing"), "no published key has that kid")
}

func checkSignature(s *subject) rule.Finding {
	key := s.key()
	want := s.jws.Signatures[0].Header.Algorithm + " by key " + key.KeyID
	if _, err := s.jws.Verify(key); err != nil {
		return rule.Fail(want, "a signature that does not match", "the token was changed after it was signed, or signed by somebody else")
	}
	return rule.Pass(want, "matches")
}

func checkIssuer(s *subject) rule.Finding { return equal(s.issuer, s.claims.Issuer) }

// checkAudience looks for the receiver among those whom the token is for.
func checkAudience(s *subject) rule.Finding {
	return rule.Verdict(slices.Contains(s.claims.Audience, s.receiver), s.receiver,
		cmp.Or(strings.Join(s.claims.Audience, ", "), "nothing"), "the token was made for somebody else")
}

func checkExpiry(s *subject) rule.Finding {
	exp := seconds(s.claims.Expires)
	want := "after " + stamp(s.now)
	if s.claims.Expires == 0 {
		return rule.Fail(want, "nothing", "the token has no exp")
	}
	return rule.Verdict(s.now.Before(exp.Add(Leeway)), want, stamp(exp), "expired "+s.now.Sub(exp).Round(time.Second).String()+" ago")
}

func header(raw, name string) string {
	jwt, err := trace.DecodeJWT(raw)
	if err != nil {
		return ""
	}
	for _, f := range jwt.Header {
		if f.Name == name {
			return trace.Unquote(f.Value)
		}
	}
	return ""
}

func seconds(n float64) time.Time { return time.Unix(int64(n), 0) }

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
