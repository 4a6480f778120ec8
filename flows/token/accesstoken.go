package token

import (
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

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
	return run(e.By, &subject{raw: raw, keys: e.Keys, now: e.Now}, accessTokenRules(e))
}

func accessTokenRules(e AccessTokenExpectations) []rule {
	validation := trace.Spec{Doc: "RFC 9068", Section: "4"}
	row := func(id, text string, check func(*subject) verdict) rule {
		return rule{id: id, text: text, spec: validation, code: InvalidToken, check: check}
	}
	return []rule{
		row("token-is-jwt", "the access token is a signed JWT", checkParses),
		row("token-typ", "typ says that it is an access token", func(s *subject) verdict {
			got := strings.ToLower(header(s.raw, "typ"))
			if got == "application/at+jwt" {
				got = "at+jwt"
			}
			v := equal("at+jwt", got)
			if v.result == trace.Fail {
				v.reason = "another kind of token was sent, perhaps the ID token"
			}
			return v
		}),
		row("token-alg", "alg is one that is accepted, never none", checkAlgorithm),
		row("token-key", "kid names a key that the provider publishes", checkKey),
		row("token-signature", "the signature is the provider's", checkSignature),
		row("token-iss", "iss is the provider that this API trusts", func(s *subject) verdict {
			return equal(e.Issuer, s.claims.Issuer)
		}),
		row("token-aud", "aud names this API", func(s *subject) verdict {
			return contains(e.Audience, s.claims.Audience)
		}),
		row("token-exp", "exp is in the future", checkExpiry),
		{
			id: "token-scope", text: "scope covers what was asked for",
			spec: trace.Spec{Doc: "RFC 6750", Section: "3.1"}, code: InsufficientScope,
			check: func(s *subject) verdict {
				granted := or(s.claims.Scope, "nothing")
				if !slices.Contains(strings.Fields(s.claims.Scope), e.Scope) {
					return refuse(e.Scope, granted, "the person did not share this with the app")
				}
				return verdict{expected: e.Scope, got: granted, result: trace.Pass}
			},
		},
	}
}
