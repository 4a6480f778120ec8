package mockidp

import (
	"cmp"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// writeAccessToken writes the claims as the client wants them, with a jti. Of an
// opaque one a hash stays here, which is its jti too.
func (m *mint) writeAccessToken(t *tenant, a *authorized, claims *accessClaims, now time.Time) (string, error) {
	life := time.Duration(claims.Expires-claims.IssuedAt) * time.Second
	if a.client.AccessTokenFormat != formatOpaque {
		var drawn [drawnSize]byte
		if err := m.draw.read(drawn[:]); err != nil {
			return "", err
		}
		var err error
		if claims.ID, err = t.tokens.name(a.client.ClientID, a.license, drawn, life, now); err != nil {
			return "", err
		}
		var payload any = claims
		if more := t.accessClaims(a); len(more) > 0 {
			payload = withMore{claims, more}
		}
		typ := cmp.Or(a.client.AccessTokenType, t.tokenType)
		token, err := t.keys.Sign(jose.SignatureAlgorithm(a.client.AccessTokenSignedResponseAlg), typ, payload)
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
	return token, token.Malformed == "" && t.keys.Verify(token.JWT, m.now()) == nil
}

func checkAccessTokenFormat(c *Client) error {
	if err := checkAccessTokenType(c.AccessTokenType); err != nil {
		return err
	}
	if f := c.AccessTokenFormat; f != formatJWT && f != formatOpaque {
		return wrong("access_token_format", "%q is neither %s nor %s", f, formatJWT, formatOpaque)
	}
	return nil
}
