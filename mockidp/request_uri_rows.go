package mockidp

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// isFetched reports whether the request is one that stands elsewhere.
func isFetched(in *authorization) bool { return in.refers != nil }

// fetchRows are the rules of a request_uri that is an address. Which
// redirection URI can be trusted is inside, so they answer with a page.
func fetchRows() []rule.Row[authorization] {
	registered := trace.Spec{Doc: "OpenID Connect Dynamic Client Registration 1.0", Section: "2"}
	page := func(id, phrase string, spec trace.Spec, check func(*authorization) rule.Finding) rule.Row[authorization] {
		return rule.Row[authorization]{ID: id, Rule: phrase, Spec: spec, Error: errRequestURI, Status: http.StatusBadRequest, Check: check}
	}
	return rule.OnlyWhen(isFetched, []rule.Row[authorization]{
		page("request-uri-registered", "request_uri is one that the client registered", registered,
			func(in *authorization) rule.Finding {
				known := cmp.Or(wire.Shown(strings.Join(in.client.RequestURIs, " or ")), "none")
				return rule.Verdict(in.refers.registered, known, wire.Shown(in.refers.uri),
					"request_uri "+wire.Shown(in.refers.uri)+" is not registered for "+in.client.ClientID+"; registered: "+known)
			}),
		page("request-uri-fetched", "a request object is to be had at request_uri", rule.RFC("9101", "5.2.3"),
			func(in *authorization) rule.Finding {
				return rule.Verdict(in.refers.wrong == "", "a request object", cmp.Or(in.refers.wrong, "a request object"),
					"the request object cannot be had from request_uri "+wire.Shown(in.refers.uri)+": "+in.refers.wrong)
			}),
	})
}
