// Package flows is the stories: one file per flow, each telling in a few lines
// what the person does, and [Walk], which plays one of them message by message
// on a [stage.Stage].
//
// [All] lists the flows, [Start] begins a walk. The package is handed the
// identity provider as an http.Handler and never imports one; it knows no
// screen and no words for learners, only the ids that words are filed under.
package flows

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Flow is one way of getting access.
type Flow struct {
	ID       string
	Title    string // in the standards' words
	Status   Status
	Specs    []trace.Spec
	Chapters []string  // ids, in the order of the story
	Steps    []Step    // every step that can occur, on the good path and off it
	Mistakes []Mistake // the classic ones, to be tried
	Switches []Switch  // what a learner can have otherwise
	Cast     stage.Cast
	Foreseen []string // ids of rules that fail on the good path too, because the story is about what comes then
	// Recast changes the cast to what the switches ask for; nil leaves it as it is.
	Recast func(cast *stage.Cast, chosen map[string]string)

	// Play says what the person does; the cast does the rest.
	Play func(*stage.Stage) error
}

// Status tells whether a flow should still be used.
type Status string

// The statuses.
const (
	Recommended Status = "recommended"
	Forbidden   Status = "forbidden" // by RFC 9700: MUST NOT be used
	Deprecated  Status = "deprecated"
)

// Mistake is a classic mistake: an edit of one request that a good receiver refuses.
type Mistake struct {
	ID   string
	Step string // the request that it changes
	// With is how the flow's switches stand where it can be made; nil: however they do.
	With map[string]string
	// Edit makes the edit from the request as it waits and what has crossed before it.
	Edit func(waiting *trace.Message, crossed *trace.Trace) stage.Edit
}

// Make is the edit of the request as it waits, after what has crossed before
// it. It bears the id of the mistake, by which the record of the run names it.
func (m Mistake) Make(waiting *trace.Message, crossed *trace.Trace) stage.Edit {
	e := m.Edit(waiting, crossed)
	e.Mistake = m.ID
	return e
}

// castFor is who plays when the learner chose so.
func (f *Flow) castFor(c stage.Choices) stage.Cast {
	cast := f.Cast
	if f.Recast != nil {
		f.Recast(&cast, c.Switches)
	}
	if c.Client != nil {
		cast.Client = c.Client.Of(cast.Client)
	}
	return cast
}

// How a client proves who it is: the values of the switch client-auth.
const (
	proofBasic       = "basic"
	proofBody        = "body"
	proofSigned      = "signed"
	proofCertificate = "certificate"
)

// clientAuth is the switch of how a client with a secret proves who it is.
func clientAuth() Switch {
	return Switch{ID: "client-auth", Values: []string{proofBasic, proofBody}}
}

func recastClientAuth(cast *stage.Cast, chosen map[string]string) {
	if chosen["client-auth"] == proofBody {
		cast.Client.AuthMethod = stage.AuthPost
	}
}

// Switch is an alternative that a flow has: one of its values is chosen.
type Switch struct {
	ID     string
	Values []string // the first is how the flow goes when nobody chooses
}

// All lists the flows in the order in which they are taught.
func All() []Flow {
	return []Flow{
		authorizationCode(),
		authorizationCodePKCE(),
		clientCredentials(),
		password(),
		refreshToken(),
		implicit(),
		openIDConnect(),
		deviceCode(),
		introspectionRevocation(),
		singleSignOn(),
		clientAuthentication(),
	}
}

// Default is the flow that opens where nobody has chosen one.
func Default() Flow { return authorizationCodePKCE() }

// Find returns the flow of that id.
func Find(id string) (Flow, bool) {
	for _, f := range All() {
		if f.ID == id {
			return f, true
		}
	}
	return Flow{}, false
}

// Mistake returns the mistake of that id.
func (f *Flow) Mistake(id string) (Mistake, bool) {
	for _, m := range f.Mistakes {
		if m.ID == id {
			return m, true
		}
	}
	return Mistake{}, false
}

// MistakesAt lists the mistakes that change the request of that step in a run
// whose switches stand as chosen.
func (f *Flow) MistakesAt(step string, chosen map[string]string) []Mistake {
	var at []Mistake
	for _, m := range f.Mistakes {
		if m.Step == step && f.stands(m.With, chosen) {
			at = append(at, m)
		}
	}
	return at
}

// stands reports whether the switches are as wanted in a run for which those were chosen.
func (f *Flow) stands(wanted, chosen map[string]string) bool {
	for _, s := range f.Switches {
		if want := wanted[s.ID]; want != "" && want != cmp.Or(chosen[s.ID], s.Values[0]) {
			return false
		}
	}
	return true
}

// Check says what in the choices is not as this flow has it.
func (f *Flow) Check(c stage.Choices) error {
	for _, e := range c.Edits {
		if err := e.Check(); err != nil {
			return err
		}
	}
	for _, j := range c.Jumps {
		if err := j.Check(); err != nil {
			return err
		}
	}
	for id, value := range c.Switches {
		i := slices.IndexFunc(f.Switches, func(s Switch) bool { return s.ID == id })
		if i < 0 {
			return fmt.Errorf("the flow %s has no switch %q", f.ID, id)
		}
		if !slices.Contains(f.Switches[i].Values, value) {
			return fmt.Errorf("the switch %s is one of %s, not %q", id, strings.Join(f.Switches[i].Values, ", "), value)
		}
	}
	return nil
}
