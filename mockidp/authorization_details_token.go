package mockidp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// detailsGrants are the grants of which a token request may name
// authorization_details: three pick from what was granted before, and a client
// that acts for itself asks for what it is registered for (RFC 9396 section 6).
func detailsGrants() []string {
	return []string{grantAuthorizationCode, grantRefreshToken, grantDeviceCode, grantClientCredentials}
}

// detailsTokenRows are the rules of authorization_details at the token
// endpoint, for every grant.
func detailsTokenRows() []rule.Row[tokenRequest] {
	asks := func(in *tokenRequest) *detailsAsk { return &in.details }
	grant := rule.OnlyWhen(func(in *tokenRequest) bool { return in.details.isMade() }, []rule.Row[tokenRequest]{{
		ID: "authorization-details-grant", Rule: "authorization_details are asked for with a grant that can have them",
		Spec: rule.RFC("9396", "6"), Error: errInvalidDetails,
		Check: func(in *tokenRequest) rule.Finding {
			sent, can := in.params.Get("grant_type"), strings.Join(detailsGrants(), " or ")
			return rule.Verdict(slices.Contains(detailsGrants(), sent), can, sent,
				"grant_type "+sent+" cannot have authorization_details here; "+can+" can")
		},
	}})
	return append(grant, rule.Lifted(detailsRows(), asks)...)
}

// readDetailsAsk reads the parameter of a token request.
func (in *tokenRequest) readDetailsAsk() {
	in.details = askDetails(in.t, in.client, in.params)
	in.details.partial = in.params.Get("grant_type") != grantClientCredentials
}

// detailsNotWiderRow lets a token request pick from what the person granted.
// The granted ones are looked up when the row runs, since the rows before it
// made sure that there is a grant.
func detailsNotWiderRow(granted func(*tokenRequest) []detail) rule.Row[tokenRequest] {
	return rule.Row[tokenRequest]{
		ID: "authorization-details-not-wider", Rule: "authorization_details asks for no more than was granted",
		Spec: rule.RFC("9396", "6"), Error: errInvalidDetails,
		When: func(in *tokenRequest) bool { return in.details.isMade() },
		Check: func(in *tokenRequest) rule.Finding {
			_, uncovered := narrowed(in.details.list, granted(in))
			return rule.Verdict(uncovered == "", "no more than was granted", cmp.Or(wire.Prefixed(uncovered, " as it was not granted"), "no more"),
				"authorization details of type "+uncovered+" were not granted like this; a list may be shortened and a field left out, but nothing may be added or changed")
		},
	}
}

// forAccess returns what the access token of this request is for.
func (in *tokenRequest) forAccess(granted []detail) []detail {
	if !in.details.isMade() {
		return granted
	}
	list, _ := narrowed(in.details.list, granted)
	return list
}
