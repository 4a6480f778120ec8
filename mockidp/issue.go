package mockidp

import (
	"crypto/sha256"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// issueTokens gives out what a code stands for: an access token and, when
// openid was agreed to, an ID token. No refresh token: that grant is not on.
func (p *Provider) issueTokens(t *tenant, c *code, now time.Time) (tokenResponse, error) {
	jti, err := p.newID()
	if err != nil {
		return tokenResponse{}, err
	}
	expires := now.Add(accessTokenLifetime)
	access, err := p.sign(jose.RS256, typeAccessToken, accessClaims{
		Issuer: t.issuer, Subject: c.person.Subject, Audience: t.audience(c.scopes),
		Expires: unix(expires), IssuedAt: unix(now), AuthTime: unix(c.authTime), ID: jti,
		ClientID: c.client.ClientID, Scope: strings.Join(c.scopes, " "),
	})
	if err != nil {
		return tokenResponse{}, err
	}
	t.putToken(jti, c.license, now)
	response := tokenResponse{
		AccessToken: access, TokenType: "Bearer", ExpiresIn: int(accessTokenLifetime.Seconds()),
		Scope: strings.Join(c.scopes, " "),
	}
	if slices.Contains(c.scopes, "openid") {
		response.IDToken, err = p.issueIDToken(t, c, access, now)
	}
	return response, err
}

// issueIDToken says who signed in, when and how. What profile and email
// release comes from UserInfo (OpenID Connect Core section 5.4).
func (p *Provider) issueIDToken(t *tenant, c *code, access string, now time.Time) (string, error) {
	sum := sha256.Sum256([]byte(access)) // both algorithms that this provider signs with use SHA-256
	return p.sign(jose.SignatureAlgorithm(c.client.IDTokenSignedResponseAlg), typeIDToken, idClaims{
		Issuer: t.issuer, Subject: c.person.Subject, Audience: audience{c.client.ClientID},
		Expires: unix(now.Add(idTokenLifetime)), IssuedAt: unix(now), AuthTime: unix(c.authTime),
		Nonce: c.nonce, Methods: []string{"pwd"}, AtHash: encode(sum[:len(sum)/2]), Session: c.sid,
	})
}

// audience lists the resource servers that the scopes are for (RFC 9068
// section 3). With openid, or with nothing else, that is this provider, which
// is the resource server of UserInfo.
func (t *tenant) audience(scopes []string) audience {
	var list audience
	for _, name := range scopes {
		if aud := t.scope(name).Audience; aud != "" && !slices.Contains(list, aud) {
			list = append(list, aud)
		}
	}
	if len(list) == 0 || slices.Contains(scopes, "openid") {
		list = append(list, t.issuer)
	}
	return list
}
