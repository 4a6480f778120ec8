package mockidp

import (
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
func (p *Provider) writeAccessToken(t *tenant, a *authorized, claims *accessClaims, now time.Time) (string, error) {
	life := time.Duration(claims.Expires-claims.IssuedAt) * time.Second
	if a.client.AccessTokenFormat != formatOpaque {
		token, err := p.keys.Sign(jose.SignatureAlgorithm(a.client.AccessTokenSignedResponseAlg), typeAccessToken, claims)
		if err == nil {
			t.putToken(claims.ID, a.license, life, now)
		}
		return token, err
	}
	token, err := p.random(32)
	if err == nil {
		claims.ID = keys.Digest(token)
		t.putOpaque(claims, a.license, life, now)
	}
	return token, err
}

// readAccessToken reads a token of either format. genuine says that this
// provider gave it out, not that it is still good.
func (p *Provider) readAccessToken(t *tenant, raw string, now time.Time) (token jwt, genuine bool) {
	if claims := t.opaque(raw, now); claims != nil {
		return jwt{JWT: keys.JWT{Raw: raw, Typ: typeAccessToken}, opaque: true, accessClaims: *claims}, true
	}
	token = parseJWT(raw)
	token.opaque = !strings.Contains(raw, ".") && t.anyClient(func(c *Client) bool { return c.AccessTokenFormat == formatOpaque })
	return token, token.Malformed == "" && p.keys.Verify(token.JWT, p.cfg.Now()) == nil
}

// own returns a license for one token, so that it can end alone.
func (l *license) own(claims *accessClaims) *license {
	return &license{parent: l, exchanges: l.exchanges, wishes: l.wishes, claims: claims}
}

// putToken remembers a token for as long as it is good.
func (t *tenant) putToken(jti string, l *license, life time.Duration, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tokens.PutFor(jti, l.own(nil), life, now)
}

// putOpaque remembers what a token stands for, and for a while longer than it
// is good, so that whoever brings it late is told that it expired.
func (t *tenant) putOpaque(claims *accessClaims, l *license, life time.Duration, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tokens.PutFor(claims.ID, l.own(claims), life+min(life, 10*time.Minute), now)
}

// opaque returns what an opaque token stands for, or nil.
func (t *tenant) opaque(token string, now time.Time) *accessClaims {
	if token == "" || strings.Contains(token, ".") {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if l, ok := t.tokens.Get(keys.Digest(token), now); ok {
		return l.claims
	}
	return nil
}

// over says why an access token is no longer good, or "" when it is.
func (t *tenant) over(jti string, now time.Time) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	l, ok := t.tokens.Get(jti, now)
	if !ok {
		return "nobody here remembers it"
	}
	return l.over()
}

func checkAccessTokenFormat(c *Client) error {
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
