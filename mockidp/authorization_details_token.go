package mockidp

import (
	"slices"
	"strings"
)

// detailsGrants are the grants of which a token request may name
// authorization_details: three pick from what was granted before, and a client
// that acts for itself asks for what it is registered for (RFC 9396 section 6).
func detailsGrants() []string {
	return []string{grantAuthorizationCode, grantRefreshToken, grantDeviceCode, grantClientCredentials}
}

// detailsTokenRows are the rules of authorization_details at the token
// endpoint, for every grant.
func detailsTokenRows() []row[tokenRequest] {
	asks := func(in *tokenRequest) *detailsAsk { return &in.details }
	grant := onlyWhen(func(in *tokenRequest) bool { return in.details.isMade() }, []row[tokenRequest]{{
		id: "authorization-details-grant", rule: "authorization_details are asked for with a grant that can have them",
		spec: rfc("9396", "6"), err: errInvalidDetails,
		check: func(in *tokenRequest) finding {
			sent, can := in.params.get("grant_type"), strings.Join(detailsGrants(), " or ")
			return verdict(slices.Contains(detailsGrants(), sent), can, sent,
				"grant_type "+sent+" cannot have authorization_details here; "+can+" can")
		},
	}})
	return append(grant, lifted(detailsRows(), asks)...)
}

// readDetailsAsk reads the parameter of a token request.
func (in *tokenRequest) readDetailsAsk() {
	in.details = askDetails(in.t, in.client, in.params)
	in.details.partial = in.params.get("grant_type") != grantClientCredentials
}

// detailsNotWiderRow lets a token request pick from what the person granted.
// The granted ones are looked up when the row runs, since the rows before it
// made sure that there is a grant.
func detailsNotWiderRow(granted func(*tokenRequest) []detail) row[tokenRequest] {
	return row[tokenRequest]{
		id: "authorization-details-not-wider", rule: "authorization_details asks for no more than was granted",
		spec: rfc("9396", "6"), err: errInvalidDetails,
		when: func(in *tokenRequest) bool { return in.details.isMade() },
		check: func(in *tokenRequest) finding {
			_, uncovered := narrowed(in.details.list, granted(in))
			return verdict(uncovered == "", "no more than was granted", orElse(prefixed(uncovered, " as it was not granted"), "no more"),
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
