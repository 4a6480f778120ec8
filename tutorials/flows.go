package tutorials

import (
	"fmt"
	"slices"
	"strings"
)

// Flows is the words of every flow: of its steps, around them, and of its classic mistakes.
type Flows struct {
	file  map[string]flowFile // by id
	terms *Glossary           // that its steps name
}

// Flow returns what a flow is listed by: its words without those around the steps, Intro and Done.
func (f *Flows) Flow(id string) (*Flow, bool) {
	head := f.head(id)
	if head == nil {
		return nil, false
	}
	copied := *head
	return &copied, true
}

// FlowWith returns the words around the steps of a flow, for a run with these
// switches: id to value, where it is not the first one.
func (f *Flows) FlowWith(id string, switches map[string]string) (*Flow, bool) {
	w := f.flow(id)
	if w == nil {
		return nil, false
	}
	told := w.flow
	told.Intro, told.Done = w.intro.told(switches), w.done.told(switches)
	return &told, true
}

// Steps returns the ids of the steps of a flow that have words, in file order.
func (f *Flows) Steps(flow string) []string {
	if w := f.flow(flow); w != nil {
		return slices.Clone(w.steps)
	}
	return nil
}

// Step returns one step in a voice, through a lens. A lens other than
// [ProtocolLens] renames label and title and tells its own likeness. Where it
// also tells what happened, why and the risk, everyone gets that; executives
// and developers keep what their voice says. An unknown lens is the protocol's.
func (f *Flows) Step(flow, step string, v Voice, lens string) (Step, bool) {
	return f.StepWith(flow, step, v, lens, nil)
}

// StepWith is [Flows.Step] for a run with these switches: id to value, where it is not the first one.
func (f *Flows) StepWith(flow, step string, v Voice, lens string, switches map[string]string) (Step, bool) {
	w := f.step(flow, step)
	if w == nil {
		return Step{}, false
	}
	return w.told(v, lens, switches)
}

// Repeats returns the flow that tells a step in the same words, where there is one.
func (f *Flows) Repeats(flow, step string) (*Flow, bool) {
	w := f.step(flow, step)
	if w == nil || !w.repeats {
		return nil, false
	}
	return f.Flow(w.like)
}

// Trade returns the terms by which the trade calls what happens in a step.
func (f *Flows) Trade(flow, step string) []Term {
	w := f.step(flow, step)
	if w == nil {
		return nil
	}
	var terms []Term
	for _, id := range w.trade {
		if t, ok := f.terms.Term(id); ok {
			terms = append(terms, t)
		}
	}
	return terms
}

// With fills in the names of the story: {person}, {app} and {provider}.
func (s Step) With(person, app, provider string) Step {
	names := strings.NewReplacer("{person}", person, "{app}", app, "{provider}", provider)
	fill := func(words string) string {
		if !strings.Contains(words, "{") { // most name nobody, and a replacer is made when it is first needed
			return words
		}
		return names.Replace(words)
	}
	s.Label, s.Title, s.Likeness = fill(s.Label), fill(s.Title), fill(s.Likeness)
	s.Happened, s.Why, s.Risk = fill(s.Happened), fill(s.Why), fill(s.Risk)
	return s
}

// Mistake returns the words of one suggested mistake.
func (f *Flows) Mistake(flow, id string) (Mistake, bool) {
	w := f.flow(flow)
	if w == nil {
		return Mistake{}, false
	}
	m, ok := w.mistake[id]
	return m, ok
}

// Mistakes returns the ids of the mistakes of a flow, in file order.
func (f *Flows) Mistakes(flow string) []string {
	if w := f.flow(flow); w != nil {
		return slices.Clone(w.mistakes)
	}
	return nil
}

// hasStep reports whether there is one, by "flow/step" or by "step" of any flow.
func (f *Flows) hasStep(at string) bool {
	flow, step, named := strings.Cut(at, "/")
	if named {
		return f.step(flow, step) != nil
	}
	return slices.ContainsFunc(f.ids(), func(id string) bool { return f.step(id, at) != nil })
}

// checkTrade reports a step that names a term which the glossary does not have.
func (f *Flows) checkTrade() error {
	for _, id := range f.ids() {
		for _, step := range f.flow(id).steps {
			for _, term := range f.step(id, step).trade {
				if _, ok := f.terms.Term(term); !ok {
					return fmt.Errorf("flows/%s.md: section %q: Trade: there is no term %q in the glossary", id, step, term)
				}
			}
		}
	}
	return nil
}
