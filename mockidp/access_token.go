package mockidp

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// The formats of access tokens. What a resource server reads by itself is a
// JWT (RFC 9068); an opaque one it asks about (RFC 7662).
const (
	formatJWT    = "jwt"
	formatOpaque = "opaque"
)

// writeAccessToken writes the claims as the client wants them, and remembers
// the token under its jti. Of an opaque one only a hash stays here, which is
// its jti too.
func (m *mint) writeAccessToken(t *tenant, a *authorized, claims *accessClaims, now time.Time) (string, error) {
	life := time.Duration(claims.Expires-claims.IssuedAt) * time.Second
	if a.client.AccessTokenFormat != formatOpaque {
		var payload any = claims
		if more := t.accessClaims(a); len(more) > 0 {
			payload = withMore{claims, more}
		}
		typ := cmp.Or(a.client.AccessTokenType, t.tokenType)
		token, err := m.keys.Sign(jose.SignatureAlgorithm(a.client.AccessTokenSignedResponseAlg), typ, payload)
		if err == nil {
			t.tokens.put(claims.ID, a.license, life, now)
		}
		return token, err
	}
	token, err := m.draw.random(32)
	if err == nil {
		claims.ID = keys.Digest(token)
		t.tokens.putOpaque(claims, a.license, life, now)
	}
	return token, err
}

// readAccessToken reads a token of either format. genuine says that this
// provider gave it out, not that it is still good.
func (m *mint) readAccessToken(t *tenant, raw string, now time.Time) (token jwt, genuine bool) {
	if claims := t.tokens.opaque(raw, now); claims != nil {
		return jwt{JWT: keys.JWT{Raw: raw, Typ: typeAccessToken}, opaque: true, accessClaims: *claims}, true
	}
	token = parseJWT(raw)
	token.opaque = !strings.Contains(raw, ".") && t.clients.any(func(c *Client) bool { return c.AccessTokenFormat == formatOpaque })
	return token, token.Malformed == "" && m.keys.Verify(token.JWT, m.now()) == nil
}

func checkAccessTokenFormat(c *Client) error {
	if err := checkAccessTokenType(c.AccessTokenType); err != nil {
		return err
	}
	if f := c.AccessTokenFormat; f != formatJWT && f != formatOpaque {
		return fmt.Errorf("access_token_format: %q is neither %s nor %s", f, formatJWT, formatOpaque)
	}
	return nil
}

// opaqueRows are about an access token that nobody can read.
func opaqueRows() []rule.Row[bearerUse] {
	return []rule.Row[bearerUse]{{
		ID: "token-known", Rule: "the access token is one that this provider gave out",
		Spec: rule.RFC("6750", "3.1"), Error: "invalid_token", Status: http.StatusUnauthorized,
		Check: func(in *bearerUse) rule.Finding {
			got := "a text that nobody here gave out, or long ago"
			if in.signed {
				got = "such a token"
			}
			return rule.Verdict(in.signed, "a token that this provider gave out", got,
				"the access token is not one that this provider remembers")
		},
	}}
}
