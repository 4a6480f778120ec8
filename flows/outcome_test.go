//go:build !race

package flows_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	teller "github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// No words contradict what happened.

// choicesOf are the choices of a known run; a mistake makes none.
func choicesOf(f flows.Flow, name string) stage.Choices {
	story := stories()[f.ID]
	if c, ok := story.runs[name]; ok {
		return c
	}
	return story.more[name]
}

func TestARefusedStepTellsTheRefusal(t *testing.T) {
	t.Parallel()
	holds(t)
}

func tellsTheRefusal(r *reading, fault faults) {
	for i := range r.tr.Messages {
		m := &r.tr.Messages[i]
		broken := m.FailedCheck()
		if broken == nil || r.n.Step(m.Step).Holds {
			continue
		}
		w := r.told.Words(i)
		if want := r.n.Refusal(broken.ID, broken.Error, ""); w.Happened == "" || want != "" && w.Happened != want {
			fault("%s: step %s was refused, and is told as %q", r.name, m.Step, w.Happened)
		}
		if w.Why+w.Risk+w.Likeness != "" {
			fault("%s: step %s was refused, and more is told of it than that", r.name, m.Step)
		}
	}
}

// TestWordsThatHoldWhereAStepWasRefusedAreFew keeps an eye on the exceptions:
// somebody has read these words, and they speak of an attempt.
func TestWordsThatHoldWhereAStepWasRefusedAreFew(t *testing.T) {
	read := []string{
		"introspection-revocation/new-mail", "introspection-revocation/refresh",
		"single-sign-on/logout-call-again", "client-authentication/thief-asks", "client-authentication/thief-reads",
	}
	everywhere := []string{"callback-error", "poll", "poll-again", "refresh-again", "stolen-code", "stolen-mail", "stolen-refresh", "token-again"}
	l := wordstest.English(t)
	for _, f := range flows.All() {
		for _, id := range l.Flows().Steps(f.ID) {
			s, _ := l.Flows().Step(f.ID, id, tutorials.Everyone, tutorials.ProtocolLens)
			if s.Holds != (slices.Contains(everywhere, id) || slices.Contains(read, f.ID+"/"+id)) {
				t.Errorf("%s: that the words of %s hold where it is refused is said %t", f.ID, id, s.Holds)
			}
		}
	}
}

// TestEveryMistakeSaysWhatItTriesAndTeaches: title and tries stand at the step
// that was changed, the lesson where it was refused, or at the end.
func TestEveryMistakeSaysWhatItTriesAndTeaches(t *testing.T) {
	t.Parallel()
	holds(t)
}

func saysWhatItTries(r *reading, fault faults) {
	if r.n.Mistaken == "" {
		return
	}
	var all []string
	for _, noun := range r.whole {
		if p, ok := noun.(teller.Passage); ok {
			all = append(all, plain(p.Blocks))
		}
	}
	title, tries := r.n.Mistake(r.n.Mistaken)
	for _, want := range []string{title, tries, r.n.Lesson(r.n.Mistaken)} {
		want = plain(markup.Parse(want))
		if !slices.ContainsFunc(all, func(p string) bool { return strings.Contains(p, want) }) {
			fault("%s: nowhere stands %q", r.name, want)
		}
	}
	through := slices.ContainsFunc(all, func(p string) bool { return strings.HasPrefix(p, r.told.Say("went-through")) })
	if through != (r.tr.Failed() < 0) {
		fault("%s: that it went through is said %t", r.name, through)
	}
}

func plain(blocks []markup.Block) string {
	var b strings.Builder
	for _, block := range blocks {
		for _, s := range block.Spans {
			b.WriteString(s.Text)
		}
		b.WriteString(" ")
	}
	return strings.TrimSpace(b.String())
}

// What the tests of the words walk is every mistake and every value of every
// switch, of every flow.
func TestTheRunsThatAreToldHaveEveryMistakeAndEveryValueOfEverySwitch(t *testing.T) {
	for _, f := range flows.All() {
		made := othersOf(f)
		for _, m := range f.Mistakes {
			if !made[m.ID] {
				t.Errorf("%s: the words of the mistake %s are held to no run", f.ID, m.ID)
			}
		}
		for _, s := range f.Switches {
			for _, value := range s.Values[1:] {
				if !made[s.ID+"="+value] {
					t.Errorf("%s: the words with the switch %s at %s are held to no run", f.ID, s.ID, value)
				}
			}
		}
	}
}

// othersOf are the mistakes of the known runs, and what their switches stand at.
func othersOf(f flows.Flow) map[string]bool {
	made := map[string]bool{}
	for _, name := range known(f) {
		if id, ok := strings.CutPrefix(name, mistakePrefix); ok {
			made[id] = true
		}
		for id, value := range choicesOf(f, name).Switches {
			made[id+"="+value] = true
		}
	}
	return made
}

// TestEveryRunThatIsOverSaysWhatCameOfIt includes the runs that the choices give to a thief.
func TestEveryRunThatIsOverSaysWhatCameOfIt(t *testing.T) {
	t.Parallel()
	holds(t)
}

func saysWhatCameOfIt(r *reading, fault faults) {
	// What follows the verdict at once: further down stand the words of the trade.
	if said, passage := r.told.Ending()[1].(teller.Passage); !passage || len(said.Blocks) == 0 {
		fault("%s ends as %s, and not a word says what that means", r.name, r.told.Fate())
	}
}

// TestNoEndPromisesThatACopyWasWorthlessWhereItOpened looks at the mailboxes that do not ask each time.
func TestNoEndPromisesThatACopyWasWorthlessWhereItOpened(t *testing.T) {
	for _, check := range []string{"remembers", "reads"} {
		for _, v := range tutorials.Voices() {
			n := tutorials.Narrator{
				Words: wordstest.English(t), Flow: "introspection-revocation", Voice: v, Lens: tutorials.ProtocolLens,
				Switches: map[string]string{"check": check},
			}
			done := n.About().Done[v]
			if strings.Contains(done, "worth nothing") || strings.Contains(done, "while it was in use") || strings.Contains(done, "inactive at the next") {
				t.Errorf("%s, a mailbox that %s: the copy was good for minutes, and the end says: %s", v, check, done)
			}
		}
	}
}
