package diagnosis

import (
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// apiTokenRows are about a token that an API does not take. What stands in the
// token anybody can read; what the API wants, only its answer says.
func apiTokenRows() []Row {
	jwt := rfc("9068", "4")
	return []Row{
		{"refresh-token-at-api", "a refresh token was sent to an API", rfc("6749", "1.5"), func(c *Case) *sighting {
			return c.sentAsAccessToken("refresh_token", nil)
		}},
		{"id-token-at-api", "the ID token was sent to an API instead of the access token", jwt, func(c *Case) *sighting {
			s := c.sentAsAccessToken("id_token", looksLikeIDToken)
			if e, check := c.broke("token-typ", "token-type"); s == nil && e != nil && unseen(e) &&
				strings.EqualFold(strings.TrimPrefix(check.Got, "typ "), "jwt") {
				return likely(e, ruled(e, check)...)
			}
			return s
		}},
		{"token-opaque", "the token is opaque, and the API wants a JWT", rfc("7662", "2.1"), either(tokenOpaque,
			bySaying("missing dot delimiter"), guess(bySaying("jwt malformed", "wrong number of segments", "not enough segments")),
			guess(tells([]string{"jwt", "token", "jws", "bearer token", "header", "payload"}, []string{
				"malformed", "not a jwt", "segments", "dots", "unable to decode", "could not decode", "cannot decode", "base64", "base64url",
				"dot-separated", "three parts", "not well formed", "serialization", "compact", "opaque",
			})))},
		{"token-truncated", "the token is not whole", rfc("7519", "3"), either(tokenCut, unlessForeign(byRule("token-is-jwt")))},
		{"token-expired", "the access token had expired", rfc("6750", "3.1"), either(
			tokenPast, byRule("token-exp", "token-not-expired"),
			unless(stateNamed, notOfIDToken(bySaying("jwt expired", "token expired", "token has expired", "token is expired",
				"lifetime validation failed"))),
			bySayingBoth([]string{"verify token", "bearer"}, []string{"token is not active"}),
			unless(either(stateNamed, bySaying("refresh token", "id token", "device code", "renewal", "silent")), tells([]string{
				"token", "access token", "jwt", "exp", "accesstoken",
				"bearer token",
			},
				expiredWords())),
		)},
		{"token-from-the-future", "the access token is not good yet for the clock of the API", rfc("7519", "4.1.5"), either(
			tokenFuture, unless(bySaying("expired or not yet", "expired or is not yet", "expired or it is not yet"), bySaying("not before",
				"token used before", "not yet valid", "\"nbf\" claim", "jwt is not active yet")),
		)},
		{"token-revoked", "the access token was revoked, or its session has ended", rfc("6749", "4.1.2"), either(
			byRule("token-not-revoked"), tokenRevoked)},
	}
}

// claimRows are about what an API reads in a token: its claims, its type and its signature.
func claimRows() []Row {
	jwt := rfc("9068", "4")
	return []Row{
		{"api-issuer-differs", "iss of the token is not the issuer that the API trusts", jwt, either(
			byRule("token-iss", "token-issuer"),
			bySaying("iss claim is not valid", "unexpected \"iss\"", "unexpected 'iss'", "issuer '", "the issuer", "invalid issuer",
				"issuer validation failed", "issuer does not match", "issued by a different provider", "issuer is not configured"),
			unless(ofIDToken(tells([]string{"issuer", "iss"}, mismatch())), tells([]string{"issuer", "iss", "iss claim", "issuer claim"},
				slices.Concat(mismatch(), forbiddenWords(), []string{"not trusted", "untrusted"}))),
			tells([]string{"openidconnect provider", "oidc provider", "openid connect provider", "identity provider"}, []string{
				"no", "unknown", "not configured", "not trusted", "not registered",
			}),
		)},
		{"token-audience-is-client", "aud of the token is the app and not the API", jwt, audience(true)},
		{"token-audience-other", "aud of the token does not name the API", jwt, either(
			audience(false), tokenOfGraph, unlessUnseen(byRule("token-aud", "token-audience")), bySaying("required audience is missing",
				"invalid token audience", "aud claim is not valid",
				"unexpected \"aud\"", "unexpected 'aud'", "the audience", "invalid audience",
				"audience validation failed",
				"missing the \"aud\"", "expected audience", "bad audience"),
			unless(ofIDToken(tells(audienceWords(), mismatch())), tells(audienceWords(), slices.Concat(mismatch(), missing(), forbiddenWords()))),
		)},
		{"at-jwt-refused", "the API does not take the type at+jwt, or takes no other", rfc("9068", "2.1"), either(
			unlessForeign(byRule("token-typ", "token-type")),
			bySaying("unexpected jwt 'typ'", "unexpected \"typ\"", "jose header typ", "typ (type)", "idx10257", "unexpected jwt typ",
				"required to be a jwt access token", "given typ value needs to be one of"),
		)},
		{"token-algorithm", "the token is signed with another algorithm than the API accepts", rfc("8725", "3.1"), unless(unsigned, either(
			byRule("token-alg"), unless(byClient(algorithmTold), notOfIDToken(algorithmTold)),
		))},
		{"token-signature", "the signature of the token does not verify with the keys of the API", jwt, either(
			unlessForeign(byRule("token-signature")), unsigned,
			bySaying("invalid signature", "signature verification failed", "signed jwt rejected", "failed to verify signature"),
			unless(bySaying("malformed", "three parts", "segments"), tellsToo([]string{"bearer", "access token", "jwt", "token", "tokens"}, []string{
				"signature",
				"jws",
			}, []string{
				"invalid", "verification failed", "failed to verify", "could not verify", "could not be verified", "not verified", "not valid",
				"validation failed", "unable to verify", "verification error",
			})),
		)},
		{"token-of-other-provider", "the token is not one that this provider gave out", rfc("6750", "3.1"), byRule("token-known")},
	}
}

// grantedRows are about what a token is good for, and a refusal that says no more.
func grantedRows() []Row {
	return []Row{
		{"scope-missing-at-api", "the scope of the token does not cover what was asked of the API", rfc("6750", "3.1"), either(
			byRule("token-scope"), byCode(logins.API, "insufficient_scope"), byCode(logins.UserInfo, "insufficient_scope"),
			bySaying("insufficient scope", "insufficient permissions", "insufficient privileges"),
			about(tells([]string{"scope", "scopes", "permission", "permissions"}, append(missing(), "required", "requires", "insufficient")),
				logins.API),
		)},
		{"permission-missing", "the token is good, and whoever it stands for may not do this", rfc("9110", "15.5.4"), either(
			forbidden, bySaying("not authorized to perform", "permission failure", "permission denied"),
			tells([]string{"role", "roles", "user", "access"}, []string{
				"forbidden", "access denied", "not have the required", "n't have the required", "not have permission", "n't have permission",
				"permission failure",
			}),
		)},
		{"token-refused", "the API does not take the token; it does not say why", rfc("6750", "3.1"), either(func(c *Case) *sighting {
			e := c.refusedByAPI()
			if e == nil || e.Status() != 401 || e.Bearer() == "" {
				return nil
			}
			return possible(e, refusal(e)...)
		}, guess(bySaying("must be logged in to the server", "invalid bearer token", "invalid access token")), guess(weak(notOfIDToken(tells(
			[]string{"jwt", "access token", "bearer token", "token"}, []string{
				"invalid", "not valid", "was invalid", "is invalid", "rejected", "could not be validated", "validation failed", "verification failed",
			})))))},
	}
}

// tokenPast compares exp with when the request was sent. What says no date may be
// read long after it happened, and whoever misses a scope has looked at exp before.
func tokenPast(c *Case) *sighting {
	e := c.refusedByAPI("token-exp", "token-not-expired")
	if e == nil || e.Error() == "insufficient_scope" {
		return nil
	}
	jwt, _ := e.JWT()
	if looksLikeIDToken(jwt) != "" && e.Broken() == nil {
		return nil // a newer one would be refused as well
	}
	expires, ok := seconds(jwt.Claim("exp"))
	seen, name, at := certain, "asked at", e.At()
	if at.IsZero() {
		seen, name, at = likely, "read at", c.Known.Read
		if e.Description() != "" && !saysAny(c.said(e).words, "exp", "active", "old", "lifetime") {
			seen = possible // it was refused for something else, unless the words are of no help
		}
	}
	if !ok || !expires.Before(at) {
		return nil
	}
	return seen(e, append([]Evidence{
		quote(e, "exp", expires.UTC().Format(time.RFC3339)), quote(e, name, at.UTC().Format(time.RFC3339)),
	}, refusal(e)...)...)
}

func tokenFuture(c *Case) *sighting {
	e := c.refusedByAPI()
	if e == nil || e.At().IsZero() {
		return nil
	}
	jwt, _ := e.JWT()
	for _, claim := range []string{"nbf", "iat"} {
		if begins, ok := seconds(jwt.Claim(claim)); ok && begins.Sub(e.At()) > muchSkew {
			return likely(e, append([]Evidence{
				quote(e, claim, begins.UTC().Format(time.RFC3339)), quote(e, "asked at", e.At().UTC().Format(time.RFC3339)),
			}, refusal(e)...)...)
		}
	}
	return nil
}

// tokenOpaque needs an API that says that it wanted a JWT.
func tokenOpaque(c *Case) *sighting {
	e := c.refusedByAPI("token-is-jwt")
	if e != nil && e.Broken() == nil && isEncrypted(e.Bearer()) {
		shown := ownWords(quote(e, "Authorization", "a token that is encrypted, and not for the API"))
		return likely(e, append([]Evidence{shown}, refusal(e)...)...)
	}
	if e == nil || unseen(e) || strings.HasPrefix(e.Bearer(), "eyJ") {
		return nil
	}
	if e.Broken() != nil {
		s := likely(e, append([]Evidence{quote(e, "Authorization", "Bearer "+Short(e.Bearer()))}, ruled(e, e.Broken())...)...)
		if c.cameAsAccessToken(e) { // and is no refresh token
			s.sure = Certain
		}
		return s
	}
	if !saysAny(c.said(e).words, "jwt", "malformed", "invalid serialization", "jws", "jose", "not enough segments", "three parts",
		"idx12741", "idx10709", "compact") {
		return nil
	}
	return likely(e, append([]Evidence{quote(e, "Authorization", "Bearer "+Short(e.Bearer()))}, refusal(e)...)...)
}

// isEncrypted knows a JWE, which has five parts, and enc in the first of them (RFC 7516 section 3.1).
func isEncrypted(token string) bool {
	head, _, _ := strings.Cut(token, ".")
	plain, err := base64.RawURLEncoding.DecodeString(head)
	return err == nil && strings.Count(token, ".") == 4 && strings.Contains(string(plain), `"enc"`)
}

// forbidden is a 403 that speaks of no scope.
func forbidden(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return e.Endpoint == logins.API && e.Status() == 403 && !e.Preflight && e.Error() != "insufficient_scope"
	})
	if e == nil {
		return nil
	}
	if check := e.Broken(); check != nil {
		if check.Spec.Doc != "RFC 6749" || contains(check.ID, "token") {
			return nil
		}
		return certain(e, ruled(e, check)...)
	}
	return possible(e, refusal(e)...)
}
