package token

import (
	"cmp"
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
}

// Errors of RFC 6750 section 3.1.
const (
	InvalidToken      = "invalid_token"
	InsufficientScope = "insufficient_scope"
)

// VerifyAccessToken runs the rules of RFC 9068 section 4, then asks for the scope (RFC 6750 section 3.1).
func VerifyAccessToken(raw string, e AccessTokenExpectations) []trace.Check {
	s := subject{raw: raw, keys: e.Keys, now: e.Now, issuer: e.Issuer, receiver: e.Audience, scope: e.Scope}
	return rule.InOrder(e.By, accessTokenRows(), s.read())
}

func accessTokenRows() []rule.Row[subject] {
	row := func(id, text string, check func(*subject) rule.Finding) rule.Row[subject] {
		return rule.Row[subject]{ID: id, Rule: text, Spec: rule.RFC("9068", "4"), Error: InvalidToken, Check: check}
	}
	return []rule.Row[subject]{
		row("token-is-jwt", "the access token is a signed JWT", checkParses),
		row("token-typ", "typ says that it is an access token", checkType),
		row("token-alg", "alg is one that is accepted, never none", checkAlgorithm),
		row("token-key", "kid names a key that the provider publishes", checkKey),
		row("token-signature", "the signature is the provider's", checkSignature),
		row("token-iss", "iss is the provider that this API trusts", checkIssuer),
		row("token-aud", "aud names this API", checkAudience),
		row("token-exp", "exp is in the future", checkExpiry),
		{
			ID: "token-scope", Rule: "scope covers what was asked for", Spec: rule.RFC("6750", "3.1"), Error: InsufficientScope,
			Check: checkScope,
		},
	}
}

func checkType(s *subject) rule.Finding {
	const want = "at+jwt"
	got := strings.ToLower(header(s.raw, "typ"))
	if got == "application/"+want { // RFC 9068 section 4 takes both
		got = want
	}
	return rule.Verdict(got == want, want, cmp.Or(got, "nothing"), "another kind of token was sent, perhaps the ID token")
}

func checkScope(s *subject) rule.Finding {
	return rule.Verdict(slices.Contains(strings.Fields(s.claims.Scope), s.scope), s.scope, cmp.Or(s.claims.Scope, "nothing"),
		"the person did not share this with the app")
}
