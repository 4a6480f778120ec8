package mockidp

import (
	"slices"
	"strings"
)

// What a scope may be is one set of rules, whether it is asked for at the
// authorization endpoint or at the token endpoint.

// scopeOffline asks for access while the person is away (OpenID Connect Core
// section 11).
const scopeOffline = "offline_access"

func checkScopeSyntax(sent string) finding {
	for token := range strings.SplitSeq(sent, " ") {
		if !isScopeToken(token) {
			return fail("scope tokens with one space between them", shown(sent),
				"scope holds a character that it may not, or more than one space in a row")
		}
	}
	return pass("scope tokens with one space between them", shown(sent))
}

func checkScopeAllowed(t *tenant, c *Client, asked []string) finding {
	list := t.allowedScopes(c)
	allowed, extra, got := strings.Join(list, " "), without(asked, list), shown(strings.Join(asked, " "))
	if len(extra) == 0 {
		return pass(allowed, got)
	}
	return fail(allowed, got,
		"client "+c.ClientID+" may not ask for "+shown(strings.Join(extra, " "))+"; allowed: "+allowed)
}

// aboutPerson reports whether a scope speaks of a person, so that it means
// nothing where a client acts for itself.
func (s *Scope) aboutPerson() bool {
	return s.Name == "openid" || s.Name == scopeOffline || len(s.Claims) > 0
}

// scopesAboutPeople lists those of names that speak of a person.
func (t *tenant) scopesAboutPeople(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		s := t.scope(name)
		return s == nil || !s.aboutPerson()
	})
}

// askScopes reads the scope parameter of a token request. Who sends none asks
// for the default (RFC 6749 section 3.3).
func (in *tokenRequest) askScopes(byDefault []string) {
	in.scopes = byDefault
	if in.params.has("scope") {
		in.scopes = words(in.params.get("scope"))
	}
}

// grantScopeRows are the rules about the scope of a grant that asks for one
// at the token endpoint.
func grantScopeRows() []row[tokenRequest] {
	return []row[tokenRequest]{
		sentScopeRow(),
		{
			id: "scope-allowed", rule: "every scope is one that the client may ask for",
			spec: rfc("6749", "5.2"), err: "invalid_scope",
			check: func(in *tokenRequest) finding { return checkScopeAllowed(in.t, in.client, in.scopes) },
		},
		{
			id: "scope-present", rule: "a scope is sent, or there is a default",
			spec: rfc("6749", "3.3"), err: "invalid_scope",
			check: func(in *tokenRequest) finding {
				if len(in.scopes) == 0 && in.details.isMade() {
					return skip("authorization_details say what is asked for")
				}
				return verdict(len(in.scopes) > 0, "a scope", orElse(strings.Join(in.scopes, " "), "none"),
					"scope is missing, and no scope that client "+in.client.ClientID+" may ask for could be its default here")
			},
		},
	}
}

// sentScopeRow is about how a scope is written, if one is sent.
func sentScopeRow() row[tokenRequest] {
	return row[tokenRequest]{
		id: "scope-syntax", rule: "scope is words with one space between them",
		spec: rfc("6749", "3.3"), err: "invalid_scope",
		check: func(in *tokenRequest) finding {
			if !in.params.has("scope") {
				return skip("no scope is sent; the default is " + orElse(strings.Join(in.scopes, " "), "none"))
			}
			return checkScopeSyntax(in.params.get("scope"))
		},
	}
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
