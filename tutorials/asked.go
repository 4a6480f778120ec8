package tutorials

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// Asked is a question that people ask who have seen a walk, with its answer.
type Asked struct {
	ID       string
	Question string
	At       []string // steps that bring it up: "flow/step", or "step" of any flow
	Except   []string // flows where it makes no sense, such as a question about logins where nobody logs in
	Terms    []string // ids of the terms that it belongs to
	Answer   map[Voice]string
}

// readAsked reads the questions in file order.
func readAsked(fsys fs.FS, file string) ([]Asked, error) {
	type words struct {
		Ask       string   `toml:"ask"`
		At        []string `toml:"at"`
		Except    []string `toml:"except"`
		Terms     []string `toml:"terms"`
		Everyone  string   `toml:"everyone"`
		Executive string   `toml:"executive"`
		Developer string   `toml:"developer"`
	}
	var tables map[string]words
	order, err := readTOML(fsys, file, &tables, 1)
	if err != nil {
		return nil, err
	}
	all := make([]Asked, 0, len(order))
	for _, key := range order {
		w := tables[key[0]]
		a := Asked{
			ID: key[0], Question: w.Ask, At: w.At, Except: w.Except, Terms: w.Terms,
			Answer: map[Voice]string{Everyone: w.Everyone, Executive: w.Executive, Developer: w.Developer},
		}
		if a.Question == "" || len(a.At) == 0 || len(a.Terms) == 0 {
			return nil, inTable(fsys, file, a.ID, errors.New("ask, at and terms are all needed"))
		}
		for _, v := range Voices() {
			if a.Answer[v] == "" {
				return nil, inTable(fsys, file, a.ID, fmt.Errorf("the %s voice says nothing", v))
			}
		}
		all = append(all, a)
	}
	return all, nil
}

// FAQ is what people ask who have seen a walk.
type FAQ struct{ read part[[]Asked] }

// At returns the questions that a step of a flow brings up, in file order.
func (f *FAQ) At(flow, step string) []Asked {
	return slices.DeleteFunc(f.All(), func(a Asked) bool {
		return slices.Contains(a.Except, flow) || !slices.Contains(a.At, step) && !slices.Contains(a.At, flow+"/"+step)
	})
}

// About returns the questions that belong to a term.
func (f *FAQ) About(term string) []Asked {
	return slices.DeleteFunc(f.All(), func(a Asked) bool { return !slices.Contains(a.Terms, term) })
}

// All returns every question in file order.
func (f *FAQ) All() []Asked { return slices.Clone(f.read.say()) }

// check reports a question about a term, at a step or for a flow that there is not.
func (f *FAQ) check(flows *Flows, glossary *Glossary) error {
	for _, a := range f.read.say() {
		if err := a.check(flows, glossary); err != nil {
			return fmt.Errorf("asked.toml: [%s]: %w", a.ID, err)
		}
	}
	return nil
}

func (a *Asked) check(flows *Flows, glossary *Glossary) error {
	for _, id := range a.Terms {
		if _, ok := glossary.Term(id); !ok {
			return fmt.Errorf("there is no term %q in the glossary", id)
		}
	}
	for _, at := range a.At {
		if !flows.hasStep(at) {
			return fmt.Errorf("there is no step %q", at)
		}
	}
	for _, flow := range a.Except {
		if _, ok := flows.file[flow]; !ok {
			return fmt.Errorf("there is no flow %q to leave out", flow)
		}
	}
	return nil
}

// texts are the questions and their answers.
func (f *FAQ) texts() []text {
	var out []text
	for _, a := range f.read.say() {
		out = append(out, text{place: "asked.toml, " + a.ID + ", ask", kind: "body", body: a.Question})
		for _, v := range Voices() {
			out = append(out, text{place: "asked.toml, " + a.ID + ", " + string(v), kind: "body", voice: v, body: a.Answer[v]})
		}
	}
	return out
}
