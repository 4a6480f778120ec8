// Package telling says what there is to say of a run, once for everybody who
// shows it: the window, the handouts and the pictures ask here, so that no two
// of them can disagree.
//
// A [Teller] tells a run in the words of a [Story], as a row of nouns: a
// [Title], a [Step], a [Passage], a [Table] and a few more. Whoever draws is a
// pen over them. [Cargos], [Sections], [StartLine] and their neighbours answer
// for one message alone.
//
// All that it tells is harmless, one line a text (see package harmless). The
// package draws nothing, knows no format and no screen, and verifies nothing.
package telling

import (
	"iter"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Teller tells one run.
type Teller struct {
	*phrases
	*fates

	run   *trace.Trace
	story Story
	// Tokens are decoded where they cross first: first is that step, of the messages before read.
	first  map[string]int
	read   int
	asked  map[Asked]int // the step that brings up a question first
	terms  []string      // see [Teller.Terms]; nil until somebody asks
	failed int           // see [Teller.Failed]
}

// Of returns who tells the run in the words of the story.
func Of(run *trace.Trace, s Story) *Teller {
	return &Teller{
		phrases: newPhrases(s.Say), fates: &fates{run: run, mistake: s.Mistake, attack: unknown},
		run: run, story: s, first: map[string]int{}, failed: unsought,
	}
}

// Whole tells everything: opening, each step, the chapters between them, and the ending.
func (t *Teller) Whole() iter.Seq[Noun] {
	return func(yield func(Noun) bool) {
		tell := func(nouns []Noun) bool {
			for _, n := range nouns {
				if !yield(n) {
					return false
				}
			}
			return true
		}
		if !tell(t.Opening()) {
			return
		}
		for i := range t.run.Messages {
			if !tell(t.Step(i)) {
				return
			}
		}
		tell(t.Ending())
	}
}

// Opening tells what the run is about and who takes part.
func (t *Teller) Opening() []Noun {
	nouns := []Noun{Title{Words: t.Title(), Outcome: t.Outcome(), Summary: t.Summary()}}
	nouns = addPassage(nouns, Passage{Blocks: blocks(t.story.Intro)})
	nouns = t.addSaid(nouns, []said{{"standing", t.story.Standing}, {"use", t.story.Use}, {"never", t.story.Never}})
	parties := Table{Of: "parties", Head: t.heads("party", "also")}
	for _, p := range t.Cast() {
		parties.Rows = append(parties.Rows, []Cell{{Text: p.Name}, {Text: p.Also}})
	}
	return append(nouns, parties, Figure{Title: t.Say("whole")})
}

// Ending tells how the run ended.
func (t *Teller) Ending() []Noun {
	o := t.Outcome()
	nouns := []Noun{Ending{Outcome: o}}
	switch o.State {
	case trace.Completed:
		lesson := t.Lesson(len(t.run.Messages) - 1)
		nouns = addPassage(nouns, lesson)
		if o.Fate != Lost || len(lesson.Blocks) == 0 { // nothing went wrong, or the choices made it go wrong, which the flow tells
			nouns = addPassage(nouns, Passage{Blocks: blocks(t.story.Done)})
		}
	case trace.Refused:
		nouns = addPassage(nouns, Passage{Blocks: t.stopper()})
		nouns = addPassage(nouns, Passage{Blocks: t.Refusal()})
	case trace.Running:
	}
	return append(t.addTerms(nouns), Closing{Summary: t.Summary()})
}

// said is words under a lead that is filed under an id.
type said struct{ lead, words string }

func (t *Teller) addSaid(nouns []Noun, all []said) []Noun {
	for _, s := range all {
		nouns = addPassage(nouns, Passage{Lead: t.Say("lead." + s.lead), Label: t.Say("label." + s.lead), Blocks: blocks(s.words)})
	}
	return nouns
}

// addPassage leaves out what says nothing.
func addPassage(nouns []Noun, p Passage) []Noun {
	if len(p.Blocks) == 0 {
		return nouns
	}
	return append(nouns, p)
}

// blocks reads words and makes them harmless.
func blocks(words string) []markup.Block {
	read := markup.Parse(words)
	for _, b := range read {
		for i := range b.Spans {
			b.Spans[i].Text = harmless.Line(b.Spans[i].Text)
		}
	}
	return read
}

// Title is what the run is called.
func (t *Teller) Title() string {
	if t.story.Title != "" {
		return harmless.Line(t.story.Title)
	}
	return harmless.Line(t.run.Flow)
}

// Language is the BCP 47 tag of what is told besides the words of the flow.
func (t *Teller) Language() string { return t.story.Say.Language() }

// Run is what is told of.
func (t *Teller) Run() *trace.Trace { return t.run }

// unsought is what nobody has looked for yet, where -1 says that there is none.
const unsought = -2

// Failed is [trace.Trace.Failed], which is looked for in a run that has ended
// once: every step asks.
func (t *Teller) Failed() int {
	if !t.over() {
		return t.run.Failed()
	}
	if t.failed == unsought {
		t.failed = t.run.Failed()
	}
	return t.failed
}

// over reports whether the run has ended: nothing is added to it.
func (t *Teller) over() bool {
	return t.run.Outcome.State != trace.Running && t.run.Outcome.State != ""
}

// Developer reports whether the wire is shown.
func (t *Teller) Developer() bool { return t.story.Developer }
