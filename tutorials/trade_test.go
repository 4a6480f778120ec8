//go:build !race

package tutorials

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// named tells whether a text is the title of a term, or more than one of it.
func named(said string, term Term) bool {
	said, title := strings.ToLower(said), strings.ToLower(term.Title)
	return said == title || said == title+"s"
}

// says tells whether a step names a term by its title, as in ([consent](glossary:consent)).
func says(s Step, term Term) bool {
	for _, body := range []string{s.Likeness, s.Happened, s.Why, s.Risk} {
		for _, m := range link.FindAllString(body, -1) {
			said, rest, _ := strings.Cut(strings.TrimPrefix(m, "["), linkPrefix)
			if rest == term.ID+")" && named(said, term) {
				return true
			}
		}
	}
	return false
}

// firsts lists, for each term that the trade uses in a flow, the first step that has it.
func firsts(l *Library, flow string) map[string]string {
	first := map[string]string{}
	for _, step := range l.Flows().Steps(flow) {
		for _, term := range l.Flows().Trade(flow, step) {
			if first[term.ID] == "" {
				first[term.ID] = step
			}
		}
	}
	return first
}

// inTrade are the terms that some step has as the trade's word.
func inTrade(l *Library) map[string]bool {
	all := map[string]bool{}
	for _, flow := range l.flows.ids() {
		for id := range firsts(l, flow) {
			all[id] = true
		}
	}
	return all
}

// TestTheTradesWordIsSaidWhereItFirstOccurs lets people talk to somebody
// afterwards: the plain word comes first, and the trade's own once, as a link
// that bears its title.
func TestTheTradesWordIsSaidWhereItFirstOccurs(t *testing.T) {
	l := english(t)
	for _, flow := range l.flows.ids() {
		w := l.flows.flow(flow)
		first := firsts(l, flow)
		for _, id := range slices.Sorted(maps.Keys(first)) {
			term, _ := l.Glossary().Term(id)
			for _, how := range []struct {
				voice Voice
				lens  string
			}{{Everyone, ProtocolLens}, {Executive, ProtocolLens}, {Everyone, "hotel"}, {Executive, "office"}} {
				for _, choices := range everyChoice(w) {
					if s, _ := l.Flows().StepWith(flow, first[id], how.voice, how.lens, choices); !says(s, term) {
						t.Errorf("%s, %s, %s, %s, %v: the trade’s word %q is not said", flow, first[id], how.voice, how.lens, choices, term.Title)
					}
				}
			}
		}
	}
}

// everyChoice is no choice, and each value of each switch alone.
func everyChoice(w *flowWords) []map[string]string {
	all := []map[string]string{nil}
	for id, s := range w.flow.Switches {
		for value := range s.Values {
			all = append(all, map[string]string{id: value})
		}
	}
	return all
}

func TestEveryStepHasAWordOfTheTrade(t *testing.T) {
	l := english(t)
	for _, flow := range l.flows.ids() {
		for _, step := range l.Flows().Steps(flow) {
			if n := len(l.Flows().Trade(flow, step)); n < 1 || n > 3 {
				t.Errorf("%s, %s: %d words of the trade, want one to three", flow, step, n)
			}
		}
	}
}

func TestTheWordsThatOneKnowsAtTheEndAreEachNamedOnce(t *testing.T) {
	n := Narrator{Words: english(t), Flow: "client-credentials", Voice: Everyone, Lens: ProtocolLens}
	var got []string
	for _, term := range n.Trade("job-starts", "token", "read-invoices", "write-invoice", "job-done") {
		got = append(got, term.ID)
	}
	want := []string{"client", "client-credentials", "client-secret", "resource-server", "scope"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if terms := n.Trade("nothing"); terms != nil {
		t.Errorf("a step that is none has words: %v", terms)
	}
}

// TestEveryTermCanBeReachedInEveryVoice counts links, chips and what the
// dictionary and the glossary say to all but developers.
func TestEveryTermCanBeReachedInEveryVoice(t *testing.T) {
	l := english(t)
	reached := reachedTerms(l)
	for _, v := range Voices() {
		for _, term := range l.Glossary().Terms() {
			if !reached[v][term.ID] {
				t.Errorf("nothing leads the %s voice to %q", v, term.ID)
			}
		}
	}
}

// reachedTerms are the terms that something leads to, by voice.
func reachedTerms(l *Library) map[Voice]map[string]bool {
	reached := map[Voice]map[string]bool{}
	for _, v := range Voices() {
		reached[v] = inTrade(l)
	}
	for s := range l.texts() {
		for _, id := range linksOf(s.body) {
			if strings.HasPrefix(s.place, "glossary.toml, "+id+",") || s.voice == "" {
				continue
			}
			reached[s.voice][id] = true
			if strings.HasSuffix(s.place, ", plain") {
				reached[Executive][id] = true // is shown to executives too
			}
		}
	}
	return reached
}
