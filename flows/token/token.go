// Package token verifies tokens the way their receivers must, one named rule
// at a time: an ID token as a client does (OpenID Connect Core 1.0 section
// 3.1.3.7), a JWT access token as a resource server does (RFC 9068 section 4).
//
// Call [VerifyIDToken] or [VerifyAccessToken]; both return every rule with its
// result. Once a rule has failed the others are skipped and say so. The
// package fetches nothing and keeps nothing.
package token

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Leeway is how far two clocks may disagree.
const Leeway = 5 * time.Second

const core = "OpenID Connect Core 1.0"

// rule is one row. check returns what was expected, what was found, and
// whether they agree; an empty reason with ok false is a plain mismatch.
type rule struct {
	id, text string
	spec     trace.Spec
	code     string // the protocol's error code that a failure leads to
	check    func(*subject) verdict
}

type verdict struct {
	expected, got string
	result        trace.Result
	reason        string
}

// subject is a token under examination. Rules fill it in as they go.
type subject struct {
	raw    string
	keys   *jose.JSONWebKeySet
	now    time.Time
	claims claims
	jws    *jose.JSONWebSignature
	key    *jose.JSONWebKey
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

func run(by trace.Role, s *subject, rules []rule) []trace.Check {
	checks := make([]trace.Check, 0, len(rules))
	failed := ""
	for _, r := range rules {
		c := trace.Check{By: by, ID: r.id, Rule: r.text, Spec: r.spec}
		if failed != "" {
			c.Result, c.Reason = trace.Skip, "not looked at: already refused because of “"+failed+"”"
			checks = append(checks, c)
			continue
		}
		v := r.check(s)
		c.Expected, c.Got, c.Result, c.Reason = v.expected, v.got, v.result, v.reason
		if v.result == trace.Fail {
			failed, c.Error = r.text, r.code
		}
		checks = append(checks, c)
	}
	return checks
}

func equal(expected, got string) verdict {
	if expected == got {
		return verdict{expected: expected, got: got, result: trace.Pass}
	}
	return verdict{expected: expected, got: or(got, "nothing"), result: trace.Fail}
}

func refuse(expected, got, reason string) verdict {
	return verdict{expected: expected, got: got, result: trace.Fail, reason: reason}
}

func skip(reason string) verdict { return verdict{result: trace.Skip, reason: reason} }

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

// algorithms are those that the cast's metadata may promise; "none" is never among them (RFC 8725 section 3.2).
func algorithms() []jose.SignatureAlgorithm {
	return []jose.SignatureAlgorithm{jose.RS256, jose.PS256, jose.ES256, jose.EdDSA}
}

func checkParses(s *subject) verdict {
	const want = "three base64url parts, signed"
	jwt, err := trace.DecodeJWT(s.raw)
	if err != nil {
		return refuse(want, "something else", err.Error())
	}
	payload := make(map[string]json.RawMessage, len(jwt.Payload))
	for _, f := range jwt.Payload {
		payload[f.Name] = json.RawMessage(f.Value)
	}
	text, err := json.Marshal(payload)
	if err != nil {
		return refuse(want, "claims that are not JSON", err.Error())
	}
	if err := json.Unmarshal(text, &s.claims); err != nil {
		return refuse(want, "claims of the wrong type", err.Error())
	}
	return verdict{expected: want, got: want, result: trace.Pass}
}

func checkAlgorithm(s *subject) verdict {
	names := make([]string, 0, 4)
	for _, a := range algorithms() {
		names = append(names, string(a))
	}
	want := strings.Join(names, ", ")
	got := header(s.raw, "alg")
	jws, err := jose.ParseSignedCompact(s.raw, algorithms())
	if err != nil {
		return refuse(want, or(got, "nothing"), "the alg header names an algorithm that is not accepted")
	}
	s.jws = jws
	return verdict{expected: want, got: got, result: trace.Pass}
}

func checkKey(s *subject) verdict {
	kid := s.jws.Signatures[0].Header.KeyID
	ids := make([]string, 0, len(s.keys.Keys))
	for i := range s.keys.Keys {
		ids = append(ids, s.keys.Keys[i].KeyID)
		if s.keys.Keys[i].KeyID == kid {
			s.key = &s.keys.Keys[i]
		}
	}
	if s.key == nil {
		return refuse(strings.Join(ids, ", "), or(kid, "nothing"), "no published key has that kid")
	}
	return verdict{expected: kid, got: kid, result: trace.Pass}
}

func checkSignature(s *subject) verdict {
	alg := s.jws.Signatures[0].Header.Algorithm
	if _, err := s.jws.Verify(s.key); err != nil {
		return refuse(alg+" by key "+s.key.KeyID, "a signature that does not match",
			"the token was changed after it was signed, or signed by somebody else")
	}
	return verdict{expected: alg + " by key " + s.key.KeyID, got: "matches", result: trace.Pass}
}

func checkExpiry(s *subject) verdict {
	exp := seconds(s.claims.Expires)
	want := "after " + stamp(s.now)
	if s.claims.Expires == 0 {
		return refuse(want, "nothing", "the token has no exp")
	}
	if !s.now.Before(exp.Add(Leeway)) {
		return refuse(want, stamp(exp), "expired "+s.now.Sub(exp).Round(time.Second).String()+" ago")
	}
	return verdict{expected: want, got: stamp(exp), result: trace.Pass}
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
