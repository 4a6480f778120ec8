package mockidp

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

const (
	// pushedPrefix begins the request_uri of a pushed request (RFC 9126
	// section 2.2).
	pushedPrefix = "urn:ietf:params:oauth:request_uri:"

	maxPushedLifetime = 10 * time.Minute
	maxPushed         = 2048
	maxPushedSize     = maxURL // of the parameters together, as by URL
)

// pushed is an authorization request that a client sent to the provider
// itself, and that waits for the browser (RFC 9126).
//
// It may be opened again until the person has answered: RFC 9126 section 4
// lets a page be reloaded, and the FAPI 2.0 Security Profile section 5.3.2.2
// note 3 wants the one use to be counted where the request is authorized, or
// a program that looks at links beforehand would use it up.
type pushed struct {
	client *Client
	params params
	issued time.Time
	good   time.Duration
	used   atomic.Bool // the person has answered
}

// mustPush reports whether the client may send its requests in this way only.
func (c *Client) mustPush() bool {
	return c.RequirePushedAuthorizationRequests || c.Profile == profileFAPI2
}

func (t *tenant) putPushed(name string, req *pushed, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	// Public clients need prove nothing: theirs do not push out those of others.
	t.pushed.makeRoom(func(other *pushed) bool { return other.client.is(req.client) }, now)
	t.pushed.put(name, req, now)
}

// findPushed returns the request that a request_uri stands for, or nil.
func (t *tenant) findPushed(uri string, now time.Time) *pushed {
	name, ok := strings.CutPrefix(uri, pushedPrefix)
	if !ok {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	found, _ := t.pushed.get(name, now)
	return found
}

func refersToPushed(in *authorization) bool {
	return strings.HasPrefix(in.sent.get("request_uri"), pushedPrefix)
}

// pushedUseRows are the rules of a request_uri at the authorization endpoint.
// Which redirection URI can be trusted is inside, so they answer with a page.
func pushedUseRows() []row[authorization] {
	const errURI = "invalid_request_uri"
	use := func(in *authorization) *pushed { return in.pushed }
	rows := []row[authorization]{
		{
			id: "request-uri-known", rule: "request_uri was given out for a pushed request",
			spec: rfc("9126", "4"), err: errURI, status: http.StatusBadRequest,
			check: func(in *authorization) finding {
				got := "one that nobody here was given, or long ago"
				if in.pushed != nil {
					got = "such a request_uri"
				}
				return verdict(in.pushed != nil, "a request_uri from the pushed authorization request endpoint", got,
					"request_uri is not one that this provider gave out recently; push the request again")
			},
		},
		{
			id: "request-uri-client", rule: "request_uri was given to this client",
			spec: rfc("9126", "2.2"), err: errURI, status: http.StatusBadRequest,
			check: func(in *authorization) finding {
				return verdict(in.pushed.client.is(in.client), in.pushed.client.ClientID, in.client.ClientID,
					"request_uri was given to another client than "+in.client.ClientID)
			},
		},
		{
			id: "request-uri-fresh", rule: "request_uri has not expired",
			spec: rfc("9126", "4"), err: errURI, status: http.StatusBadRequest,
			check: func(in *authorization) finding {
				limit, age := inSeconds(in.pushed.good), inSeconds(in.r.now.Sub(in.pushed.issued))
				return verdict(in.r.now.Sub(in.pushed.issued) < in.pushed.good, "less than "+limit, age,
					"request_uri is "+age+" old; it was good for "+limit)
			},
		},
	}
	return onlyWhen(refersToPushed, append(rows, lifted([]row[pushed]{pushedUnusedRow()}, use)...))
}

// pushedUnusedRow keeps a pushed request to one answer. It stands at every
// endpoint that can give one.
func pushedUnusedRow() row[pushed] {
	return row[pushed]{
		id: "request-uri-unused", rule: "request_uri was not answered before",
		spec: rfc("9126", "4"), err: "invalid_request_uri", status: http.StatusBadRequest,
		when: func(req *pushed) bool { return req != nil },
		check: func(req *pushed) finding {
			got := "not answered yet"
			if req.used.Load() {
				got = "answered before"
			}
			return verdict(!req.used.Load(), "not answered yet", got,
				"request_uri was answered before; each is good for one answer, so push the request again")
		},
	}
}

// pushedFormRows keep the forms of one pushed request, of which a person may
// have several open, to one answer.
func pushedFormRows() []row[formPost] {
	return lifted([]row[pushed]{pushedUnusedRow()}, func(in *formPost) *pushed {
		if in.form.request == nil {
			return nil
		}
		return in.form.request.pushed
	})
}

// usePushed marks a pushed request answered, in one step, and returns the rule
// that is broken when it was.
func (p *Provider) usePushed(r *request, req *approved) *refusal {
	if req.pushed == nil || req.pushed.used.CompareAndSwap(false, true) {
		return nil
	}
	return run(r.Context(), []row[pushed]{pushedUnusedRow()}, req.pushed)
}

// referenceRows are about the other ways to send a request than by parameters.
func referenceRows() []row[authorization] {
	return []row[authorization]{
		{
			id: "request-uri-supported", rule: "request_uri refers to a pushed request",
			spec: oidc("3.1.2.6"), err: "request_uri_not_supported",
			when: func(in *authorization) bool { return in.sent.has("request_uri") },
			check: func(in *authorization) finding {
				return verdict(refersToPushed(in), pushedPrefix+"…", shown(in.sent.get("request_uri")),
					"request_uri is not one of a pushed request; this provider fetches requests from nowhere")
			},
		},
		{
			id: "request-pushed", rule: "a client that must push its requests does",
			spec: rfc("9126", "4"), err: "invalid_request",
			when: func(in *authorization) bool { return in.client.mustPush() },
			check: func(in *authorization) finding {
				got := "parameters in the browser"
				if in.pushed != nil {
					got = "a pushed request"
				}
				return verdict(in.pushed != nil, "a request_uri of a pushed request", got,
					"client "+in.client.ClientID+" must push its request to "+in.t.issuer+pathPushed+" and send the browser here with the request_uri from there")
			},
		},
	}
}

// effective returns the parameters that count: those of the pushed request or
// of the request object, where there is one, and none that the browser brings
// besides (RFC 9101 section 6.3, RFC 9126 section 4).
func (in *authorization) effective() params {
	switch {
	case in.pushed != nil && in.pushed.client.is(in.client):
		return in.pushed.params
	case in.object != nil && in.object.malformed == "":
		return in.object.params
	}
	return in.sent
}

// withoutParams returns p without the parameters of these names.
func (p params) withoutParams(names ...string) params {
	return params{
		list:      slices.DeleteFunc(slices.Clone(p.list), func(f trace.Field) bool { return slices.Contains(names, f.Name) }),
		malformed: p.malformed,
	}
}

// size is how long the parameters are together.
func (p params) size() int {
	n := 0
	for _, f := range p.list {
		n += len(f.Name) + len(f.Value)
	}
	return n
}
