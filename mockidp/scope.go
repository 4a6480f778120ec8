package mockidp

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// What a scope may be is one set of rules, whether it is asked for at the
// authorization endpoint or at the token endpoint.

// scopeOffline asks for access while the person is away (OpenID Connect Core
// section 11).
const scopeOffline = "offline_access"

func checkScopeSyntax(sent string) rule.Finding {
	for token := range strings.SplitSeq(sent, " ") {
		if !wire.IsScopeToken(token) {
			return rule.Fail("scope tokens with one space between them", wire.Shown(sent),
				"scope holds a character that it may not, or more than one space in a row")
		}
	}
	return rule.Pass("scope tokens with one space between them", wire.Shown(sent))
}

func checkScopeAllowed(t *tenant, c *Client, asked []string) rule.Finding {
	list := t.allowedScopes(c)
	allowed, extra, got := strings.Join(list, " "), wire.Without(asked, list), wire.Shown(strings.Join(asked, " "))
	if len(extra) == 0 {
		return rule.Pass(allowed, got)
	}
	return rule.Fail(allowed, got,
		"client "+c.ClientID+" may not ask for "+wire.Shown(strings.Join(extra, " "))+"; allowed: "+allowed)
}

// aboutPerson reports whether a scope speaks of a person alone, so that it
// means nothing where a client acts for itself. One for a resource server, or
// with claims of access tokens, serves people and services.
func (s *Scope) aboutPerson() bool {
	return s.Name == "openid" || s.Name == scopeOffline || len(s.Claims) > 0 && s.Audience == "" && len(s.AccessTokenClaims) == 0
}

// askScopes reads the scope parameter of a token request. Who sends none asks
// for the default (RFC 6749 section 3.3).
func (in *tokenRequest) askScopes(byDefault []string) {
	in.scopes = byDefault
	if in.params.Has("scope") {
		in.scopes = wire.Words(in.params.Get("scope"))
	}
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

// setDefaultScope is the way out for whoever sends no scope.
const setDefaultScope = "; send one, or set default_scope for the client or the realm"

// checkDefaultScope holds the default to what may be asked for.
func checkDefaultScope(c *Client, n *neighbours) error {
	for _, s := range strings.Fields(c.DefaultScope) {
		if !n.scopes[s] {
			return fmt.Errorf("default_scope: %q is not a scope of the realm", s)
		}
		if c.Scope != "" && !slices.Contains(strings.Fields(c.Scope), s) {
			return fmt.Errorf("default_scope: %q is not in scope, which is what the client may ask for", s)
		}
	}
	return nil
}

// grantScopeRows are the rules about the scope of a grant that asks for one
// at the token endpoint.
func grantScopeRows[R any, P ofToken[R]]() []rule.Row[R] {
	return append([]rule.Row[R]{sentScopeRow[R, P]()}, rule.Lifted([]rule.Row[tokenRequest]{
		{
			ID: "scope-allowed", Rule: "every scope is one that the client may ask for",
			Spec: rule.RFC("6749", "5.2"), Error: "invalid_scope",
			Check: func(in *tokenRequest) rule.Finding { return checkScopeAllowed(in.t, in.client, in.scopes) },
		},
		{
			ID: "scope-present", Rule: "a scope is sent, or there is a default",
			Spec: rule.RFC("6749", "3.3"), Error: "invalid_scope",
			Check: func(in *tokenRequest) rule.Finding {
				if len(in.scopes) == 0 && in.details.isMade() {
					return rule.Skip("authorization_details say what is asked for")
				}
				return rule.Verdict(len(in.scopes) > 0, "a scope", cmp.Or(strings.Join(in.scopes, " "), "none"),
					"scope is missing, and no scope that client "+in.client.ClientID+" may ask for could be its default here"+setDefaultScope)
			},
		},
	}, tokenOf[R, P])...)
}

// sentScopeRow is about how a scope is written, if one is sent.
func sentScopeRow[R any, P ofToken[R]]() rule.Row[R] {
	return rule.Lifted([]rule.Row[tokenRequest]{{
		ID: "scope-syntax", Rule: "scope is words with one space between them",
		Spec: rule.RFC("6749", "3.3"), Error: "invalid_scope",
		Check: func(in *tokenRequest) rule.Finding {
			if !in.params.Has("scope") {
				return rule.Skip("no scope is sent; the default is " + cmp.Or(strings.Join(in.scopes, " "), "none"))
			}
			return checkScopeSyntax(in.params.Get("scope"))
		},
	}}, tokenOf[R, P])[0]
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
