package mockidp

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// mint gives out tokens, and knows the ones that it gave out.
type mint struct {
	draw *source
	now  func() time.Time
	// strangers are keys that nobody publishes, for tokens that are to be foreign.
	strangers *keys.Set
}

// issueTokens gives out an access token and, when a person agreed to openid,
// an ID token.
func (m *mint) issueTokens(ctx context.Context, t *tenant, a *authorized, now time.Time) (tokenResponse, error) {
	response, err := m.issueAccessToken(ctx, t, a, now)
	if err == nil && a.person != nil && slices.Contains(a.scopes, "openid") {
		response.IDToken, err = m.issueIDToken(ctx, t, a, inFront{access: response.AccessToken}, now)
	}
	if err == nil {
		err = m.swap(ctx, t, a, &response, now)
	}
	return response, err
}

// issueAccessToken gives out an access token and remembers it.
func (m *mint) issueAccessToken(ctx context.Context, t *tenant, a *authorized, now time.Time) (tokenResponse, error) {
	t, a = t.as(a.issuer), t.current(a)
	life := t.lifetimesOf(a.client)
	claims := accessClaims{
		Issuer: t.issuer, Subject: a.subject(&t.directory), Audience: t.audienceOf(a),
		Expires: unix(now.Add(life.AccessToken)), IssuedAt: unix(now),
		ClientID: a.client.ClientID, Scope: strings.Join(a.scopes, " "),
		Details: encodeDetails(a.accessDetails()), Confirmation: a.bound,
	}
	if a.person != nil {
		claims.AuthTime, claims.ACR = unix(a.authTime), a.acr // RFC 9470 section 6.1
		claims.addRoles(a.person)
	}
	if who := a.client.MayAct; who != "" {
		claims.MayAct = &actor{Subject: who}
	}
	a.derived.into(&claims)
	access, err := m.writeAccessToken(t, a, &claims, now)
	if err == nil {
		access, err = m.spoil(ctx, t, a, tokenAccess, access)
	}
	if err != nil {
		return tokenResponse{}, err
	}
	t.clients.use(a.client)
	t.sessions.remember(a.visit, a.client, t.issuer)
	return tokenResponse{
		AccessToken: access, TokenType: a.bound.TokenType(), ExpiresIn: int(claims.Expires - claims.IssuedAt), Scope: claims.Scope,
		Details: claims.Details,
	}, nil
}

// issueFirst gives out what an authorization begins with: tokens, and a
// refresh token where the client is registered for that grant (RFC 7591
// section 2). Without offline_access the refresh token ends with the session
// that it came from; with it, to which the person then agreed, it goes on
// (OpenID Connect Core section 11).
func (m *mint) issueFirst(ctx context.Context, t *tenant, a *authorized, now time.Time) (tokenResponse, error) {
	response, err := m.issueTokens(ctx, t, a, now)
	if err == nil && a.client.mayRefresh() {
		response.RefreshToken, err = m.beginFamily(t, a, now)
	}
	return response, err
}

// issueIDToken says who signed in, when and how. What scopes release comes
// from UserInfo, unless there will be no access token to ask it with (OpenID
// Connect Core section 5.4).
func (m *mint) issueIDToken(ctx context.Context, t *tenant, a *authorized, with inFront, now time.Time) (string, error) {
	t, a = t.as(a.issuer), t.current(a)
	alg := jose.SignatureAlgorithm(a.client.IDTokenSignedResponseAlg)
	var scopes []string
	if a.alone {
		scopes = a.scopes
	}
	sid := a.sid
	if !a.client.namesSession() {
		sid = ""
	}
	if a.visit == nil {
		t.apart.note(a.person.Subject, unix(a.authTime), now)
	}
	token, err := t.keys.Sign(alg, typeIDToken, idClaims{
		Issuer: t.issuer, Subject: a.subject(&t.directory), Audience: audience{a.client.ClientID},
		Expires: unix(now.Add(t.lifetimesOf(a.client).IDToken)), IssuedAt: unix(now), AuthTime: unix(a.authTime),
		Nonce: a.nonce, Methods: []string{"pwd"}, Session: sid,
		ACR: a.acr, Person: t.idClaims(a, scopes),
		AtHash: keys.HalfHash(alg, with.access), CodeHash: keys.HalfHash(alg, with.code),
	})
	if err != nil {
		return "", err
	}
	return m.spoil(ctx, t, a, tokenID, token)
}

// beginFamily returns the first refresh token of an authorization.
func (m *mint) beginFamily(t *tenant, a *authorized, now time.Time) (string, error) {
	id, err := m.draw.random(16)
	if err != nil {
		return "", err
	}
	secret, err := m.draw.random(32)
	if err != nil {
		return "", err
	}
	return t.families.begin(a, id, secret, now)
}

// renew puts the next refresh token in the place of the one that was claimed.
func (m *mint) renew(t *tenant, r *rotation, bound *keys.Confirmation, now time.Time) (string, error) {
	secret, err := m.draw.random(32)
	if err != nil {
		return "", err
	}
	return t.families.renew(r, secret, bound, now)
}
