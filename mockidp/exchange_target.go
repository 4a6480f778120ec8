package mockidp

import (
	"strings"
)

// targetRows are about where the new token is to be used (RFC 8707 section 2).
func targetRows() []row[tokenRequest] {
	return []row[tokenRequest]{
		{
			id: "resource-absolute", rule: "resource is an absolute URI without fragment",
			spec: rfc("8707", "2"), err: errInvalidTarget,
			check: func(in *tokenRequest) finding { return checkAbsolute(in.params.all("resource")) },
		},
		{
			id: "target-known", rule: "every audience and resource is a service that this provider knows",
			spec: rfc("8693", "2.2.2"), err: errInvalidTarget,
			check: func(in *tokenRequest) finding {
				known, unknown := in.t.targets(), shown(strings.Join(without(in.exchange.targets, in.t.targets()), " and "))
				return verdict(unknown == "", strings.Join(known, " or "), shown(strings.Join(in.exchange.targets, " and ")),
					"no service "+unknown+" is known here")
			},
		},
		{
			id: "target-has-scope", rule: "the client may have a scope for every audience and resource",
			spec: rfc("8693", "2.2.2"), err: errInvalidTarget,
			check: func(in *tokenRequest) finding {
				var open []string
				for _, name := range in.exchangeable() {
					open = append(open, in.t.scopeTarget(name))
				}
				shut := strings.Join(without(in.exchange.targets, open), " and ")
				return verdict(shut == "", "a scope for "+strings.Join(in.exchange.targets, " and "), orElse(prefixed(shut, " has none"), "one for each"),
					"with this subject_token client "+in.client.ClientID+" may do nothing at "+shut)
			},
		},
	}
}

// exchangeScopeRows are about what the new token is good for.
func exchangeScopeRows() []row[tokenRequest] {
	return []row[tokenRequest]{
		sentScopeRow(),
		{
			id: "scope-exchangeable", rule: "scope asks for no more than subject_token has, or the client may add",
			spec: rfc("8693", "2.1"), err: "invalid_scope",
			check: func(in *tokenRequest) finding {
				may := orElse(strings.Join(in.exchangeable(), " "), "none")
				extra := shown(strings.Join(without(in.scopes, in.exchangeable()), " "))
				return verdict(extra == "", may, shown(strings.Join(in.scopes, " ")),
					"scope "+extra+" is neither in subject_token nor one that client "+in.client.ClientID+" may add; possible: "+may)
			},
		},
		{
			id: "scope-fits-target", rule: "scope and target belong together",
			spec: rfc("8707", "2"), err: errInvalidTarget,
			when: func(in *tokenRequest) bool { return len(in.exchange.targets) > 0 },
			check: func(in *tokenRequest) finding {
				var needed []string
				for _, name := range in.scopes {
					needed = append(needed, in.t.scopeTarget(name))
				}
				targets := strings.Join(in.exchange.targets, " and ")
				ok := len(without(needed, in.exchange.targets)) == 0 && len(without(in.exchange.targets, needed)) == 0
				return verdict(ok, "scopes for "+targets+", and for each at least one", orElse(strings.Join(in.scopes, " "), "none"),
					"scope "+orElse(strings.Join(in.scopes, " "), "(none)")+" and target "+targets+" do not belong together")
			},
		},
		{
			id: "scope-present", rule: "a scope is left",
			spec: rfc("6749", "3.3"), err: "invalid_scope",
			check: func(in *tokenRequest) finding {
				return verdict(len(in.scopes) > 0, "a scope", orElse(strings.Join(in.scopes, " "), "none"),
					"scope is missing, and subject_token is good for nothing that could be its default")
			},
		},
	}
}
