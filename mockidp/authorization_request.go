package mockidp

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// requestRows are the rules that run once the redirection URI is trusted:
// whoever breaks one is told by redirect.
func requestRows() []row[authorization] {
	asks := func(in *authorization) *detailsAsk { return &in.details }
	return slices.Concat(shapeRows(), referenceRows(), objectRows(), responseTypeRows(), responseModeRows(),
		scopeRows(), lifted(detailsRows(), asks), authorizationResourceRows(), frontRows(), pkceRows(), dpopKeyRows(),
		claimsRows(), contextRows(), promptRows())
}

// shapeRows are about parameters as such.
func shapeRows() []row[authorization] {
	return []row[authorization]{
		{
			id: "parameters-once", rule: "no parameter is sent twice",
			spec: rfc("6749", "3.1"), err: "invalid_request",
			check: func(in *authorization) finding { return checkOnce(in.sent, "resource") },
		},
		{
			id: "parameters-short", rule: "no parameter is longer than 4 KiB",
			spec: rfc("6749", "4.1.2.1"), err: "invalid_request",
			check: func(in *authorization) finding { return checkShort(in.params) },
		},
		requestShortRow(),
		{
			id: "state-printable", rule: "state is printable ASCII",
			spec: rfc("6749", "A.5"), err: "invalid_request",
			check: func(in *authorization) finding {
				state := in.params.get("state")
				if state == "" {
					return skip("no state is sent; PKCE and iss protect this client all the same, but state ties the answer to the browser that asked")
				}
				return verdict(isVisibleASCII(state), "printable ASCII", shown(state), "state holds characters outside printable ASCII")
			},
		},
		{
			id: "registration-absent", rule: "no registration is sent",
			spec: oidc("3.1.2.6"), err: "registration_not_supported",
			check: func(in *authorization) finding {
				return verdict(!in.params.has("registration"), "not sent", orElse(shown(in.params.get("registration")), "not sent"),
					"the registration parameter is not supported; clients are registered beforehand")
			},
		},
	}
}

// requestShortRow bounds what a form keeps of a request. The URL has this limit
// as it is; a body could be longer.
func requestShortRow() row[authorization] {
	return row[authorization]{
		id: "request-short", rule: "the request is at most 16 KiB long",
		spec: rfc("6749", "4.1.2.1"), err: "invalid_request",
		when: func(in *authorization) bool { return in.r.Method == http.MethodPost },
		check: func(in *authorization) finding {
			size := in.params.size()
			return verdict(size <= maxPushedSize, "at most "+strconv.Itoa(maxPushedSize)+" bytes", strconv.Itoa(size)+" bytes",
				"the parameters are too long together to be kept while the person signs in")
		},
	}
}

// scopeRows are about what the client wants to be allowed to do.
func scopeRows() []row[authorization] {
	return []row[authorization]{
		{
			id: "scope-present", rule: "scope is sent",
			spec: rfc("6749", "3.3"), err: "invalid_scope",
			check: func(in *authorization) finding {
				if len(in.scopes) == 0 && in.details.isMade() {
					return skip("authorization_details say what is asked for")
				}
				return verdict(len(in.scopes) > 0, "a scope", orElse(shown(in.params.get("scope")), "none"),
					"scope is missing, and there is no default; allowed for "+in.client.ClientID+": "+strings.Join(in.t.allowedScopes(in.client), " "))
			},
		},
		{
			id: "scope-syntax", rule: "scope is words with one space between them",
			spec: rfc("6749", "3.3"), err: "invalid_scope",
			check: func(in *authorization) finding {
				if !in.params.has("scope") {
					return skip("no scope is sent")
				}
				return checkScopeSyntax(in.params.get("scope"))
			},
		},
		{
			// OpenID Connect Core section 3.1.2.1 would have unknown scopes
			// ignored (SHOULD); RFC 6749 has an error for them, and a client
			// that is told so is helped more than one that wonders.
			id: "scope-allowed", rule: "every scope is one that the client may ask for",
			spec: rfc("6749", "4.1.2.1"), err: "invalid_scope",
			check: func(in *authorization) finding { return checkScopeAllowed(in.t, in.client, in.scopes) },
		},
	}
}

func checkShort(p params) finding {
	name, size := p.longest()
	return verdict(size <= maxParameter, "at most "+strconv.Itoa(maxParameter)+" bytes", strconv.Itoa(size)+" bytes",
		"the parameter "+printable(name, 64)+" is too long")
}
