package exercise

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Memory is something that the provider knows when the request arrives.
type Memory struct {
	Name  string // of the value, or of the rule that says it
	Kind  MemoryKind
	Value string
	// Given is how long ago the provider gave it out, Used how often it was
	// taken since, and Asked how long ago it was last brought; where Issued.
	Issued   bool
	Given    time.Duration
	Used     int
	Asked    time.Duration
	WasAsked bool
}

// MemoryKind is how the provider knows it.
type MemoryKind string

// The kinds. An exercise names them before a colon: "rule:scope-allowed".
const (
	ByName         MemoryKind = ""           // it was sent before, by that name
	ByRule         MemoryKind = "rule"       // what the rule of that id expects
	ByWork         MemoryKind = "work"       // what the provider finds when it looks at the request by that rule
	InRegistration MemoryKind = "registered" // it is in the registration of the app
)

// Remembers lists what the provider knows when the request arrives, as the
// exercise names it. What was never sent is left out.
func (r *Request) Remembers() []Memory { return r.known }

func (r *Request) recall() []Memory {
	var all []Memory
	for _, text := range r.about.Remember {
		kind, name, found := strings.Cut(text, ":")
		if !found {
			kind, name = "", text
		}
		if m, ok := r.recalled(MemoryKind(kind), name); ok {
			all = append(all, m)
		}
	}
	return all
}

func (r *Request) recalled(kind MemoryKind, name string) (Memory, bool) {
	m := Memory{Name: name, Kind: kind}
	switch kind {
	case ByRule:
		m.Value = r.check(name).Expected
	case ByWork:
		m.Value = r.check(name).Got
	case InRegistration:
		client := r.walk.Flow().Cast.Client
		m.Value = map[string]string{
			"client_id": client.ID, "client_secret": client.Secret, LineCertificate: r.walk.Trace().Latest("x5t#S256"),
		}[name]
	case ByName:
		return r.remember(name)
	}
	return m, m.Value != ""
}

// check is what the provider makes of the request by a rule; where it breaks off
// before, what it would make of one without a change.
func (r *Request) check(id string) trace.Check {
	var checks []trace.Check
	if at := len(r.walk.Trace().Messages); at < len(r.walk.Plan().Messages) {
		checks = r.walk.Plan().Messages[at].Checks
	}
	for _, c := range slices.Concat(checks, r.plain.Checks) {
		if c.ID == id {
			return c
		}
	}
	return trace.Check{}
}

// remember finds what the provider knows of the value that the request brings
// under a name; of one that it never gave out, what it was told or said last under it.
func (r *Request) remember(name string) (Memory, bool) {
	if m := r.history(name, valueOf(&r.sent, name)); m.Issued {
		return m, true
	}
	crossed := r.walk.Trace().Messages
	for i := len(crossed) - 1; i >= 0; i-- {
		m := &crossed[i]
		if m.From != trace.AuthorizationServer && m.To != trace.AuthorizationServer {
			continue
		}
		for _, p := range m.Places() {
			if p.Name == name && wired(p.Part) {
				return r.history(name, p.Value), true
			}
		}
	}
	return Memory{}, false
}

func wired(p trace.Part) bool { return p == trace.InURL || p == trace.InHeader || p == trace.InBody }

// history is what became of a value until the request arrived.
func (r *Request) history(name, value string) Memory {
	out := Memory{Name: name, Value: value}
	crossed := r.walk.Trace()
	for i := range crossed.Messages {
		m := &crossed.Messages[i]
		if !carries(m, name, value) {
			continue
		}
		switch {
		case m.From == trace.AuthorizationServer && !out.Issued:
			out.Issued, out.Given = true, r.sent.At.Sub(m.At)
		case m.To == trace.AuthorizationServer && out.Issued:
			out.WasAsked, out.Asked = true, r.sent.At.Sub(m.At)
			if answer := crossed.Response(i); answer >= 0 && crossed.Messages[answer].Status < http.StatusBadRequest {
				out.Used++
			}
		}
	}
	return out
}

func carries(m *trace.Message, name, value string) bool {
	return slices.ContainsFunc(m.Places(), func(p trace.Place) bool { return p.Name == name && p.Value == value && wired(p.Part) })
}
