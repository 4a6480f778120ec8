package mockidp

import (
	"cmp"
	"slices"

	"github.com/go-jose/go-jose/v4"
)

// withDefaults returns a copy of r with what RFC 7591 section 2 says about
// omitted values filled in.
func withDefaults(r Realm) Realm {
	if len(r.Scopes) == 0 {
		r.Scopes = StandardScopes()
	}
	r.AuthorizationDetailsTypes = cloneDetailsTypes(r.AuthorizationDetailsTypes)
	r.SigningAlgorithms = slices.Clone(r.SigningAlgorithms)
	r.Scopes, r.Clients, r.People = slices.Clone(r.Scopes), slices.Clone(r.Clients), slices.Clone(r.People)
	for i := range r.Scopes {
		s := &r.Scopes[i]
		s.Claims, s.IDTokenClaims, s.AccessTokenClaims = slices.Clone(s.Claims), slices.Clone(s.IDTokenClaims), slices.Clone(s.AccessTokenClaims)
	}
	for i := range r.Clients {
		r.Clients[i] = clientWithDefaults(withAlg(r.Clients[i], r.SigningAlg), r.SigningAlgorithms)
		r.Clients[i].AccessTokenType = cmp.Or(r.Clients[i].AccessTokenType, r.AccessTokenType)
	}
	for i := range r.People {
		p := &r.People[i]
		p.Roles = slices.Clone(p.Roles)
		p.Claims, p.Subject = slices.Clone(p.Claims), cmp.Or(p.Subject, p.Username)
	}
	return r
}

// withAlg fills in what a client's tokens are signed with, where the realm says it.
func withAlg(c Client, alg string) Client {
	if c.Profile == ProfileFAPI2 {
		return c // which says it itself
	}
	c.IDTokenSignedResponseAlg = cmp.Or(c.IDTokenSignedResponseAlg, alg)
	c.AccessTokenSignedResponseAlg = cmp.Or(c.AccessTokenSignedResponseAlg, alg)
	c.AuthorizationSignedResponseAlg = cmp.Or(c.AuthorizationSignedResponseAlg, alg)
	c.IntrospectionSignedResponseAlg = cmp.Or(c.IntrospectionSignedResponseAlg, alg)
	return c
}

// clientWithDefaults fills in what a client leaves out; algorithms are
// Realm.SigningAlgorithms.
func clientWithDefaults(c Client, algorithms []string) Client {
	c.RedirectURIs, c.Origins = slices.Clone(c.RedirectURIs), slices.Clone(c.Origins)
	c.PostLogoutRedirectURIs, c.RequestURIs = slices.Clone(c.PostLogoutRedirectURIs), slices.Clone(c.RequestURIs)
	if c.JWKS != nil {
		c.JWKS = &jose.JSONWebKeySet{Keys: slices.Clone(c.JWKS.Keys)}
	}
	c.AuthorizationDetailsTypes = slices.Clone(c.AuthorizationDetailsTypes)
	c.FurtherSecrets = slices.Clone(c.FurtherSecrets)
	c.Audiences, c.Claims = slices.Clone(c.Audiences), slices.Clone(c.Claims)
	c.IDTokenClaims, c.AccessTokenClaims = slices.Clone(c.IDTokenClaims), slices.Clone(c.AccessTokenClaims)
	c.GrantTypes, c.ResponseTypes, c.ResponseModes = slices.Clone(c.GrantTypes), slices.Clone(c.ResponseTypes), slices.Clone(c.ResponseModes)
	if c.GrantTypes == nil {
		c.GrantTypes = []string{grantAuthorizationCode}
	}
	if c.ResponseTypes == nil && slices.Contains(c.GrantTypes, grantAuthorizationCode) {
		c.ResponseTypes = []string{responseTypeCode}
	}
	if c.TokenEndpointAuthMethod == "" {
		c.TokenEndpointAuthMethod = authEither
		if c.ClientSecret == "" {
			c.TokenEndpointAuthMethod = authNone
		}
	}
	c.AccessTokenFormat = cmp.Or(c.AccessTokenFormat, formatJWT)
	usual := usualAlgorithm(algorithms, c.Profile)
	c.IDTokenSignedResponseAlg = cmp.Or(c.IDTokenSignedResponseAlg, usual)
	c.AccessTokenSignedResponseAlg = cmp.Or(c.AccessTokenSignedResponseAlg, usual)
	c.AuthorizationSignedResponseAlg = cmp.Or(c.AuthorizationSignedResponseAlg, usual)
	c.IntrospectionSignedResponseAlg = cmp.Or(c.IntrospectionSignedResponseAlg, usual)
	return c
}
