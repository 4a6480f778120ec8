package stage

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Guard describes an API: what it answers, and which scope each answer takes.
type Guard struct {
	Name   string // what people call it: "Mailbox API"
	Host   string // where it answers in memory, and what access tokens name as their audience
	Realm  string // of its challenges (RFC 9110 section 11.5): "mailbox"
	Routes []Route
	// Read is how an app reads an answer: whose it is, if that is said, and
	// the lines to show. Found stands over them, Empty where there are none.
	Read         func(body []byte) (owner string, lines []string)
	Found, Empty string
}

// Route is one thing that an API does for whoever may ask for it.
type Route struct {
	Method, Path string
	Scope        string // that the access token must have
	// Allow is the API's own rule about whom the token speaks of, beside its
	// scope: what a person delegated is never more than what the person may
	// do. Nil allows everybody. It returns a check that passed or failed.
	Allow func(subject string) trace.Check
	// Answer is the body of the answer, for encoding/json.
	Answer func(subject string) any
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
	keys     *http.Client
	audience string
	issuer   string
	now      func() time.Time

	mu     sync.Mutex
	cached *jose.JSONWebKeySet
}

func newAPI(offstage http.RoundTripper, g Guard, audience, issuer string, now func() time.Time) *API {
	return &API{guard: g, keys: &http.Client{Transport: offstage}, audience: audience, issuer: issuer, now: now}
}

// Audience returns the identifier that access tokens for this API name (RFC 9068 section 3).
func (a *API) Audience() string { return a.audience }

// ServeHTTP answers what the routes of the [Guard] say.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at, allowed := a.route(r)
	if r.Header.Get("Origin") != "" {
		w.Header().Set("Access-Control-Allow-Origin", "*") // the token decides, not the page that brings it
	}
	switch {
	case len(allowed) == 0:
		http.NotFound(w, r)
		return
	case r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "":
		w.Header().Set("Access-Control-Allow-Methods", strings.Join(allowed, ", "))
		w.Header().Set("Access-Control-Allow-Headers", "Authorization")
		w.WriteHeader(http.StatusNoContent)
		return
	case at == nil:
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		http.Error(w, "here only "+strings.Join(allowed, " and ")+" are answered", http.StatusMethodNotAllowed)
		return
	}
	raw, refused := a.bearer(r)
	if refused == nil {
		refused = a.verify(r, raw, at.Scope)
	}
	jwt, _ := trace.DecodeJWT(raw) // when nothing was refused, it was verified
	subject := jwt.Claim("sub")
	if refused == nil && at.Allow != nil {
		c := at.Allow(subject)
		trace.Record(r.Context(), c)
		if c.Result == trace.Fail {
			a.forbid(w, c)
			return
		}
	}
	if refused != nil {
		a.refuse(w, *refused, at.Scope)
		return
	}
	a.answer(w, at.Answer(subject))
}

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

// forbid answers somebody whose token is good, but who may not do this anyway:
// no other token would help, so the answer has no challenge (RFC 9110 section 15.5.4).
func (a *API) forbid(w http.ResponseWriter, c trace.Check) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusForbidden)
	writeJSON(w, struct {
		Error string `json:"error"`
	}{plain(c.Reason)})
}

// bearer takes the token from the request (RFC 6750 section 2): header only, once, never the query.
func (a *API) bearer(r *http.Request) (string, *trace.Check) {
	values := r.Header.Values("Authorization")
	scheme, raw, _ := strings.Cut(strings.Join(values, ", "), " ")
	isBearer := strings.EqualFold(scheme, "Bearer") && raw != ""
	inQuery := r.URL.Query().Has("access_token")
	rows := []struct {
		id, rule, section, expected, got, reason, code string
		ok                                             bool
	}{
		{
			"token-not-in-query", "no token stands in the address", "2.3", "no access_token parameter", present(inQuery, "an access_token parameter"),
			"addresses end up in histories and logs", "invalid_request", !inQuery,
		},
		{
			"bearer-present", "a token came in the Authorization header", "2.1", "Authorization: Bearer …", present(len(values) > 0, scheme+" …"),
			"nobody gets in without a token", "", isBearer,
		},
		{"bearer-once", "exactly one token came", "2", "one", count(values), "two tokens leave open which one counts", "invalid_request", len(values) == 1},
	}
	for _, row := range rows {
		c := trace.Check{
			By: trace.ResourceServer, ID: row.id, Rule: row.rule, Spec: trace.Spec{Doc: "RFC 6750", Section: row.section},
			Expected: row.expected, Got: row.got, Result: trace.Pass,
		}
		if !row.ok {
			c.Result, c.Reason, c.Error = trace.Fail, row.reason, row.code
		}
		trace.Record(r.Context(), c)
		if !row.ok {
			return "", &c
		}
	}
	return raw, nil
}

