// Package logins reads a log of HTTP exchanges, whoever recorded it, and joins
// them into logins: which request is the callback of which authorization
// request, which token was renewed by which, which page belongs to whom.
//
// Call [Join] with a recorded trace, or [Joiner.Add] for one exchange after the
// other. A provider need not be ours: an endpoint is known by what its metadata
// said, by its parameters, and last by its usual path. The package judges
// nothing; what went wrong is the business of whoever reads the logins.
package logins

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Exchange is a request and its answer.
type Exchange struct {
	Number    int            // counts from 1 in the order of the log
	Request   *trace.Message // never nil
	Answer    *trace.Message // nil where none came, or none was recorded
	Endpoint  Endpoint
	Preflight bool // a browser asks whether a page may (Fetch Standard, CORS-preflight request)

	host, path              string // of its address
	query, form, json, came []trace.Field
	told                    []trace.Field    // what the address of a page of errors has in it
	notes                   []*trace.Message // what its receiver worked out by itself afterwards
}

// newExchange reads what crossed. It shares memory with the messages.
func newExchange(number int, request, answer *trace.Message) *Exchange {
	e := &Exchange{Number: number, Request: request, Answer: answer, query: request.Query(), form: request.Form()}
	e.host, e.path = whereTo(request.URL)
	e.Preflight = request.Method == http.MethodOptions && request.HeaderValue("Access-Control-Request-Method") != ""
	if request.IsJSON() {
		e.json = members(request.Body)
	}
	e.told = append(packed(e.query), failureOf(request)...)
	if answer != nil {
		location := answer.HeaderValue("Location")
		e.came = append(trace.QueryOf(location), trace.FragmentOf(location)...)
		e.came = append(e.came, packed(e.came)...)
		if e.came == nil || answer.Status < 300 || answer.Status >= 400 {
			e.came = append(e.came, members(answer.Body)...)
			e.came = append(e.came, pairs(answer)...)
		}
		if e.asksForMessage() && answer.IsHTML() {
			e.came = append(e.came, message(string(answer.Body[:min(len(answer.Body), maxRead)]))...)
		}
		e.came = append(e.came, e.posted()...)
	}
	return e
}

// asksForMessage reports whether the answer is to come by a script in the page.
func (e *Exchange) asksForMessage() bool {
	mode, _ := first(e.query, "response_mode")
	return mode == "web_message"
}

// pairs reads an answer in the form of a form, as GitHub's are.
func pairs(answer *trace.Message) []trace.Field {
	if !answer.IsForm() && !strings.HasPrefix(string(answer.Body[:min(len(answer.Body), 64)]), "error=") {
		return nil
	}
	return trace.ParsePairs(strings.TrimSpace(string(answer.Body[:min(len(answer.Body), maxRead)])))
}

// Param returns a parameter of the request, wherever it was put: in the form,
// in the query, in the fragment of an address that somebody copied, or in JSON.
func (e *Exchange) Param(name string) string {
	value, _ := e.Sent(name)
	return value
}

// Sent is [Exchange.Param], and whether the parameter was there at all.
func (e *Exchange) Sent(name string) (string, bool) {
	for _, fields := range [][]trace.Field{e.form, e.query, e.json, trace.FragmentOf(e.Request.URL)} {
		if value, found := first(fields, name); found {
			return value, true
		}
	}
	return "", false
}

// InForm is a parameter of the body.
func (e *Exchange) InForm(name string) (string, bool) { return first(e.form, name) }

// InQuery is a parameter of the address.
func (e *Exchange) InQuery(name string) (string, bool) { return first(e.query, name) }

// InJSON is a member of a body of JSON.
func (e *Exchange) InJSON(name string) (string, bool) { return first(e.json, name) }

// Times says how often a parameter stands in the request.
func (e *Exchange) Times(name string) int {
	n := 0
	for _, fields := range [][]trace.Field{e.form, e.query} {
		for _, f := range fields {
			if f.Name == name {
				n++
			}
		}
	}
	return n
}

// Came returns what an answer brought under a name: a member of JSON, or a
// parameter of the address that it sends the browser to.
func (e *Exchange) Came(name string) string {
	value, _ := first(e.came, name)
	return value
}

func first(fields []trace.Field, name string) (string, bool) {
	for _, f := range fields {
		if f.Name == name {
			return f.Value, true
		}
	}
	return "", false
}

// Status is that of the answer, or 0.
func (e *Exchange) Status() int {
	if e.Answer == nil {
		return 0
	}
	return e.Answer.Status
}

// At is when the request was sent.
func (e *Exchange) At() time.Time { return e.Request.At }

// Client is the client_id that the request names, in whichever way.
func (e *Exchange) Client() string {
	if id := e.Param("client_id"); id != "" {
		return id
	}
	if id, _, ok := e.Basic(); ok {
		if plain, err := url.QueryUnescape(id); err == nil {
			return plain
		}
		return id
	}
	if assertion, err := trace.DecodeJWT(e.Param("client_assertion")); err == nil {
		return assertion.Claim("sub")
	}
	return ""
}

// Broken is the first rule that the request broke, or nil. Trouble that was
// ordered is no rule.
func (e *Exchange) Broken() *trace.Check {
	for _, m := range append([]*trace.Message{e.Request, e.Answer}, e.notes...) {
		if c := failed(m); c != nil {
			return c
		}
	}
	return nil
}

// unwelcome is the rule for which whoever got the answer did not take it, or nil.
func (e *Exchange) unwelcome() *trace.Check {
	for _, m := range append([]*trace.Message{e.Answer}, e.notes...) {
		if c := failed(m); c != nil {
			return c
		}
	}
	return nil
}

func failed(m *trace.Message) *trace.Check {
	if m == nil {
		return nil
	}
	for i := range m.Checks {
		if c := &m.Checks[i]; c.Result == trace.Fail && c.ID != troubleID {
			return c
		}
	}
	return nil
}

// Trouble is what the provider was made to do wrong in this exchange, or nil.
func (e *Exchange) Trouble() *trace.Check {
	for i := range e.Request.Checks {
		if c := &e.Request.Checks[i]; c.ID == troubleID {
			return c
		}
	}
	return nil
}

// troubleID is the id under which a provider records trouble that was ordered.
const troubleID = "deliberate-trouble"

// Judged reports whether the receiver said which rules it ran.
func (e *Exchange) Judged() bool {
	return len(e.Request.Checks) > 0 || e.Answer != nil && len(e.Answer.Checks) > 0
}

// Address is where the request went, without query and fragment.
func (e *Exchange) Address() string { return base(e.Request.URL) }

// Host is the host and port that the request went to.
func (e *Exchange) Host() string {
	if e.host == "" { // nobody joined it
		host, _ := whereTo(e.Request.URL)
		return host
	}
	return e.host
}

// Path is the path of the request.
func (e *Exchange) Path() string {
	if e.host == "" {
		_, path := whereTo(e.Request.URL)
		return path
	}
	return e.path
}

func whereTo(address string) (host, path string) {
	if u, err := url.Parse(address); err == nil {
		host, path = u.Host, u.Path
	}
	return host, path
}

// Realm is the name of the realm in the path of the request, as our provider and
// Keycloak have them; "" where it is of none.
func (e *Exchange) Realm() string {
	_, below, _ := strings.Cut(e.Path(), "/realms/")
	name, _, _ := strings.Cut(below, "/")
	return name
}

func base(address string) string {
	if end := strings.IndexAny(address, "?#"); end >= 0 {
		return address[:end]
	}
	return address
}
