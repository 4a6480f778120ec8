package stage

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Guard describes an API: what it answers, and which scope each answer takes.
type Guard struct {
	Name   string // what people call it: "Mailbox API"
	Host   string // where it answers in memory, and what access tokens name as their audience
	Realm  string // of its challenges (RFC 9110 section 11.5): "mailbox"
	Routes []Route
	// Read is how an app reads an answer: whose it is, if that is said, and
	// the lines to show.
	Read func(say *catalog.Catalog, body []byte) (owner string, lines []string)
}

// text says something of the API to a person: what it found, that it stayed closed.
func (g Guard) text(say *catalog.Catalog, what string) string {
	return say.Text("stage." + g.Realm + "." + what)
}

// Route is one thing that an API does for whoever may ask for it.
type Route struct {
	Method, Path string
	Scope        string // that the access token must have
	// Rules are the API's own about whom the token speaks of and what was sent:
	// what a person delegated is never more than what the person may do.
	Rules []rule.Row[Asked]
	// Answer is the body of the answer, for encoding/json; kept is what the
	// routes that write have made in this run.
	Answer func(asked Asked, kept []any) any
	// Write makes an entry of a document that keeps the rules, number counting
	// the entries of this run from 1; the answer is the entry. Nil for a route that reads.
	Write func(document []byte, number int) any
}

// Scopes lists what the API's routes take.
func (g Guard) Scopes() []string {
	var scopes []string
	for _, r := range g.Routes {
		if !slices.Contains(scopes, r.Scope) {
			scopes = append(scopes, r.Scope)
		}
	}
	return scopes
}

// API is a resource server that answers whoever brings a good access token
// (RFC 6750), and says which rules it ran.
type API struct {
	guard    Guard
	provider *http.Client // by which it reads keys
	asks     *http.Client // by which it asks about tokens
	audience string
	trusted  []Trusted
	way      Way
	// remembers is how long it goes by what was said of a token; zero is not at all.
	remembers time.Duration
	origins   func(origin string) bool // whose pages may read answers; nil: those of everybody
	now       func() time.Time

	mu         sync.Mutex
	cached     map[string]*jose.JSONWebKeySet // by issuer
	kept       map[string]*entries            // by Trusted.Name
	remembered map[string]saying              // by token
}

// entries are what was written for the people of one issuer.
type entries struct {
	list    []any
	written int // ever; the oldest gave way
}

// maxEntries bounds what an API keeps that goes on for long.
const maxEntries = 1000

// Audience returns the identifier that access tokens for this API name (RFC 9068 section 3).
func (a *API) Audience() string { return a.audience }

// ServeHTTP answers what the routes of the [Guard] say.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.respond(w, r) }

// respond answers, and says what the token says where that is genuine.
func (a *API) respond(w http.ResponseWriter, r *http.Request) (asked Asked) {
	at, allowed := a.route(r)
	a.allowOrigin(w, r)
	switch {
	case len(allowed) == 0:
		http.NotFound(w, r)
		return Asked{}
	case r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "":
		a.preflight(w, r, allowed)
		return Asked{}
	case at == nil:
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		http.Error(w, "here only "+strings.Join(allowed, " and ")+" are answered", http.StatusMethodNotAllowed)
		return Asked{}
	}
	raw, refused := a.bearer(r)
	if refused == nil {
		asked, refused = a.verify(r, raw, at.Scope)
	}
	if refused != nil {
		a.refuse(w, *refused, at.Scope)
		return asked
	}
	a.serve(w, r, at, asked)
	return asked
}

// serve does what a route is for, for somebody whose token is good. No entry
// that is written has an address of its own, so the answer is 200 with what
// came of it, not 201 (RFC 9110 section 15.3.1).
func (a *API) serve(w http.ResponseWriter, r *http.Request, at *Route, asked Asked) {
	if at.Write != nil {
		asked.Document = documentOf(w, r)
	}
	if declined := rule.Run(r.Context(), trace.ResourceServer, at.Rules, &asked); declined != nil {
		a.decline(w, declined.Status, declined.Check)
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	kept := a.kept[asked.issuer]
	if kept == nil {
		kept = &entries{}
	}
	if at.Write == nil {
		a.answer(w, at.Answer(asked, kept.list))
		return
	}
	kept.written++
	entry := at.Write(asked.Document, kept.written)
	kept.list = append(kept.list[max(0, len(kept.list)+1-maxEntries):], entry)
	if a.kept == nil {
		a.kept = map[string]*entries{}
	}
	a.kept[asked.issuer] = kept
	a.answer(w, entry)
}

// documentOf reads the JSON that was sent; nil is none.
func documentOf(w http.ResponseWriter, r *http.Request) []byte {
	document, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxDocument))
	if err != nil || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return nil
	}
	return document
}

// maxDocument bounds what a route reads, in bytes.
const maxDocument = 64 << 10

// route finds what a request asks for, and the methods that its path takes.
func (a *API) route(r *http.Request) (at *Route, allowed []string) {
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	for i, candidate := range a.guard.Routes {
		if candidate.Path != r.URL.Path {
			continue
		}
		allowed = append(allowed, candidate.Method)
		if candidate.Method == http.MethodGet {
			allowed = append(allowed, http.MethodHead)
		}
		if candidate.Method == method {
			at = &a.guard.Routes[i]
		}
	}
	return at, allowed
}

// decline answers somebody whose token is good, but whose request is not: no
// other token would help, so the answer has no challenge (RFC 9110 section 15.5.4).
func (a *API) decline(w http.ResponseWriter, status int, c trace.Check) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	writeJSON(w, struct {
		Error string `json:"error"`
	}{plain(c.Reason)})
}

func (a *API) answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, v)
}

func writeJSON(w http.ResponseWriter, v any) {
	text, err := json.Marshal(v)
	if err != nil {
		return // the types above always encode
	}
	_, _ = w.Write(text) // a client that went away is not our fault
}
