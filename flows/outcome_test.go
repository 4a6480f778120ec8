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
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/handout"
)

// No words contradict what happened.

// asTold calls see with each known run in each voice and through each lens.
func asTold(t *testing.T, see func(name string, tr *trace.Trace, n tutorials.Narrator, told *teller.Teller)) {
	t.Helper()
	l := words(t)
	for _, f := range flows.All() {
		for name, tr := range runs(t, f) {
			for _, how := range tellings(l) {
				n := tutorials.Narrator{
					Words: l, Flow: f.ID, Voice: how.voice, Lens: how.lens, Switches: choicesOf(f, name).Switches,
					Person: "Jane", App: f.Cast.Client.Name, Provider: "Demo",
				}
				n.Mistaken, _ = strings.CutPrefix(name, mistakePrefix)
				if n.Mistaken == name {
					n.Mistaken = ""
				}
				see(f.ID+" "+name+" "+string(how.voice)+" "+how.lens, tr, n, teller.Of(tr, handout.Story(n)))
			}
		}
	}
}

// choicesOf are the choices of a known run; a mistake makes none.
func choicesOf(f flows.Flow, name string) stage.Choices {
	story := stories()[f.ID]
	if c, ok := story.runs[name]; ok {
		return c
	}
	return story.more[name]
}

func TestARefusedStepTellsTheRefusal(t *testing.T) {
	asTold(t, func(name string, tr *trace.Trace, n tutorials.Narrator, told *teller.Teller) {
		for i := range tr.Messages {
			m := &tr.Messages[i]
			broken := m.FailedCheck()
			if broken == nil || n.Step(m.Step).Holds {
				continue
			}
			w := told.Words(i)
			if want := n.Refusal(broken.ID, broken.Error, ""); w.Happened == "" || want != "" && w.Happened != want {
				t.Errorf("%s: step %s was refused, and is told as %q", name, m.Step, w.Happened)
			}
			if w.Why+w.Risk+w.Likeness != "" {
				t.Errorf("%s: step %s was refused, and more is told of it than that", name, m.Step)
			}
		}
	})
}

// TestWordsThatHoldWhereAStepWasRefusedAreFew keeps an eye on the exceptions:
// somebody has read these words, and they speak of an attempt.
func TestWordsThatHoldWhereAStepWasRefusedAreFew(t *testing.T) {
	read := []string{
		"introspection-revocation/new-mail", "introspection-revocation/refresh",
		"single-sign-on/logout-call-again", "client-authentication/thief-asks", "client-authentication/thief-reads",
	}
	everywhere := []string{"callback-error", "poll", "poll-again", "refresh-again", "stolen-code", "stolen-mail", "stolen-refresh", "token-again"}
	l := words(t)
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
	asTold(t, func(name string, tr *trace.Trace, n tutorials.Narrator, told *teller.Teller) {
		if n.Mistaken == "" {
			return
		}
		var all []string
		for noun := range told.Whole() {
			if p, ok := noun.(teller.Passage); ok {
				all = append(all, plain(p.Blocks))
			}
		}
		title, tries := n.Mistake(n.Mistaken)
		for _, want := range []string{title, tries, n.Lesson(n.Mistaken)} {
			want = plain(markup.Parse(want))
			if !slices.ContainsFunc(all, func(p string) bool { return strings.Contains(p, want) }) {
				t.Errorf("%s: nowhere stands %q", name, want)
			}
		}
		through := slices.ContainsFunc(all, func(p string) bool { return strings.HasPrefix(p, told.Say("went-through")) })
		if through != (tr.Failed() < 0) {
			t.Errorf("%s: that it went through is said %t", name, through)
		}
	})
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
	asTold(t, func(name string, _ *trace.Trace, _ tutorials.Narrator, told *teller.Teller) {
		// What follows the verdict at once: further down stand the words of the trade.
		if said, passage := told.Ending()[1].(teller.Passage); !passage || len(said.Blocks) == 0 {
			t.Errorf("%s ends as %s, and not a word says what that means", name, told.Fate())
		}
	})
}

// TestNoEndPromisesThatACopyWasWorthlessWhereItOpened looks at the mailboxes that do not ask each time.
func TestNoEndPromisesThatACopyWasWorthlessWhereItOpened(t *testing.T) {
	for _, check := range []string{"remembers", "reads"} {
		for _, v := range tutorials.Voices() {
			n := tutorials.Narrator{
				Words: words(t), Flow: "introspection-revocation", Voice: v, Lens: tutorials.ProtocolLens,
				Switches: map[string]string{"check": check},
			}
			done := n.About().Done[v]
			if strings.Contains(done, "worth nothing") || strings.Contains(done, "while it was in use") || strings.Contains(done, "inactive at the next") {
				t.Errorf("%s, a mailbox that %s: the copy was good for minutes, and the end says: %s", v, check, done)
			}
		}
	}
}
