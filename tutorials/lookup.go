package tutorials

import (
	"slices"
	"strings"
)

// What a [Library] is asked for.

// Flow returns what a flow is listed by: its words without those around the steps, Intro and Done.
func (l *Library) Flow(id string) (*Flow, bool) {
	head := l.head(id)
	if head == nil {
		return nil, false
	}
	f := *head
	return &f, true
}

// FlowWith returns the words around the steps of a flow, for a run with these
// switches: id to value, where it is not the first one.
func (l *Library) FlowWith(id string, switches map[string]string) (*Flow, bool) {
	w := l.flow(id)
	if w == nil {
		return nil, false
	}
	f := w.flow
	f.Intro, f.Done = w.intro.told(switches), w.done.told(switches)
	return &f, true
}

// Steps returns the ids of the steps of a flow that have words, in file order.
func (l *Library) Steps(flow string) []string {
	if w := l.flow(flow); w != nil {
		return slices.Clone(w.steps)
	}
	return nil
}

// Step returns one step in a voice, through a lens. A lens other than
// [ProtocolLens] renames label and title and tells its own likeness. Where it
// also tells what happened, why and the risk, everyone gets that; executives
// and developers keep what their voice says. An unknown lens is the protocol's.
func (l *Library) Step(flow, step string, v Voice, lens string) (Step, bool) {
	return l.StepWith(flow, step, v, lens, nil)
}

// StepWith is [Library.Step] for a run with these switches: id to value, where it is not the first one.
func (l *Library) StepWith(flow, step string, v Voice, lens string, switches map[string]string) (Step, bool) {
	w := l.step(flow, step)
	if w == nil {
		return Step{}, false
	}
	return w.told(v, lens, switches)
}

// Repeats returns the flow that tells a step in the same words, where there is one.
func (l *Library) Repeats(flow, step string) (*Flow, bool) {
	w := l.step(flow, step)
	if w == nil || !w.repeats {
		return nil, false
	}
	return l.Flow(w.like)
}

// Trade returns the terms by which the trade calls what happens in a step.
func (l *Library) Trade(flow, step string) []Term {
	w := l.step(flow, step)
	if w == nil {
		return nil
	}
	var terms []Term
	for _, id := range w.trade {
		if t, ok := l.Term(id); ok {
			terms = append(terms, t)
		}
	}
	return terms
}

// With fills in the names of the story: {person}, {app} and {provider}.
func (s Step) With(person, app, provider string) Step {
	fill := strings.NewReplacer("{person}", person, "{app}", app, "{provider}", provider).Replace
	s.Label, s.Title, s.Likeness = fill(s.Label), fill(s.Title), fill(s.Likeness)
	s.Happened, s.Why, s.Risk = fill(s.Happened), fill(s.Why), fill(s.Risk)
	return s
}

// Mistake returns the words of one suggested mistake.
func (l *Library) Mistake(flow, id string) (Mistake, bool) {
	w := l.flow(flow)
	if w == nil {
		return Mistake{}, false
	}
	m, ok := w.mistake[id]
	return m, ok
}

// Mistakes returns the ids of the mistakes of a flow, in file order.
func (l *Library) Mistakes(flow string) []string {
	if w := l.flow(flow); w != nil {
		return slices.Clone(w.mistakes)
	}
	return nil
}

// Lens returns a lens.
func (l *Library) Lens(id string) (Lens, bool) {
	for _, lens := range l.lenses {
		if lens.ID == id {
			return lens, true
		}
	}
	return Lens{}, false
}

// Lenses returns every lens in the order in which the switch offers them, protocol first.
func (l *Library) Lenses() []Lens { return slices.Clone(l.lenses) }

// Entry explains a parameter, header, claim or member. Header names are
// compared without case. Where an answer is a JSON document, its members and
// the claims of a token are close relatives: if there is no entry of the one
// kind, the other's is returned. An entry of the name "allow_*" is about every
// name that begins with "allow_" and has none of its own.
func (l *Library) Entry(kind, name string) (Entry, bool) { return l.entryOf(kind, name) }

// EntryAt explains a name where it stands: at is the last part of the path to
// which the request went, such as "token". Most names mean the same everywhere.
func (l *Library) EntryAt(kind, name, at string) (Entry, bool) {
	e, ok := l.entryOf(kind, name)
	if there, other := e.at[at]; other {
		return there, true
	}
	return e, ok
}

func (l *Library) entryOf(kind, name string) (Entry, bool) {
	d := l.dictionary.say()
	for _, k := range []string{kind, relative(kind)} {
		if i, ok := d.at[entryKey(k, name)]; ok {
			return d.entries[i], true
		}
		if first, _, parts := strings.Cut(name, "_"); parts {
			if i, ok := d.at[entryKey(k, first+"_*")]; ok {
				return d.entries[i], true
			}
		}
	}
	return Entry{}, false
}

func relative(kind string) string {
	switch kind {
	case "claim":
		return "member"
	case "member":
		return "claim"
	}
	return kind
}

func entryKey(kind, name string) [2]string {
	if kind == "header" {
		name = strings.ToLower(name)
	}
	return [2]string{kind, name}
}

// Entries returns the whole dictionary in file order.
func (l *Library) Entries() []Entry { return slices.Clone(l.dictionary.say().entries) }

// Rule returns a check in the words of a voice. Developers read the rule's own text, so for them it returns "".
func (l *Library) Rule(id string, v Voice) (string, bool) {
	texts, ok := l.rules.say().texts[id]
	return texts[v], ok
}

// Rules returns the ids of all rules that have words, in file order.
func (l *Library) Rules() []string { return slices.Clone(l.rules.say().ids) }

// Refusal says why a run ended and what would have helped. The id is a rule's,
// or "error:" and a protocol error code, such as "error:invalid_grant".
func (l *Library) Refusal(id string, v Voice) (string, bool) {
	text, ok := l.refusals.say().texts[id][v]
	return text, ok
}

// RefusalFor returns the words for the rule, else those for the error code,
// else a general sentence; so it always says something.
func (l *Library) RefusalFor(rule, code string, v Voice) string {
	for _, id := range []string{rule, "error:" + code, generalRefusal} {
		if text, ok := l.Refusal(id, v); ok {
			return text
		}
	}
	return ""
}

// generalRefusal is the entry of refusals.toml for a reason that has no words of its own.
const generalRefusal = "error:"

// Refusals returns the ids of all refusals that have words, in file order.
func (l *Library) Refusals() []string { return slices.Clone(l.refusals.say().ids) }

// Witness returns the words filed under an id of witnesses.toml: a witness
// ("history"), why it sees a value or does not ("history/address"), or how a
// value travelled ("how/query").
func (l *Library) Witness(id string, v Voice) (string, bool) {
	text, ok := l.watching.say().texts[id][v]
	return text, ok
}

// Witnesses returns the ids of all those words, in file order.
func (l *Library) Witnesses() []string { return slices.Clone(l.watching.say().ids) }

// Bench returns what a workbench says, such as "token/read".
func (l *Library) Bench(id string, v Voice) (string, bool) {
	text, ok := l.benches.say().texts[id][v]
	return text, ok
}

// Benches returns the ids of all that the workbenches say, in file order.
func (l *Library) Benches() []string { return slices.Clone(l.benches.say().ids) }

// Term returns a word of the glossary.
func (l *Library) Term(id string) (Term, bool) {
	g := l.glossary.say()
	i, ok := g.at[id]
	if !ok {
		return Term{}, false
	}
	return g.terms[i], true
}

// Terms returns the whole glossary in file order.
func (l *Library) Terms() []Term { return slices.Clone(l.glossary.say().terms) }
