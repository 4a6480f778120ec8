package mockidp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// checkResponseTypeKnown names in its reason only what clients of this realm
// use: code for nearly everybody.
func checkResponseTypeKnown(in *authorization) rule.Finding {
	sent := in.params.Get("response_type")
	_, known := readResponseType(sent)
	if known {
		return rule.Pass(sent, sent)
	}
	return rule.Fail(strings.Join(responseTypes(), " or "), wire.Shown(sent),
		"response_type "+wire.Shown(sent)+" is not supported; supported: "+strings.Join(responseTypes(), ", "))
}

// frontRows are about requests whose answer holds a token (OpenID Connect Core
// sections 3.2 and 3.3).
func frontRows() []rule.Row[authorization] {
	return rule.OnlyWhen(func(in *authorization) bool { return in.kind.idToken }, []rule.Row[authorization]{
		{
			ID: "id-token-needs-openid", Rule: "scope holds openid when an ID token is asked for",
			Spec: rule.OIDC("3.1.2.1"), Error: "invalid_scope",
			Check: func(in *authorization) rule.Finding {
				return rule.Verdict(slices.Contains(in.scopes, "openid"), "openid", wire.Shown(strings.Join(in.scopes, " ")),
					"response_type "+in.params.Get("response_type")+" asks for an ID token, and scope does not hold openid")
			},
		},
		{
			ID: "nonce-present", Rule: "nonce is sent when the answer holds an ID token",
			Spec: rule.OIDC("3.2.2.1"), Error: "invalid_request",
			Check: func(in *authorization) rule.Finding {
				return rule.Verdict(in.params.Has("nonce"), "a nonce", cmp.Or(wire.Shown(in.params.Get("nonce")), "none"),
					"nonce is missing; without it nobody could tell this answer from an older one that is sent again")
			},
		},
	})
}

// responseTypeRows are about what the client asks to get.
func responseTypeRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		{
			ID: "response-type-present", Rule: "response_type is sent",
			Spec: rule.RFC("6749", "3.1.1"), Error: "invalid_request",
			Check: func(in *authorization) rule.Finding {
				return rule.Verdict(in.params.Has("response_type"), "a response_type", cmp.Or(wire.Shown(in.params.Get("response_type")), "none"),
					"response_type is missing; send response_type=code")
			},
		},
		{
			ID: "response-type-supported", Rule: "response_type is one that this provider knows",
			Spec: rule.RFC("6749", "4.1.2.1"), Error: "unsupported_response_type",
			Check: checkResponseTypeKnown,
		},
		{
			ID: "response-type-allowed", Rule: "the client may use this response_type",
			Spec: rule.RFC("6749", "4.1.2.1"), Error: "unauthorized_client",
			Check: func(in *authorization) rule.Finding {
				sent := in.params.Get("response_type")
				allowed := cmp.Or(strings.Join(in.client.ResponseTypes, " or "), "none")
				return rule.Verdict(in.client.mayUse(in.kind), allowed, sent,
					"client "+in.client.ClientID+" may not use response_type "+sent+"; registered: "+allowed)
			},
		},
	}
}
