package mockidp

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// authorized is what tokens are given out for: what a client may do, and who
// allowed it. Every grant ends with one.
type authorized struct {
	client   *Client
	person   *Person // nil when the client acts for itself
	scopes   []string
	authTime time.Time // when the person signed in
	nonce    string    // for the first ID token only (OpenID Connect Core section 12.2)
	sid      string
	license  *license
	derived  *derived // of a token exchange; nil otherwise
	visit    *visit   // in which the person allowed it; nil without a person's session
	details  []detail // what was granted by authorization_details
	// resources are the only resource servers that access tokens may be for,
	// only those of them that this one is for (RFC 8707); empty means all.
	resources, only []string
	// forAccess is what of them the access token is for; nil means all.
	forAccess []detail
	bound     *keys.Confirmation // what uses of the access token must prove to have; nil for nothing
	acr       string             // how well the person was authenticated; empty when nobody asked
	wishes    claimWishes        // of the client, for ID tokens
	alone     bool               // there is an ID token and nothing to ask UserInfo with
}

// subject is who the tokens speak of. Without a person that is the client
// itself (RFC 9068 section 2.2).
func (a *authorized) subject() string {
	if a.person == nil {
		return a.client.ClientID
	}
	return a.person.Subject
}

func (a *authorized) accessDetails() []detail {
	if a.forAccess != nil {
		return a.forAccess
	}
	return a.details
}

// mint gives out tokens, and knows the ones that it gave out.
type mint struct {
	draw *source
	keys *keys.Set
	now  func() time.Time
}

// issueTokens gives out an access token and, when a person agreed to openid,
// an ID token.
func (m *mint) issueTokens(ctx context.Context, t *tenant, a *authorized, now time.Time) (tokenResponse, error) {
	response, err := m.issueAccessToken(ctx, t, a, now)
	if err == nil && a.person != nil && slices.Contains(a.scopes, "openid") {
		response.IDToken, err = m.issueIDToken(ctx, t, a, inFront{access: response.AccessToken}, now)
	}
	return response, err
}

// issueAccessToken gives out an access token and remembers it.
func (m *mint) issueAccessToken(ctx context.Context, t *tenant, a *authorized, now time.Time) (tokenResponse, error) {
	life := t.lifetimesOf(a.client)
	jti, err := m.draw.newID()
	if err != nil {
		return tokenResponse{}, err
	}
	claims := accessClaims{
		Issuer: t.issuer, Subject: a.subject(), Audience: t.audienceOf(a),
		Expires: unix(now.Add(life.AccessToken)), IssuedAt: unix(now), ID: jti,
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
		access, err = m.spoil(ctx, t, a.client, tokenAccess, access)
	}
	if err != nil {
		return tokenResponse{}, err
	}
	t.clients.use(a.client)
	t.sessions.remember(a.visit, a.client)
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
	alg := jose.SignatureAlgorithm(a.client.IDTokenSignedResponseAlg)
	var scopes []string
	if a.alone {
		scopes = a.scopes
	}
	token, err := m.keys.Sign(alg, typeIDToken, idClaims{
		Issuer: t.issuer, Subject: a.subject(), Audience: audience{a.client.ClientID},
		Expires: unix(now.Add(t.lifetimesOf(a.client).IDToken)), IssuedAt: unix(now), AuthTime: unix(a.authTime),
		Nonce: a.nonce, Methods: []string{"pwd"}, Session: a.sid,
		ACR: a.acr, Person: t.idClaims(a, scopes),
		AtHash: keys.HalfHash(alg, with.access), CodeHash: keys.HalfHash(alg, with.code),
	})
	if err != nil {
		return "", err
	}
	return m.spoil(ctx, t, a.client, tokenID, token)
}
