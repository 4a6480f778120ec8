package mockidp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// What a scope may be is one set of rules, whether it is asked for at the
// authorization endpoint or at the token endpoint.

// scopeOffline asks for access while the person is away (OpenID Connect Core
// section 11).
const scopeOffline = "offline_access"

// aboutPerson reports whether a scope speaks of a person alone, so that it
// means nothing where a client acts for itself. One for a resource server, or
// with claims of access tokens, serves people and services.
func (s *Scope) aboutPerson() bool {
	return s.Name == "openid" || s.Name == scopeOffline || len(s.Claims) > 0 && s.Audience == "" && len(s.AccessTokenClaims) == 0
}

// defaultScopes are what a request without scope asks for: what the config
// says, else what the grant has for it.
func (k *catalogue) defaultScopes(c *Client, ofGrant []string) []string {
	if c == nil {
		return ofGrant
	}
	if named := wire.Words(cmp.Or(c.DefaultScope, k.defaultScope)); len(named) > 0 {
		return named
	}
	return ofGrant
}

// checkDefaultScope holds the default to what may be asked for.
func checkDefaultScope(c *Client, n *neighbours) error {
	for _, s := range strings.Fields(c.DefaultScope) {
		if !n.scopes[s] {
			return wrong("default_scope", notOfRealm, s)
		}
		if c.Scope != "" && !slices.Contains(strings.Fields(c.Scope), s) {
			return wrong("default_scope", "%q must be in scope, which is what the client may ask for", s)
		}
	}
	return nil
}

// Scope is a permission that a client can ask for.
type Scope struct {
	Name string
	// Description completes "This app would like to …" on the consent page.
	Description string
	// Audience is the resource server that the scope is for (RFC 9068 section
	// 3); empty for a scope of the provider itself.
	Audience string
	// Claims are the names of the claims that UserInfo releases for it.
	Claims []string
	// IDTokenClaims and AccessTokenClaims are the names of claims that stand in
	// the tokens themselves when the scope is granted, for clients and resource
	// servers that look nowhere else. OpenID Connect Core section 5.4 has claims
	// come from UserInfo, so none is the rule.
	IDTokenClaims, AccessTokenClaims []string
}

// StandardScopes returns openid, profile, email, address and phone (OpenID
// Connect Core section 5.4), and offline_access (section 11), which only clients that are
// registered for refresh_token may ask for.
func StandardScopes() []Scope {
	return []Scope{
		{Name: "openid", Description: "know that it is you, by an identifier"},
		{
			Name: "profile", Description: "see your name and profile",
			Claims: []string{
				"name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile",
				"picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at",
			},
		},
		{Name: "email", Description: "see your email address", Claims: []string{"email", "email_verified"}},
		{Name: "address", Description: "see your postal address", Claims: []string{"address"}},
		{Name: "phone", Description: "see your phone number", Claims: []string{"phone_number", "phone_number_verified"}},
		{Name: scopeOffline, Description: "keep its access while you are away"},
	}
}
