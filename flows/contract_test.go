//go:build !race

package flows_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	teller "github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// The contract between what happens and what is said: nothing happens without
// words, and nothing is said about what can't happen.

// runs are all the ways in which a flow is known to go.
func runs(t *testing.T, f flows.Flow) map[string]*trace.Trace {
	t.Helper()
	out := map[string]*trace.Trace{}
	for _, name := range known(f) {
		out[name] = run(t, f, name)
	}
	return out
}

// happening lists the ids of every step that a flow can have.
func happening(f flows.Flow) []string {
	ids := []string{flows.OtherRequest, flows.OtherResponse}
	for _, s := range f.Steps {
		if !slices.Contains(ids, s.ID) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

func TestEveryStepHasWordsAndEveryWordAStep(t *testing.T) {
	l := wordstest.English(t)
	for _, f := range flows.All() {
		for _, id := range missing(happening(f), l.Flows().Steps(f.ID)) {
			t.Errorf("%s: the step %s has no words", f.ID, id)
		}
		for _, id := range missing(l.Flows().Steps(f.ID), happening(f)) {
			t.Errorf("%s: there are words for %s, which is no step", f.ID, id)
		}
	}
}

func TestEveryStepIsToldToEveryoneThroughEveryLens(t *testing.T) {
	l := wordstest.English(t)
	for _, f := range flows.All() {
		for _, id := range happening(f) {
			for _, how := range tellings(l) {
				s, ok := l.Flows().Step(f.ID, id, how.voice, how.lens)
				if !ok || slices.Contains([]string{s.Label, s.Title, s.Likeness, s.Happened, s.Why, s.Picture}, "") {
					t.Errorf("%s, %s, %+v: words are missing: %+v", f.ID, id, how, s)
				}
			}
		}
	}
}

func TestEveryStepOfTheFlowHappensInSomeRun(t *testing.T) {
	for _, f := range flows.All() {
		seen := map[string]bool{}
		for _, tr := range runs(t, f) {
			for _, m := range tr.Messages {
				seen[m.Step] = true
			}
		}
		for _, s := range f.Steps {
			if !seen[s.ID] {
				t.Errorf("%s: the step %s happens in no run", f.ID, s.ID)
			}
		}
	}
}

func TestEveryLensNamesEveryRoleAndArtefact(t *testing.T) {
	for _, lens := range wordstest.English(t).Lenses() {
		for _, r := range trace.Roles() {
			if lens.Roles[string(r)].Name == "" {
				t.Errorf("the lens %s does not name the %s", lens.ID, r)
			}
		}
		for _, a := range []string{"code", "access-token", "id-token", "refresh-token", "secret", "client-secret", "password"} {
			if lens.Artefacts[a] == "" {
				t.Errorf("the lens %s does not name the artefact %s", lens.ID, a)
			}
		}
	}
}

func TestEveryFlowHasChaptersAndAStatusInWords(t *testing.T) {
	l := wordstest.English(t)
	for _, f := range flows.All() {
		about, ok := l.Flows().Flow(f.ID)
		if !ok {
			t.Fatalf("the flow %s has no words", f.ID)
		}
		for _, c := range f.Chapters {
			if about.Chapters[c] == "" {
				t.Errorf("%s: the chapter %s has no title", f.ID, c)
			}
		}
		if string(f.Status) != about.Status {
			t.Errorf("%s is %s, the words say %s", f.ID, f.Status, about.Status)
		}
	}
}

func TestEveryMistakeHasWords(t *testing.T) {
	l := wordstest.English(t)
	for _, f := range flows.All() {
		var ids []string
		for _, m := range f.Mistakes {
			ids = append(ids, m.ID)
			w, _ := l.Flows().Mistake(f.ID, m.ID)
			for _, v := range tutorials.Voices() {
				if slices.Contains([]string{w.Title[v], w.Tries[v], w.Lesson[v]}, "") {
					t.Errorf("%s: the mistake %s lacks words for %s", f.ID, m.ID, v)
				}
			}
		}
		for _, id := range missing(l.Flows().Mistakes(f.ID), ids) {
			t.Errorf("%s: there are words for the mistake %s, which is none", f.ID, id)
		}
	}
}

// checks lists every check that any run of a flow makes, each rule once.
func checks(t *testing.T, f flows.Flow) map[string]trace.Check {
	t.Helper()
	out := map[string]trace.Check{}
	for _, tr := range runs(t, f) {
		for _, m := range tr.Messages {
			for _, c := range m.Checks {
				out[c.ID+" "+string(c.Result)] = c
			}
		}
	}
	return out
}

func TestEveryCheckThatRanHasWordsAndASection(t *testing.T) {
	l := wordstest.English(t)
	for _, f := range flows.All() {
		for _, c := range checks(t, f) {
			for _, v := range []tutorials.Voice{tutorials.Everyone, tutorials.Executive} {
				if w, _ := l.Rules().Text(c.ID, v); w == "" {
					t.Errorf("the rule %s has no words for %s", c.ID, v)
				}
			}
			if c.Spec.Doc == "" || c.Rule == "" || c.By == "" || c.Result == trace.Skip && c.Reason == "" {
				t.Errorf("the rule %s is not whole: %+v", c.ID, c)
			}
		}
	}
}

// TestWhatACheckSaysOfItsRuleIsWhatTheRuleSays lets the golden files leave out the words and the section of a rule.
func TestWhatACheckSaysOfItsRuleIsWhatTheRuleSays(t *testing.T) {
	said := map[string]bool{}
	whole := func(id, words string, spec trace.Spec) string { return id + ": " + words + ", " + spec.String() }
	for _, r := range mockidp.Rules() {
		said[whole(r.ID, r.Rule, r.Spec)] = true
	}
	for _, r := range stage.Rules() {
		said[whole(r.ID, r.Rule, r.Spec)] = true
	}
	for _, f := range flows.All() {
		for name, tr := range runs(t, f) {
			eachCheck(tr, func(c trace.Check) {
				if !said[whole(c.ID, c.Rule, c.Spec)] {
					t.Errorf("%s, %s: no rule says “%s”", f.ID, name, whole(c.ID, c.Rule, c.Spec))
				}
			})
		}
	}
}

func TestEveryRuleOfTheProviderHasWords(t *testing.T) {
	l := wordstest.English(t)
	for _, r := range mockidp.Rules() {
		if w, ok := l.Rules().Text(r.ID, tutorials.Everyone); !ok || w == "" {
			t.Errorf("the rule %s has no words", r.ID)
		}
	}
}

func TestEveryRuleOfTheCastHasWords(t *testing.T) {
	l := wordstest.English(t)
	for _, r := range stage.Rules() {
		if w, ok := l.Rules().Text(r.ID, tutorials.Everyone); !ok || w == "" {
			t.Errorf("the %s holds the %s to the rule %s, which has no words", r.By, r.At, r.ID)
		}
	}
}

func TestEveryRefusalIsExplained(t *testing.T) {
	l := wordstest.English(t)
	for _, f := range flows.All() {
		for name, tr := range runs(t, f) {
			if tr.Outcome.State != trace.Refused || tr.Outcome.Rule == "" {
				continue
			}
			for _, v := range tutorials.Voices() {
				if _, ok := l.Refusals().Text(tr.Outcome.Rule, v); !ok {
					t.Errorf("%s: nobody says to %s why %s refused", name, v, tr.Outcome.Rule)
				}
			}
		}
	}
}

func TestEveryNameOnTheWireIsInTheDictionary(t *testing.T) {
	l := wordstest.English(t)
	unknown := map[string]bool{}
	need := func(kind, name string) {
		if _, ok := l.Dictionary().Entry(kind, name); !ok {
			unknown[kind+" "+name] = true
		}
	}
	senseless := []string{"off the road", "mistake-tampered-token", "mistake-swapped-token"} // where names are not what anybody meant
	for _, f := range flows.All() {
		for run, tr := range runs(t, f) {
			if slices.Contains(senseless, run) {
				continue
			}
			for _, m := range tr.Messages {
				names(&m, need)
			}
		}
	}
	for name := range unknown {
		t.Errorf("the dictionary has no entry for the %s", name)
	}
}

// names calls need with every name that a message carries.
func names(m *trace.Message, need func(kind, name string)) {
	for _, p := range slices.Concat(m.Query(), m.Form()) {
		need("parameter", p.Name)
	}
	for _, h := range m.Header {
		need("header", h.Name)
	}
	for _, p := range m.Places() {
		if _, claim, ok := strings.Cut(p.Name, " › "); ok && p.Part == trace.InToken {
			need("claim", claim)
		}
		if p.Part == trace.InBody && m.IsJSON() && p.Name != "" {
			need("member", p.Name)
		}
	}
	for _, f := range teller.Presented(m) {
		need("member", f.Name)
	}
}
