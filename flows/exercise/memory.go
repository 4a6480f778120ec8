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
	Name  string      // of the value; "" where Rule says what it is
	Rule  trace.Check // the rule that compares with it
	Value string
	// Given is how long ago the provider gave it out, and Used how often it was taken since.
	Given  time.Duration
	Issued bool // the provider gave it out
	Used   int
}

// ruled begins what the provider remembers by a rule.
const ruled = "rule:"

// Remembers lists what the provider knows, as the exercise names it. What was
// never sent is left out.
func (r *Request) Remembers() []Memory {
	var all []Memory
	for _, name := range r.about.Remember {
		if id, ok := strings.CutPrefix(name, ruled); ok {
			i := slices.IndexFunc(r.plain.Checks, func(c trace.Check) bool { return c.ID == id })
			if i >= 0 {
				all = append(all, Memory{Rule: r.plain.Checks[i], Value: r.plain.Checks[i].Expected})
			}
			continue
		}
		if m, ok := r.remember(name); ok {
			all = append(all, m)
		}
	}
	return all
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
