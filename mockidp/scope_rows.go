package mockidp

import (
	"cmp"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

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
					"scope is missing, and no scope that client "+in.client.ClientID+" may ask for could be its default here")
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

// askScopes reads the scope parameter of a token request. Who sends none asks
// for the default (RFC 6749 section 3.3).
func (in *tokenRequest) askScopes(byDefault []string) {
	in.scopes = byDefault
	if in.params.Has("scope") {
		in.scopes = wire.Words(in.params.Get("scope"))
	}
}
