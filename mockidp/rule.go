package mockidp

import (
	"github.com/grantwalk/grantwalk/flows/rule"
)

// Rule is one named demand that an endpoint makes of a request. The tables
// that [Rules] lists are the ones that are enforced.
type Rule struct {
	Endpoint Endpoint // one of [Endpoints], or [EveryEndpoint]
	Grant    string   // the grant_type that the rule belongs to; empty for rules of every grant
	ID       string   // stable, unique within an endpoint and grant: "redirect-uri-registered"
	Rule     string   // a phrase a learner can read
	Spec     Spec     // where the rule comes from
	Error    string   // the error code that breaking it leads to; empty where the standard gives none
	// Keys are those of a config file that can make the provider take what breaks
	// the rule, with their tables: "realm.client.redirect_uris".
	Keys []string
}

func ruleList[T any](endpoint Endpoint, grant string, rows []rule.Row[T]) []Rule {
	rules := make([]Rule, 0, len(rows))
	for _, r := range rows {
		rules = append(rules, Rule{Endpoint: endpoint, Grant: grant, ID: r.ID, Rule: r.Rule, Spec: r.Spec, Error: r.Error, Keys: WaysOut(r.ID)})
	}
	return rules
}
