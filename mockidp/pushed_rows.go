package mockidp

import (
	"net/http"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// pushedUseRows are the rules of a request_uri at the authorization endpoint.
// Which redirection URI can be trusted is inside, so they answer with a page.
func pushedUseRows() []rule.Row[authorization] {
	use := func(in *authorization) *pushed { return in.pushed }
	rows := []rule.Row[authorization]{
		{
			ID: "request-uri-known", Rule: "request_uri was given out for a pushed request",
			Spec: rule.RFC("9126", "4"), Error: errRequestURI, Status: http.StatusBadRequest,
			Check: func(in *authorization) rule.Finding {
				got := "one that nobody here was given, or long ago"
				if in.pushed != nil {
					got = "such a request_uri"
				}
				return rule.Verdict(in.pushed != nil, "a request_uri from the pushed authorization request endpoint", got,
					"request_uri is not one that this provider gave out recently; push the request again")
			},
		},
		{
			ID: "request-uri-client", Rule: "request_uri was given to this client",
			Spec: rule.RFC("9126", "2.2"), Error: errRequestURI, Status: http.StatusBadRequest,
			Check: func(in *authorization) rule.Finding {
				return rule.Verdict(in.pushed.client.is(in.client), in.pushed.client.ClientID, in.client.ClientID,
					"request_uri was given to another client than "+in.client.ClientID)
			},
		},
		{
			ID: "request-uri-fresh", Rule: "request_uri has not expired",
			Spec: rule.RFC("9126", "4"), Error: errRequestURI, Status: http.StatusBadRequest,
			Check: func(in *authorization) rule.Finding {
				limit, age := inSeconds(in.pushed.good), inSeconds(in.r.Now.Sub(in.pushed.issued))
				return rule.Verdict(in.r.Now.Sub(in.pushed.issued) < in.pushed.good, "less than "+limit, age,
					"request_uri is "+age+" old; it was good for "+limit)
			},
		},
	}
	return rule.OnlyWhen(refersToPushed, append(rows, rule.Lifted([]rule.Row[pushed]{pushedUnusedRow()}, use)...))
}

// referenceRows are about the other ways to send a request than by parameters.
func referenceRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		{
			ID: "request-uri-supported", Rule: "request_uri refers to a request that can be had",
			Spec: rule.OIDC("3.1.2.6"), Error: "request_uri_not_supported",
			When: func(in *authorization) bool { return in.sent.Has("request_uri") },
			Check: func(in *authorization) rule.Finding {
				return rule.Verdict(refersToPushed(in) || isFetched(in), pushedPrefix+"…", wire.Shown(in.sent.Get("request_uri")),
					"request_uri is not one of a pushed request; this realm fetches requests from nowhere")
			},
		},
		{
			ID: "request-pushed", Rule: "a client that must push its requests does",
			Spec: rule.RFC("9126", "4"), Error: "invalid_request",
			When: func(in *authorization) bool { return in.client.mustPush() },
			Check: func(in *authorization) rule.Finding {
				got := "parameters in the browser"
				if in.pushed != nil {
					got = "a pushed request"
				}
				return rule.Verdict(in.pushed != nil, "a request_uri of a pushed request", got,
					"client "+in.client.ClientID+" must push its request to "+in.t.calls+pathPushed+
						" and send the browser here with the request_uri from there")
			},
		},
	}
}

func refersToPushed(in *authorization) bool {
	return strings.HasPrefix(in.sent.Get("request_uri"), pushedPrefix)
}

// effective returns the parameters that count: those of the pushed request or
// of the request object, where there is one, and none that the browser brings
// besides (RFC 9101 section 6.3, RFC 9126 section 4).
func (in *authorization) effective() wire.Params {
	switch {
	case in.pushed != nil && in.pushed.client.is(in.client):
		return in.pushed.params
	case in.object != nil && in.object.malformed == "":
		return in.object.params
	}
	return in.sent
}

// pushedFormRows keep the forms of one pushed request, of which a person may
// have several open, to one answer.
func pushedFormRows() []rule.Row[formPost] {
	return rule.Lifted([]rule.Row[pushed]{pushedUnusedRow()}, func(in *formPost) *pushed {
		if in.form.request == nil {
			return nil
		}
		return in.form.request.pushed
	})
}
