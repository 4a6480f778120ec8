package token

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// IDTokenExpectations is what a client knows before it looks at an ID token.
type IDTokenExpectations struct {
	By          trace.Role // who verifies; usually trace.Client
	Issuer      string     // from the provider's metadata
	ClientID    string     // the client's own
	Nonce       string     // sent in the authorization request; "" when none was sent
	AccessToken string     // that came with the ID token; "" when none came
	Algorithm   string     // registered as id_token_signed_response_alg
	Keys        *jose.JSONWebKeySet
	Now         time.Time
}

// VerifyIDToken runs the rules of OpenID Connect Core 1.0 section 3.1.3.7 in order.
func VerifyIDToken(raw string, e IDTokenExpectations) []trace.Check {
	return run(e.By, &subject{raw: raw, keys: e.Keys, now: e.Now}, idTokenRules(e))
}

func idTokenRules(e IDTokenExpectations) []rule {
	validation := trace.Spec{Doc: core, Section: "3.1.3.7"}
	row := func(id, text string, spec trace.Spec, check func(*subject) verdict) rule {
		return rule{id: id, text: text, spec: spec, code: "invalid_token", check: check}
	}
	return []rule{
		row("id-token-is-jwt", "the ID token is a signed JWT", trace.Spec{Doc: core, Section: "2"}, checkParses),
		row("id-token-alg", "alg is the algorithm that was registered", validation, func(s *subject) verdict {
			if v := checkAlgorithm(s); v.result != trace.Pass {
				return refuse(e.Algorithm, v.got, v.reason)
			}
			return equal(e.Algorithm, header(s.raw, "alg"))
		}),
		row("id-token-key", "kid names a key that the provider publishes", trace.Spec{Doc: core, Section: "10.1"}, checkKey),
		row("id-token-signature", "the signature is the provider's", validation, checkSignature),
		row("id-token-iss", "iss is the provider that was asked", validation, func(s *subject) verdict {
			return equal(e.Issuer, s.claims.Issuer)
		}),
		row("id-token-aud", "aud names this client and nobody else", validation, func(s *subject) verdict {
			v := contains(e.ClientID, s.claims.Audience)
			if v.result == trace.Pass && len(s.claims.Audience) > 1 {
				return refuse(v.expected, v.got, "the token is for others too, whom this client does not trust")
			}
			return v
		}),
		row("id-token-azp", "azp, if there is one, is this client", validation, func(s *subject) verdict {
			if s.claims.Party == "" {
				return skip("the token has no azp; only extensions of OpenID Connect need one")
			}
			return equal(e.ClientID, s.claims.Party)
		}),
		row("id-token-exp", "exp is in the future", validation, checkExpiry),
		row("id-token-iat", "iat is not in the future", validation, checkIssued),
		row("id-token-nonce", "nonce is the one that was sent", validation, func(s *subject) verdict {
			if e.Nonce == "" {
				return skip("no nonce was sent, so none is expected")
			}
			return equal(e.Nonce, s.claims.Nonce)
		}),
		row("id-token-at-hash", "at_hash fits the access token that came with it", trace.Spec{Doc: core, Section: "3.1.3.8"}, func(s *subject) verdict {
			return checkAccessTokenHash(s, e.AccessToken)
		}),
	}
}

func checkIssued(s *subject) verdict {
	iat := seconds(s.claims.Issued)
	want := "not after " + stamp(s.now)
	if s.claims.Issued == 0 {
		return refuse(want, "nothing", "the token has no iat")
	}
	if iat.After(s.now.Add(Leeway)) {
		return refuse(want, stamp(iat), "issued in the future: a clock is wrong")
	}
	return verdict{expected: want, got: stamp(iat), result: trace.Pass}
}

// checkAccessTokenHash compares the left half of the access token's hash
// (OpenID Connect Core 1.0 section 3.1.3.6). All accepted algorithms but EdDSA hash with SHA-256.
func checkAccessTokenHash(s *subject, accessToken string) verdict {
	if s.claims.AtHash == "" {
		return skip("the token has no at_hash; it is optional in this flow")
	}
	if accessToken == "" {
		return skip("no access token came with it")
	}
	if s.jws.Signatures[0].Header.Algorithm == string(jose.EdDSA) {
		return skip("the specification does not say which hash at_hash uses with EdDSA")
	}
	sum := sha256.Sum256([]byte(accessToken))
	return equal(base64.RawURLEncoding.EncodeToString(sum[:len(sum)/2]), s.claims.AtHash)
}

func contains(want string, list []string) verdict {
	got := or(strings.Join(list, ", "), "nothing")
	if !slices.Contains(list, want) {
		return verdict{expected: want, got: got, result: trace.Fail, reason: "the token was made for somebody else"}
	}
	return verdict{expected: want, got: got, result: trace.Pass}
}