func present(yes bool, what string) string {
	if yes {
		return what
	}
	return "nothing"
}

func count(values []string) string { return fmt.Sprint(len(values)) }

func (a *API) verify(r *http.Request, raw, scope string) *trace.Check {
	keys, err := a.keySet(r)
	if err != nil {
		c := trace.Check{
			By: trace.ResourceServer, ID: "token-key", Rule: "the provider's keys can be read", Spec: trace.Spec{Doc: "RFC 9068", Section: "4"},
			Expected: "keys", Got: "none", Result: trace.Fail, Reason: err.Error(), Error: token.InvalidToken,
		}
		trace.Record(r.Context(), c)
		return &c
	}
	checks := token.VerifyAccessToken(raw, token.AccessTokenExpectations{
		By: trace.ResourceServer, Issuer: a.issuer, Audience: a.audience, Scope: scope, Keys: keys, Now: a.now(),
	})
	for _, c := range checks {
		trace.Record(r.Context(), c)
	}
	if i := slices.IndexFunc(checks, func(c trace.Check) bool { return c.Result == trace.Fail }); i >= 0 {
		return &checks[i]
	}
	return nil
}

// keySet reads the provider's keys once. The API did so before the curtain rose, so it leaves no arrow.
func (a *API) keySet(r *http.Request) (*jose.JSONWebKeySet, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.cached != nil {
		return a.cached, nil
	}
	var m metadata
	if _, err := getJSON(r.Context(), a.keys, a.issuer+"/.well-known/openid-configuration", "", &m); err != nil {
		return nil, fmt.Errorf("discover the provider: %w", err)
	}
	var keys jose.JSONWebKeySet
	if _, err := getJSON(r.Context(), a.keys, m.Keys, "", &keys); err != nil {
		return nil, fmt.Errorf("read the provider's keys: %w", err)
	}
	a.cached = &keys
	return a.cached, nil
}

// refuse answers by RFC 6750 section 3: without any token no error code, otherwise the one of the rule.
func (a *API) refuse(w http.ResponseWriter, c trace.Check, scope string) {
	challenge, status := `Bearer realm="`+a.guard.Realm+`"`, http.StatusUnauthorized
	switch c.Error {
	case "invalid_request":
		status = http.StatusBadRequest
	case token.InsufficientScope:
		status = http.StatusForbidden
	}
	if c.Error != "" {
		challenge += `, error="` + c.Error + `", error_description="` + plain(describeCheck(c)) + `"`
	}
	if c.Error == token.InsufficientScope {
		challenge += `, scope="` + scope + `"`
	}
	w.Header().Set("WWW-Authenticate", challenge)
	w.Header().Set("Cache-Control", "no-store")
	if c.Error == "" {
		w.WriteHeader(status) // who brought no token is told nothing more
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	writeJSON(w, struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}{c.Error, plain(describeCheck(c))})
}

func describeCheck(c trace.Check) string {
	return c.Rule + ": expected " + c.Expected + ", got " + orNothing(c.Got)
}

// plain keeps the characters that RFC 6750 section 3 allows in error_description.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '…':
			return '.'
		case r < 0x20 || r > 0x7E || r == '"' || r == '\\':
			return ' '
		}
		return r
	}, s)
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
