package mockidp

import (
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// trustRows are the rules that decide whether the redirection URI can be
// trusted. Until they hold, the answer is a page: a redirect could carry the
// person, and the error, to an attacker (RFC 6749 section 4.1.2.1).
func trustRows() []rule.Row[authorization] {
	return slices.Concat(openingRows(), pushedUseRows(), fetchRows(), objectShapeRows(), redirectRows())
}

func openingRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		{
			ID: "method-get-or-post", Rule: "the request uses GET or POST",
			Spec: rule.RFC("6749", "3.1"), Error: "invalid_request", Status: http.StatusMethodNotAllowed,
			Check: func(in *authorization) rule.Finding {
				return in.r.CheckMethod(http.MethodGet, http.MethodPost)
			},
		},
		{
			ID: "body-is-form", Rule: "the body is form-encoded",
			Spec: rule.OIDC("13.2"), Error: "invalid_request", Status: http.StatusUnsupportedMediaType,
			Check: func(in *authorization) rule.Finding {
				if in.r.ReadMethod() != http.MethodPost {
					return rule.Skip("a GET request has no body")
				}
				return in.r.CheckFormBody()
			},
		},
		{
			ID: "parameters-encoded", Rule: "the parameters are form-encoded UTF-8",
			Spec: rule.RFC("6749", "B"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *authorization) rule.Finding { return in.sent.CheckEncoding() },
		},
		{
			ID: "client-and-redirect-once", Rule: "client_id and redirect_uri are sent once",
			Spec: rule.RFC("6749", "3.1"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *authorization) rule.Finding {
				for _, name := range []string{"client_id", "redirect_uri"} {
					if in.sent.Count(name) > 1 {
						return rule.Fail("once", name+" is sent more than once", "of two values of "+name+" nobody can tell which one counts")
					}
				}
				return rule.Pass("once", "once")
			},
		},
		{
			ID: "client-known", Rule: "client_id belongs to a registered client",
			Spec: rule.RFC("6749", "4.1.2.1"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: checkClientKnown,
		},
	}
}

func redirectRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		{
			ID: "redirect-uri-present", Rule: "redirect_uri is sent",
			Spec: rule.OIDC("3.1.2.1"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: checkRedirectPresent,
		},
		{
			ID: "redirect-uri-registered", Rule: "redirect_uri equals a registered one",
			Spec: rule.RFC("9700", "2.1"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: checkRedirectRegistered,
		},
	}
}

func checkClientKnown(in *authorization) rule.Finding {
	id := in.sent.Get("client_id")
	if id == "" {
		return rule.Fail("the client_id of a registered client", "no client_id", "client_id is missing")
	}
	return rule.Verdict(in.client != nil, "the client_id of a registered client", wire.Shown(id),
		"no client "+wire.Shown(id)+" is registered in realm "+in.t.name)
}

func checkRedirectPresent(in *authorization) rule.Finding {
	const expected = "a redirect_uri"
	switch {
	case in.params.Has("redirect_uri"):
		return rule.Pass(expected, "sent")
	case slices.Contains(in.scopes, "openid"):
		return rule.Fail(expected, "none", "redirect_uri is missing; OpenID Connect always demands it")
	case in.kind.front():
		return rule.Fail(expected, "none", "redirect_uri is missing; tokens are sent only to an address that the request names")
	case in.client.Profile == ProfileFAPI2:
		return rule.Fail(expected, "none", "redirect_uri is missing; the FAPI 2.0 Security Profile always demands it (section 5.3.2.2)")
	case len(in.client.RedirectURIs) != 1:
		return rule.Fail(expected, "none", "redirect_uri is missing, and "+in.client.ClientID+" has several")
	}
	return rule.Skip("only one redirect_uri is registered, and plain OAuth may leave it out then")
}

func checkRedirectRegistered(in *authorization) rule.Finding {
	sent := in.params.Get("redirect_uri")
	if sent == "" {
		return rule.Skip("no redirect_uri is sent; the registered one is used")
	}
	registered := strings.Join(in.client.RedirectURIs, " or ")
	reason := "redirect_uri " + wire.Shown(sent) + " is not registered for " + in.client.ClientID + "; registered: " + registered
	return rule.Verdict(registeredRedirect(in.client, sent), registered, wire.Shown(sent), reason)
}
