//go:build !race

package flows_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	teller "github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/handout"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// Every known run is told in each voice and through each lens once, and all
// tests that read what is told read it there.

// reading is a known run as it is told in one voice through one lens.
type reading struct {
	name  string
	tr    *trace.Trace
	n     tutorials.Narrator
	told  *teller.Teller
	whole []teller.Noun
}

// faults is told what is wrong.
type faults func(format string, args ...any)

// readers are what is asked of every reading, each by the test that reports it; see holds.
func readers() map[string]func(r *reading, fault faults) {
	return map[string]func(*reading, faults){
		"TestARefusedStepTellsTheRefusal":           tellsTheRefusal,
		"TestEveryMistakeSaysWhatItTriesAndTeaches": saysWhatItTries,
		"TestEveryRunThatIsOverSaysWhatCameOfIt":    saysWhatCameOfIt,
		"TestAnAttackerWhoIsRefusedIsAGoodEnd":      endsWell,
	}
}

// library is what all readings together hold.
type library struct {
	said   heard             // everything that is told, without its markup
	terms  map[string]bool   // of the glossary, to which words lead
	frames map[string]string // what stands around the words for everyone, and where that was first
	fates  map[teller.Fate]bool
	wrong  map[string][]string // by the test that asked
}

var readOnce struct { //nolint:gochecknoglobals // reading everything for each test takes most of the time
	sync.Once
	all *library
}

// everyRunRead is read once for all tests, which change nothing of it.
func everyRunRead(t *testing.T) *library {
	t.Helper()
	readOnce.Do(func() { readOnce.all = readAll(t) })
	if readOnce.all == nil {
		t.Fatal("another test could not read every run, and says why")
	}
	return readOnce.all
}

// holds reports what was found wrong with any reading by what this test asks.
func holds(t *testing.T) {
	t.Helper()
	if readers()[t.Name()] == nil {
		t.Fatal("nothing is asked of the readings under this name")
	}
	for _, wrong := range everyRunRead(t).wrong[t.Name()] {
		t.Error(wrong)
	}
}

func readAll(t *testing.T) *library {
	t.Helper()
	all := &library{
		said: heard{}, terms: map[string]bool{}, frames: map[string]string{}, fates: map[teller.Fate]bool{}, wrong: map[string][]string{},
	}
	l, asked := wordstest.English(t), readers()
	for _, f := range flows.All() {
		for name, tr := range runs(t, f) {
			for _, how := range tellings(l) {
				r := newReading(f, name, tr, tutorials.Narrator{
					Words: l, Flow: f.ID, Voice: how.voice, Lens: how.lens, Switches: choicesOf(f, name).Switches,
					Person: "Jane", App: f.Cast.Client.Name, Provider: "Demo",
				})
				all.take(r)
				for test, ask := range asked {
					ask(r, func(format string, args ...any) {
						all.wrong[test] = append(all.wrong[test], fmt.Sprintf(format, args...))
					})
				}
			}
		}
	}
	return all
}

func newReading(f flows.Flow, name string, tr *trace.Trace, n tutorials.Narrator) *reading {
	if id, mistaken := strings.CutPrefix(name, mistakePrefix); mistaken {
		n.Mistaken = id
	}
	told := teller.Of(tr, handout.Story(n))
	return &reading{
		name: f.ID + " " + name + " " + string(n.Voice) + " " + n.Lens, tr: tr, n: n, told: told, whole: slices.Collect(told.Whole()),
	}
}

func (l *library) take(r *reading) {
	for _, noun := range r.whole {
		l.said.listen(noun)
		if r.n.Voice != tutorials.Everyone {
			continue
		}
		for _, said := range around(noun) {
			if l.frames[said] == "" {
				l.frames[said] = r.name
			}
		}
	}
	for _, id := range r.told.Terms() {
		l.terms[id] = true
	}
	l.fates[r.told.Fate()] = true
}
