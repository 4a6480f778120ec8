package token

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// AccessTokenExpectations is what a resource server knows before it looks at an access token.
type AccessTokenExpectations struct {
	By       trace.Role // who verifies; usually trace.ResourceServer
	Issuer   string     // the authorization server that it trusts
	Audience string     // its own identifier
	Scope    string     // the one scope that this request needs
	Keys     *jose.JSONWebKeySet
	Now      time.Time
	// AnyType takes access tokens with the typ JWT too, for a provider that was
	// told to write it for resource servers that know no other.
	AnyType bool
	// Unbound refuses tokens that are bound to a key, for an API that checks no proofs.
	Unbound bool
	// Certificate is the thumbprint of what the sender presented in the TLS
	// handshake (x5t#S256, RFC 8705 section 3.1); "" where it presented nothing.
	Certificate string
}

func (e AccessTokenExpectations) of(raw string) subject {
	return subject{
		raw: raw, keys: e.Keys, now: e.Now, issuer: e.Issuer, receiver: e.Audience, scope: e.Scope, anyType: e.AnyType,
		certificate: e.Certificate,
	}
}

// Errors of RFC 6750 section 3.1.
const (
	InvalidToken      = "invalid_token"
	InsufficientScope = "insufficient_scope"
)

// VerifyAccessToken runs the rules of RFC 9068 section 4, then asks for the scope (RFC 6750 section 3.1).
func VerifyAccessToken(raw string, e AccessTokenExpectations) []trace.Check {
	s := e.of(raw).read()
	return rule.InOrder(e.By, accessTokenRows(s.asked(e)), s)
}

// VerifyIntrospected runs the rules for what a provider said of an access token
// when it was asked (RFC 7662 section 2.2), for tokens that only it can read.
func VerifyIntrospected(answer []byte, e AccessTokenExpectations) []trace.Check {
	s := e.of("")
	if err := json.Unmarshal(answer, &s.claims); err != nil {
		s.claims = claims{} // an answer that cannot be read says nothing
	}
	return rule.InOrder(e.By, introspectedRows(s.asked(e)), &s)
}

// binding says which rules about tokens that are bound to something are asked at all.
type binding struct {
	certificate bool // the token is bound to one
	unbound     bool // the API checks no other proofs
}

func (s *subject) asked(e AccessTokenExpectations) binding {
	return binding{certificate: s.boundTo() != "", unbound: e.Unbound}
}

// accessTokenRows are the rules for a JWT.
func accessTokenRows(b binding) []rule.Row[subject] {
	row := func(id, text string, check func(*subject) rule.Finding) rule.Row[subject] {
		return rule.Row[subject]{ID: id, Rule: text, Spec: rule.RFC("9068", "4"), Error: InvalidToken, Check: check}
	}
	rows := []rule.Row[subject]{
		row("token-is-jwt", "the access token is a signed JWT", checkParses),
		row("token-typ", "typ says that it is an access token", checkType),
		row("token-alg", "alg is one that is accepted, never none", checkAlgorithm),
		row("token-key", "kid names a key that the provider publishes", checkKey),
		row("token-signature", "the signature is the provider's", checkSignature),
		row("token-iss", "iss is the provider that this API trusts", checkIssuer),
		audienceRow(),
		row("token-exp", "exp is in the future", checkExpiry),
	}
	return append(rows, lastRows(b)...)
}

func introspectedRows(b binding) []rule.Row[subject] {
	active := rule.Row[subject]{
		ID: "token-active", Rule: "the provider says that the token is in force", Spec: rule.RFC("7662", "2.2"), Error: InvalidToken,
		Check: checkActive,
	}
	return append([]rule.Row[subject]{active, audienceRow()}, lastRows(b)...)
}

func audienceRow() rule.Row[subject] {
	return rule.Row[subject]{
		ID: "token-aud", Rule: "aud names this API", Spec: rule.RFC("9068", "4"), Error: InvalidToken, Check: checkAudience,
	}
}

func lastRows(b binding) []rule.Row[subject] {
	var rows []rule.Row[subject]
	if b.certificate {
		rows = append(rows, certificateRow())
	}
	if b.unbound {
		rows = append(rows, unboundRow())
	}
	return append(rows, scopeRow())
}

// boundTo is the thumbprint of the certificate that a token is bound to (RFC 8705 section 3.1), or "".
func (s *subject) boundTo() string {
	bound, _ := s.claims.Confirmation["x5t#S256"].(string)
	return bound
}

// certificateRow keeps a token that is bound to a certificate with the one who has its key.
func certificateRow() rule.Row[subject] {
	return rule.Row[subject]{
		ID: "token-certificate-matches", Rule: "the token comes with the certificate that it is bound to", Spec: rule.RFC("8705", "3"),
		Error: InvalidToken,
		Check: func(s *subject) rule.Finding {
			return rule.Verdict(s.boundTo() == s.certificate, s.boundTo(), cmp.Or(s.certificate, "no certificate"),
				"whoever copied the token has not the key of the certificate, and without it no handshake succeeds")
		},
	}
}

func scopeRow() rule.Row[subject] {
	return rule.Row[subject]{
		ID: "token-scope", Rule: "scope covers what was asked for", Spec: rule.RFC("6750", "3.1"), Error: InsufficientScope, Check: checkScope,
	}
}

// unboundRow is about tokens that are good only together with a key or a
// certificate: whoever takes one without that proof takes it from a thief too.
func unboundRow() rule.Row[subject] {
	return rule.Row[subject]{
		ID: "token-unbound", Rule: "a token that is bound to a key does not come without its proof", Spec: rule.RFC("9449", "7.2"),
		Error: InvalidToken, When: func(s *subject) bool { return s.boundTo() == "" },
		Check: func(s *subject) rule.Finding {
			bound := len(s.claims.Confirmation) > 0
			return rule.Verdict(!bound, "no cnf", map[bool]string{true: "cnf", false: "no cnf"}[bound],
				"the token is worth something with its proof alone, and this API checks no proofs; UserInfo does")
		},
	}
}

func checkActive(s *subject) rule.Finding {
	return rule.Verdict(s.claims.Active, "active", "not active", "it has expired, was revoked, or is none of this provider")
}

func checkType(s *subject) rule.Finding {
	const want = "at+jwt"
	got := strings.ToLower(header(s.raw, "typ"))
	if got == "application/"+want { // RFC 9068 section 4 takes both
		got = want
	}
	return rule.Verdict(got == want || s.anyType && got == "jwt", want, cmp.Or(got, "nothing"),
		"another kind of token was sent, perhaps the ID token")
}

func checkScope(s *subject) rule.Finding {
	return rule.Verdict(slices.Contains(strings.Fields(s.claims.Scope), s.scope), s.scope, cmp.Or(s.claims.Scope, "nothing"),
		"the person did not share this with the app")
}
