package stage

import (
	"slices"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Rule is one demand that somebody of the cast makes of what they are sent.
type Rule struct {
	By trace.Role // who makes it
	At string     // of what: "authorization response", "GET /invoices"
	rule.Listed
}

// Rules lists the rules of every party but the provider, who lists its own, in
// the order in which each of them runs them. The tables are the ones that run.
func Rules() []Rule {
	return slices.Concat(
		listed(trace.Client, "authorization response", rule.List(callbackRows())),
		listed(trace.Client, "token response", rule.List(tokenTypeRows())),
		listed(trace.Client, "ID token", token.Rules(token.IDToken)),
		listed(trace.Client, "UserInfo response", rule.List(userInfoRows())),
		listed(trace.Client, "renewed ID token", rule.List(renewalRows())),
		listed(trace.Client, "recent sign-in", token.Rules(token.SignIn)),
		listed(trace.Client, "answer of a logout", rule.List(loggedOutRows())),
		listed(trace.Client, "logout token", token.Rules(token.LogoutToken)),
		listed(trace.UserAgent, "authorization response", rule.List(fragmentRows())),
		listed(trace.ResourceServer, "bearer token", rule.List(bearerRows())),
		listed(trace.ResourceServer, "provider's keys", rule.List(keysRows())),
		listed(trace.ResourceServer, "access token", token.Rules(token.AccessToken)),
		listed(trace.ResourceServer, "introspection", rule.List(toldRows())),
		listed(trace.ResourceServer, "introspected token", token.Rules(token.Introspected)),
		routeRules(Mailbox()),
		routeRules(Invoices()),
		routeRules(Profile()),
	)
}

func routeRules(g Guard) []Rule {
	var out []Rule
	for _, r := range g.Routes {
		out = append(out, listed(trace.ResourceServer, r.Method+" "+r.Path, rule.List(r.Rules))...)
	}
	return out
}

func listed(by trace.Role, at string, rows []rule.Listed) []Rule {
	out := make([]Rule, 0, len(rows))
	for _, r := range rows {
		out = append(out, Rule{By: by, At: at, Listed: r})
	}
	return out
}
