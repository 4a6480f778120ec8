package mockidp

import (
	"cmp"

	"github.com/grantwalk/grantwalk/flows/rule"
)

// claimsRows are about the claims parameter.
func claimsRows() []rule.Row[authorization] {
	return rule.OnlyWhen(func(in *authorization) bool { return in.params.Has("claims") }, []rule.Row[authorization]{
		{
			ID: "claims-readable", Rule: "claims is a JSON object of the form that is agreed",
			Spec: rule.OIDC("5.5"), Error: "invalid_request",
			Check: func(in *authorization) rule.Finding {
				const expected = "a JSON object with userinfo or id_token"
				wrong := in.claims.malformed
				return rule.Verdict(wrong == "", expected, cmp.Or(wrong, expected), "claims cannot be read: "+wrong+"; it is "+expected)
			},
		},
		{
			ID: "claims-reachable", Rule: "claims of UserInfo are asked for together with an access token",
			Spec: rule.OIDC("5.5"), Error: "invalid_request",
			Check: func(in *authorization) rule.Finding {
				if !in.claims.atInfo {
					return rule.Skip("nothing is asked of UserInfo")
				}
				kind := in.params.Get("response_type")
				return rule.Verdict(in.kind.code || in.kind.token, "a response_type that leads to an access token", kind,
					"claims asks something of UserInfo, but response_type "+kind+" gives no access token to go there with")
			},
		},
	})
}
