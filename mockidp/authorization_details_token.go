package mockidp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// detailsTokenRows are the rules of authorization_details at the token
// endpoint, for every grant.
func detailsTokenRows() []rule.Row[tokenRequest] {
	asks := func(in *tokenRequest) *detailsAsk { return &in.details }
	grant := rule.OnlyWhen(func(in *tokenRequest) bool { return in.details.isMade() }, []rule.Row[tokenRequest]{{
		ID: "authorization-details-grant", Rule: "authorization_details are asked for with a grant that can have them",
		Spec: rule.RFC("9396", "6"), Error: errInvalidDetails,
		Check: func(in *tokenRequest) rule.Finding {
			sent, can := in.params.Get("grant_type"), strings.Join(in.at.grants.withDetails(), " or ")
			return rule.Verdict(slices.Contains(in.at.grants.withDetails(), sent), can, sent,
				"grant_type "+sent+" cannot have authorization_details here; "+can+" can")
		},
	}})
	return append(grant, rule.Lifted(detailsRows(), asks)...)
}

// readDetailsAsk reads the parameter of a token request.
func (in *tokenRequest) readDetailsAsk() {
	in.details = askDetails(in.t, in.client, in.params)
	g := in.at.grants.find(in.params.Get("grant_type"))
	in.details.partial = g == nil || g.details != detailsAsked
}

// detailsNotWiderRow lets a token request pick from what the person granted.
// The granted ones are looked up when the row runs, since the rows before it
// made sure that there is a grant.
func detailsNotWiderRow[R any, P ofToken[R]](granted func(*R) []detail) rule.Row[R] {
	return rule.Row[R]{
		ID: "authorization-details-not-wider", Rule: "authorization_details asks for no more than was granted",
		Spec: rule.RFC("9396", "6"), Error: errInvalidDetails,
		When: func(found *R) bool { return tokenOf[R, P](found).details.isMade() },
		Check: func(found *R) rule.Finding {
			_, uncovered := narrowed(tokenOf[R, P](found).details.list, granted(found))
			return rule.Verdict(uncovered == "", "no more than was granted", cmp.Or(wire.Prefixed(uncovered, " as it was not granted"), "no more"),
				"authorization details of type "+uncovered+
					" were not granted like this; a list may be shortened and a field left out, but nothing may be added or changed")
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
