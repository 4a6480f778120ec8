package mockidp

import (
	"net/http"
	"slices"
	"strings"
)

// trustRows are the rules that decide whether the redirection URI can be
// trusted. Until they hold, the answer is a page: a redirect could carry the
// person, and the error, to an attacker (RFC 6749 section 4.1.2.1).
func trustRows() []row[authorization] {
	return slices.Concat(openingRows(), pushedUseRows(), objectShapeRows(), redirectRows())
}

func openingRows() []row[authorization] {
	return []row[authorization]{
		{
			id: "method-get-or-post", rule: "the request uses GET or POST",
			spec: rfc("6749", "3.1"), err: "invalid_request", status: http.StatusMethodNotAllowed,
			check: func(in *authorization) finding {
				return checkMethod(in.r, http.MethodGet, http.MethodPost)
			},
		},
		{
			id: "body-is-form", rule: "a body is form-encoded",
			spec: oidc("13.2"), err: "invalid_request", status: http.StatusUnsupportedMediaType,
			check: func(in *authorization) finding {
				if in.r.method() != http.MethodPost {
					return skip("a GET request has no body")
				}
				return checkFormBody(in.r)
			},
		},
		{
			id: "parameters-encoded", rule: "the parameters are form-encoded UTF-8",
			spec: rfc("6749", "B"), err: "invalid_request", status: http.StatusBadRequest,
			check: func(in *authorization) finding { return checkEncoding(in.sent) },
		},
		{
			id: "client-and-redirect-once", rule: "client_id and redirect_uri are sent once",
			spec: rfc("6749", "3.1"), err: "invalid_request", status: http.StatusBadRequest,
			check: func(in *authorization) finding {
				for _, name := range []string{"client_id", "redirect_uri"} {
					if in.sent.count(name) > 1 {
						return fail("once", name+" is sent more than once", "of two values of "+name+" nobody can tell which one counts")
					}
				}
				return pass("once", "once")
			},
		},
		{
			id: "client-known", rule: "client_id belongs to a registered client",
			spec: rfc("6749", "4.1.2.1"), err: "invalid_request", status: http.StatusBadRequest,
			check: checkClientKnown,
		},
	}
}

func redirectRows() []row[authorization] {
	return []row[authorization]{
		{
			id: "redirect-uri-present", rule: "redirect_uri is sent",
			spec: oidc("3.1.2.1"), err: "invalid_request", status: http.StatusBadRequest,
			check: checkRedirectPresent,
		},
		{
			id: "redirect-uri-registered", rule: "redirect_uri equals a registered one",
			spec: rfc("9700", "2.1"), err: "invalid_request", status: http.StatusBadRequest,
			check: checkRedirectRegistered,
		},
	}
}

func checkClientKnown(in *authorization) finding {
	id := in.sent.get("client_id")
	if id == "" {
		return fail("the client_id of a registered client", "no client_id", "client_id is missing")
	}
	return verdict(in.client != nil, "the client_id of a registered client", shown(id),
		"no client "+shown(id)+" is registered in realm "+in.t.name)
}

func checkRedirectPresent(in *authorization) finding {
	const expected = "a redirect_uri"
	switch {
	case in.params.has("redirect_uri"):
		return pass(expected, "sent")
	case slices.Contains(in.scopes, "openid"):
		return fail(expected, "none", "redirect_uri is missing; OpenID Connect always demands it")
	case in.kind.front():
		return fail(expected, "none", "redirect_uri is missing; tokens are sent only to an address that the request names")
	case in.client.Profile == profileFAPI2:
		return fail(expected, "none", "redirect_uri is missing; the FAPI 2.0 Security Profile always demands it (section 5.3.2.2)")
	case len(in.client.RedirectURIs) != 1:
		return fail(expected, "none", "redirect_uri is missing, and "+in.client.ClientID+" has several")
	}
	return skip("only one redirect_uri is registered, and plain OAuth may leave it out then")
}

func checkRedirectRegistered(in *authorization) finding {
	sent := in.params.get("redirect_uri")
	if sent == "" {
		return skip("no redirect_uri is sent; the registered one is used")
	}
	registered := strings.Join(in.client.RedirectURIs, " or ")
	reason := "redirect_uri " + shown(sent) + " is not registered for " + in.client.ClientID + "; registered: " + registered
	return verdict(registeredRedirect(in.client, sent), registered, shown(sent), reason)
}
