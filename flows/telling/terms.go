package telling

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Repeats is the title of the flow that tells message i in the same words, or
// "": then there is something new in it, such as that it was refused.
func (t *Teller) Repeats(i int) string {
	m := &t.run.Messages[i]
	if t.story.Repeats == nil || m.Failed() || len(m.Edited) > 0 {
		return ""
	}
	return harmless.Line(t.story.Repeats(m.Step))
}

// Trade names the words by which the trade calls what message i does. Whoever
// reads the developer's voice reads them anyway.
func (t *Teller) Trade(i int) Passage {
	if t.story.Developer || t.story.Trade == nil || t.story.Term == nil {
		return Passage{}
	}
	var titles []string
	for _, id := range t.story.Trade(t.run.Messages[i].Step) {
		titles = append(titles, t.story.Term(id).Title)
	}
	return Passage{Lead: t.Say("lead.trade"), Label: t.Say("label.trade"), Blocks: blocks(markup.Escape(strings.Join(titles, ", ")))}
}

// Terms are the ids of the terms that were met in the run, each once: those of
// the trade, and those that its words lead to.
func (t *Teller) Terms() []string {
	if !t.over() {
		return t.met()
	}
	if t.terms == nil {
		t.terms = t.met()
	}
	return slices.Clone(t.terms)
}

func (t *Teller) met() []string {
	met := []string{}
	add := func(ids ...string) {
		for _, id := range ids {
			if !slices.Contains(met, id) {
				met = append(met, id)
			}
		}
	}
	add(linked(t.story.Intro)...)
	for i := range t.run.Messages {
		if t.story.Trade != nil {
			add(t.story.Trade(t.run.Messages[i].Step)...)
		}
		w := t.Words(i)
		for _, words := range []string{w.Happened, w.Likeness, w.Why, w.Risk} {
			add(linked(words)...)
		}
	}
	if t.run.Outcome.State == trace.Completed {
		add(linked(t.story.Done)...)
	}
	return met
}

// glossary begins the links that lead to a term.
const glossary = "glossary:"

// linked are the ids of the terms that words lead to.
func linked(words string) []string {
	if !strings.Contains(words, glossary) { // most lead to none, and reading them takes most of the time
		return nil
	}
	var ids []string
	for _, b := range markup.Parse(words) {
		for _, s := range b.Spans {
			if id, ok := strings.CutPrefix(s.Link, glossary); ok {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// addTerms tells what the words mean that were met in the run.
func (t *Teller) addTerms(nouns []Noun) []Noun {
	if t.story.Term == nil {
		return nouns
	}
	met := t.Terms()
	if len(met) == 0 {
		return nouns
	}
	nouns = append(nouns, Chapter{Title: t.Say("terms")})
	for _, id := range met {
		if term := t.story.Term(id); term.Title != "" {
			nouns = addPassage(nouns, Passage{Blocks: blocks("**" + sentence(term.Title) + "** " + term.Means)})
		}
	}
	return nouns
}

// Asked are the questions that message i brings up and no message before it.
func (t *Teller) Asked(i int) []Asked {
	if t.story.Asked == nil {
		return nil
	}
	if t.asked == nil {
		t.asked = map[Asked]int{}
		for j := range t.run.Messages {
			for _, a := range t.story.Asked(t.run.Messages[j].Step) {
				if _, earlier := t.asked[a]; !earlier {
					t.asked[a] = j
				}
			}
		}
	}
	return slices.DeleteFunc(t.story.Asked(t.run.Messages[i].Step), func(a Asked) bool { return t.asked[a] != i })
}
