package mockidp

import (
	"cmp"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// targetRows are about where the new token is to be used (RFC 8707 section 2).
func targetRows() []rule.Row[exchangeRequest] {
	return []rule.Row[exchangeRequest]{
		{
			ID: "resource-absolute", Rule: "resource is an absolute URI without fragment",
			Spec: rule.RFC("8707", "2"), Error: errInvalidTarget,
			Check: func(in *exchangeRequest) rule.Finding { return checkAbsolute(in.params.All("resource")) },
		},
		{
			ID: "target-known", Rule: "every audience and resource is a service that this provider knows",
			Spec: rule.RFC("8693", "2.2.2"), Error: errInvalidTarget,
			Check: func(in *exchangeRequest) rule.Finding {
				known, unknown := strings.Join(in.t.targets(), " or "), wire.Without(in.exchange.targets, in.t.targets())
				return rule.Verdict(len(unknown) == 0, known, wire.Shown(strings.Join(in.exchange.targets, " and ")),
					"no service "+wire.Shown(strings.Join(unknown, " and "))+" is known here, but "+known)
			},
		},
		{
			ID: "target-has-scope", Rule: "the client may have a scope for every audience and resource",
			Spec: rule.RFC("8693", "2.2.2"), Error: errInvalidTarget,
			Check: func(in *exchangeRequest) rule.Finding {
				var open []string
				for _, name := range in.exchangeable() {
					open = append(open, in.t.scopeTarget(name))
				}
				shut := strings.Join(wire.Without(in.exchange.targets, open), " and ")
				return rule.Verdict(shut == "", "a scope for "+strings.Join(in.exchange.targets, " and "),
					cmp.Or(wire.Prefixed(shut, " has none"), "one for each"),
					"with this subject_token client "+in.client.ClientID+" may do nothing at "+shut)
			},
		},
	}
}

// exchangeScopeRows are about what the new token is good for.
func exchangeScopeRows() []rule.Row[exchangeRequest] {
	return []rule.Row[exchangeRequest]{
		sentScopeRow[exchangeRequest](),
		{
			ID: "scope-exchangeable", Rule: "scope asks for no more than subject_token has, or the client may add",
			Spec: rule.RFC("8693", "2.1"), Error: "invalid_scope",
			Check: func(in *exchangeRequest) rule.Finding {
				may := cmp.Or(strings.Join(in.exchangeable(), " "), "none")
				extra := wire.Shown(strings.Join(wire.Without(in.scopes, in.exchangeable()), " "))
				return rule.Verdict(extra == "", may, wire.Shown(strings.Join(in.scopes, " ")),
					"scope "+extra+" is neither in subject_token nor one that client "+in.client.ClientID+" may add; possible: "+may)
			},
		},
		{
			ID: "scope-fits-target", Rule: "scope and target belong together",
			Spec: rule.RFC("8707", "2"), Error: errInvalidTarget,
			When: func(in *exchangeRequest) bool { return len(in.exchange.targets) > 0 },
			Check: func(in *exchangeRequest) rule.Finding {
				var needed []string
				for _, name := range in.scopes {
					needed = append(needed, in.t.scopeTarget(name))
				}
				targets := strings.Join(in.exchange.targets, " and ")
				ok := len(wire.Without(needed, in.exchange.targets)) == 0 && len(wire.Without(in.exchange.targets, needed)) == 0
				return rule.Verdict(ok, "scopes for "+targets+", and for each at least one", cmp.Or(strings.Join(in.scopes, " "), "none"),
					"scope "+cmp.Or(strings.Join(in.scopes, " "), "(none)")+" and target "+targets+" do not belong together")
			},
		},
		{
			ID: "scope-present", Rule: "a scope is sent, or there is a default",
			Spec: rule.RFC("6749", "3.3"), Error: "invalid_scope",
			Check: func(in *exchangeRequest) rule.Finding {
				return rule.Verdict(len(in.scopes) > 0, "a scope", cmp.Or(strings.Join(in.scopes, " "), "none"),
					"scope is missing, and subject_token is good for nothing that could be its default")
			},
		},
	}
}
