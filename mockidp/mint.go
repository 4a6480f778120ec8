package mockidp

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// Token says which token [ServedRealm.AccessToken] and [ServedRealm.IDToken]
// make, for the test of an API that wants a token and no login. What is left
// out is as a flow would have it.
type Token struct {
	// Client is the client_id of whom the token is given to. It must be set.
	Client string
	// Person is the username of whom it speaks; empty means that the client
	// acts for itself. An ID token needs one.
	Person string
	// Scope, space-separated; empty means all that the client may ask for.
	Scope string
	// Claims stand in the token besides the usual ones, or in the place of one
	// with the same name: {"aud", "https://other.example"}. A nil Value leaves
	// the claim out. An opaque token holds none.
	Claims []Claim
	// Expired makes a token that was good until an hour ago.
	Expired bool
	// Foreign signs the token with a key that this provider does not publish,
	// as whoever forges one would. Of an opaque token it makes one that nobody
	// gave out.
	Foreign bool
}

// AccessToken makes an access token without a flow. The provider knows it as
// one that it gave out, so that UserInfo, introspection and revocation take it:
//
//	good, err := provider.Realm("demo").AccessToken(mockidp.Token{Client: "spring-client-app", Person: "jane"})
//
// It returns an error for a client, person or scope that the realm does not
// have. Tokens that are bound to a key (RFC 9449, RFC 8705) need the claim cnf.
func (r ServedRealm) AccessToken(want Token) (string, error) {
	a, now, err := r.authorized(&want)
	if err != nil {
		return "", fmt.Errorf("make an access token: %w", err)
	}
	bound := a.client.DPoPBoundAccessTokens || a.client.TLSClientCertificateBoundAccessTokens
	if bound && !slices.ContainsFunc(want.Claims, func(c Claim) bool { return c.Name == "cnf" }) {
		return "", fmt.Errorf("make an access token: those of client %s are bound to a key; set the claim cnf (RFC 7800 section 3)", want.Client)
	}
	response, err := r.p.mint.issueAccessToken(context.Background(), r.t, a, now)
	if err != nil {
		return "", fmt.Errorf("make an access token: %w", err)
	}
	return r.changed(response.AccessToken, &want)
}

// IDToken makes an ID token without a flow, without a nonce unless Claims have
// one. Its scope must hold openid.
func (r ServedRealm) IDToken(want Token) (string, error) {
	a, now, err := r.authorized(&want)
	switch {
	case err != nil:
		return "", fmt.Errorf("make an ID token: %w", err)
	case a.person == nil:
		return "", errors.New("make an ID token: it speaks of a person; set Token.Person")
	case !slices.Contains(a.scopes, "openid"):
		return "", errors.New("make an ID token: the scope lacks openid (OpenID Connect Core section 3.1.2.1)")
	}
	token, err := r.p.mint.issueIDToken(context.Background(), r.t, a, inFront{}, now)
	if err != nil {
		return "", fmt.Errorf("make an ID token: %w", err)
	}
	return r.changed(token, &want)
}

// authorized is what a flow would have come to, and when.
func (r ServedRealm) authorized(want *Token) (*authorized, time.Time, error) {
	if r.err != nil {
		return nil, time.Time{}, r.err
	}
	if _, err := r.Client(want.Client); err != nil {
		return nil, time.Time{}, err
	}
	a := &authorized{client: r.t.clients.get(want.Client), license: &license{}}
	if want.Person != "" {
		var err error
		if a.person, err = r.t.person(want.Person); err != nil {
			return nil, time.Time{}, fmt.Errorf("%s: %w", want.Person, err)
		}
	}
	a.scopes = wire.Words(want.Scope)
	if want.Scope == "" {
		a.scopes = r.t.allowedScopes(a.client)
		if a.person == nil {
			a.scopes = wire.Without(a.scopes, r.t.scopesAboutPeople(a.scopes))
		}
	}
	if allowed := r.t.allowedScopes(a.client); len(wire.Without(a.scopes, allowed)) > 0 {
		return nil, time.Time{}, fmt.Errorf("client %s may not ask for %s; allowed: %s",
			want.Client, strings.Join(wire.Without(a.scopes, allowed), " "), strings.Join(allowed, " "))
	}
	now := r.t.trouble.clock(r.p.cfg.Now())
	if want.Expired {
		life := r.t.lifetimesOf(a.client)
		now = now.Add(-max(life.AccessToken, life.IDToken) - expiredFor)
	}
	a.authTime = now
	return a, now, nil
}

// changed is the token with what was asked for besides.
func (r ServedRealm) changed(token string, want *Token) (string, error) {
	if len(want.Claims) == 0 && !want.Foreign {
		return token, nil
	}
	j := parseJWT(token)
	if j.Malformed != "" {
		return r.changedOpaque(want)
	}
	alg := jose.SignatureAlgorithm(j.Alg)
	payload, err := withClaims(strings.Split(token, ".")[1], want.Claims)
	if err != nil {
		return "", fmt.Errorf("write the claims of a token: %w", err)
	}
	if !want.Foreign {
		return r.t.keys.Sign(alg, j.Typ, payload)
	}
	return r.p.mint.strangers.Sign(alg, j.Typ, payload)
}

func (r ServedRealm) changedOpaque(want *Token) (string, error) {
	if len(want.Claims) > 0 {
		return "", fmt.Errorf("the access tokens of client %s are opaque and hold no claims; its AccessTokenFormat is %q", want.Client,
			formatOpaque)
	}
	return r.p.draw.random(32)
}
