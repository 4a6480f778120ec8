package mockidp

import (
	"slices"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// Rule is one named demand that an endpoint makes of a request. The tables
// that [Rules] lists are the ones that are enforced.
type Rule struct {
	Endpoint Endpoint   // one of [Endpoints], or [EveryEndpoint]
	Grant    string     // the grant_type that the rule belongs to; empty for rules of every grant
	ID       string     // stable, unique within an endpoint and grant: "redirect-uri-registered"
	Rule     string     // a phrase a learner can read
	Spec     trace.Spec // where the rule comes from
	Error    string     // the error code that breaking it leads to; empty where the standard gives none
}

// Rules lists every rule of every endpoint in the order in which each
// endpoint runs them.
func Rules() []Rule { return rulesWith(allTables().grants) }

func rulesWith(grants grantTable) []Rule {
	return slices.Concat(
		ruleList("every", "", wire.Door()),
		ruleList("authorization", "", trustRows()),
		ruleList("authorization", "", requestRows()),
		ruleList("sign-in", "", signInRows()),
		ruleList("consent", "", consentRows()),
		ruleList("pushed-authorization", "", pushedRows()),
		ruleList("pushed-authorization", "", pushedProofRows()),
		ruleList("token", "", tokenRows()),
		ruleList("token", "", tokenProofRows()),
		grants.rules(),
		ruleList("device-authorization", "", deviceAuthorizationRows()),
		ruleList("device", "", devicePageRows()),
		ruleList("device", "", userCodeRows()),
		ruleList("revocation", "", revocationRows()),
		ruleList("introspection", "", introspectionRows()),
		ruleList("introspection", "", tokenStateRows()),
		ruleList("logout", "", logoutRows()),
		ruleList("logout-confirmation", "", logoutFormRows()),
		ruleList("userinfo", "", userInfoRows()),
		ruleList("registration", "", registrationRows()),
		ruleList("client-configuration", "", clientConfigurationRows()),
		ruleList("cookie-check", "", publicRows()),
		ruleList("certs", "", publicRows()),
		ruleList("discovery", "", publicRows()),
	)
}

func ruleList[T any](endpoint Endpoint, grant string, rows []rule.Row[T]) []Rule {
	rules := make([]Rule, 0, len(rows))
	for _, r := range rows {
		rules = append(rules, Rule{Endpoint: endpoint, Grant: grant, ID: r.ID, Rule: r.Rule, Spec: r.Spec, Error: r.Error})
	}
	return rules
}
