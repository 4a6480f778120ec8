package mockidp

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// requestRows are the rules that run once the redirection URI is trusted:
// whoever breaks one is told by redirect.
func requestRows() []rule.Row[authorization] {
	asks := func(in *authorization) *detailsAsk { return &in.details }
	return slices.Concat(shapeRows(), referenceRows(), objectRows(), responseTypeRows(), responseModeRows(),
		scopeRows(), rule.Lifted(detailsRows(), asks), authorizationResourceRows(), frontRows(), pkceRows(), dpopKeyRows(),
		claimsRows(), contextRows(), promptRows())
}

// shapeRows are about parameters as such.
func shapeRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		{
			ID: "parameters-once", Rule: "no parameter is sent twice",
			Spec: rule.RFC("6749", "3.1"), Error: "invalid_request",
			Check: func(in *authorization) rule.Finding { return in.sent.CheckOnce("resource") },
		},
		{
			ID: "parameters-short", Rule: "no parameter is longer than 4 KiB",
			Spec: rule.RFC("6749", "4.1.2.1"), Error: "invalid_request",
			Check: func(in *authorization) rule.Finding { return in.params.CheckShort() },
		},
		requestShortRow(),
		{
			ID: "state-printable", Rule: "state is printable ASCII",
			Spec: rule.RFC("6749", "A.5"), Error: "invalid_request",
			Check: func(in *authorization) rule.Finding {
				state := in.params.Get("state")
				if state == "" {
					return rule.Skip("no state is sent; PKCE and iss protect this client all the same, " +
						"but state ties the answer to the browser that asked")
				}
				return rule.Verdict(wire.IsVisibleASCII(state), "printable ASCII", wire.Shown(state), "state holds characters outside printable ASCII")
			},
		},
		{
			ID: "registration-absent", Rule: "no registration is sent",
			Spec: rule.OIDC("3.1.2.6"), Error: "registration_not_supported",
			Check: func(in *authorization) rule.Finding {
				return rule.Verdict(!in.params.Has("registration"), "not sent", cmp.Or(wire.Shown(in.params.Get("registration")), "not sent"),
					"the registration parameter is not supported; clients are registered beforehand")
			},
		},
	}
}

// requestShortRow bounds what a form keeps of a request. The URL has this limit
// as it is; a body could be longer.
func requestShortRow() rule.Row[authorization] {
	return rule.Row[authorization]{
		ID: "request-short", Rule: "the request is at most 16 KiB long",
		Spec: rule.RFC("6749", "4.1.2.1"), Error: "invalid_request",
		When: func(in *authorization) bool { return in.r.Method == http.MethodPost },
		Check: func(in *authorization) rule.Finding {
			size := in.params.Size()
			return rule.Verdict(size <= maxPushedSize, "at most "+strconv.Itoa(maxPushedSize)+" bytes", strconv.Itoa(size)+" bytes",
				"the parameters are too long together to be kept while the person signs in")
		},
	}
}

// scopeRows are about what the client wants to be allowed to do.
func scopeRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		{
			ID: "scope-present", Rule: "a scope is sent, or there is a default",
			Spec: rule.RFC("6749", "3.3"), Error: "invalid_scope",
			Check: func(in *authorization) rule.Finding {
				if len(in.scopes) == 0 && in.details.isMade() {
					return rule.Skip("authorization_details say what is asked for")
				}
				return rule.Verdict(len(in.scopes) > 0, "a scope", cmp.Or(wire.Shown(in.params.Get("scope")), "none"),
					"scope is missing, and there is no default; allowed for "+in.client.ClientID+": "+strings.Join(in.t.allowedScopes(in.client), " "))
			},
		},
		{
			ID: "scope-syntax", Rule: "scope is words with one space between them",
			Spec: rule.RFC("6749", "3.3"), Error: "invalid_scope",
			Check: func(in *authorization) rule.Finding {
				if !in.params.Has("scope") {
					return rule.Skip("no scope is sent")
				}
				return checkScopeSyntax(in.params.Get("scope"))
			},
		},
		{
			// OpenID Connect Core section 3.1.2.1 would have unknown scopes
			// ignored (SHOULD); RFC 6749 has an error for them, and a client
			// that is told so is helped more than one that wonders.
			ID: "scope-allowed", Rule: "every scope is one that the client may ask for",
			Spec: rule.RFC("6749", "4.1.2.1"), Error: "invalid_scope",
			Check: func(in *authorization) rule.Finding { return checkScopeAllowed(in.t, in.client, in.scopes) },
		},
	}
}

// dpopKeyRows are about the key that an authorization request names (RFC 9449
// section 10).
func dpopKeyRows() []rule.Row[authorization] {
	const form = "43 characters of base64url without padding"
	named := func(in *authorization) bool { return in.params.Has("dpop_jkt") }
	return rule.OnlyWhen(named, []rule.Row[authorization]{{
		ID: "dpop-jkt-syntax", Rule: "dpop_jkt has the form of a SHA-256 hash in base64url",
		Spec: rule.RFC("9449", "10"), Error: "invalid_request",
		Check: func(in *authorization) rule.Finding {
			sent := in.params.Get("dpop_jkt")
			return rule.Verdict(len(sent) == 43 && wire.IsBase64URL(sent), form, wire.Shown(sent)+" ("+strconv.Itoa(len(sent))+" characters)",
				"dpop_jkt is not "+form+", which the thumbprint of a key is")
		},
	}})
}
