package flows_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/tutorials"
)

// The contract between what happens and what is said: nothing happens without
// words, and nothing is said about what can't happen.

func words(t *testing.T) *tutorials.Library {
	t.Helper()
	l, err := tutorials.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// runs are all the ways in which a flow is known to go.
func runs(t *testing.T, f flows.Flow) map[string]*trace.Trace {
	t.Helper()
	out := map[string]*trace.Trace{
		"happy": walk(t, stage.Choices{}), "denied": walk(t, stage.Choices{Deny: true}),
		"wrong password": walk(t, stage.Choices{Password: "no"}),
		"keys withheld":  walk(t, stage.Choices{Edits: []stage.Edit{{Step: "jwks", Method: http.MethodDelete}}}),
		"consent forged": walk(t, stage.Choices{Edits: []stage.Edit{{Step: "consent", Params: []stage.Change{{Name: "csrf_token", Value: "x"}}}}}),
		"off the road":   walk(t, stage.Choices{Edits: []stage.Edit{{Step: "token", URL: "/nowhere"}}}),
	}
	for _, m := range f.Mistakes {
		w := start(t, flows.Options{Provider: provider(t), Classroom: true})
		i := indexOf(t, w.Plan(), m.Step)
		if err := w.Edit(t.Context(), i, m.Edit(&w.Plan().Messages[i], w.Plan().Upto(i))); err != nil {
			t.Fatal(err)
		}
		out[m.ID] = finish(t, w)
	}
	return out
}

func TestEveryStepHasWordsAndEveryWordAStep(t *testing.T) {
	l := words(t)
	for _, f := range flows.All() {
		said := l.Steps(f.ID)
		var happens []string
		for _, s := range f.Steps {
			if !slices.Contains(happens, s.ID) {
				happens = append(happens, s.ID)
			}
		}
		happens = append(happens, flows.OtherRequest, flows.OtherResponse)
		for _, id := range happens {
			if !slices.Contains(said, id) {
				t.Errorf("%s: the step %s has no words", f.ID, id)
			}
		}
		for _, id := range said {
			if !slices.Contains(happens, id) {
				t.Errorf("%s: there are words for %s, which is no step", f.ID, id)
			}
		}
		for _, v := range tutorials.Voices() {
			for _, lens := range l.Lenses() {
				for _, id := range happens {
					s, ok := l.Step(f.ID, id, v, lens.ID)
					if !ok || s.Label == "" || s.Title == "" || s.Likeness == "" || s.Happened == "" || s.Why == "" || s.Picture == "" {
						t.Errorf("%s, %s, %s, %s: words are missing: %+v", f.ID, id, v, lens.ID, s)
					}
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

func TestEveryRoleArtefactAndChapterHasAName(t *testing.T) {
	l := words(t)
	for _, lens := range l.Lenses() {
		for _, r := range trace.Roles() {
			if lens.Roles[string(r)].Name == "" {
				t.Errorf("the lens %s does not name the %s", lens.ID, r)
			}
		}
		for _, a := range []string{"code", "access-token", "id-token", "refresh-token", "secret"} {
			if lens.Artefacts[a] == "" {
				t.Errorf("the lens %s does not name the artefact %s", lens.ID, a)
			}
		}
	}
	for _, f := range flows.All() {
		about, ok := l.Flow(f.ID)
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
	l := words(t)
	for _, f := range flows.All() {
		for _, m := range f.Mistakes {
			w, ok := l.Mistake(f.ID, m.ID)
			for _, v := range tutorials.Voices() {
				if !ok || w.Title[v] == "" || w.Tries[v] == "" || w.Lesson[v] == "" {
					t.Errorf("%s: the mistake %s lacks words for %s", f.ID, m.ID, v)
				}
			}
		}
		for _, id := range l.Mistakes(f.ID) {
			if _, ok := f.Mistake(id); !ok {
				t.Errorf("%s: there are words for the mistake %s, which is none", f.ID, id)
			}
		}
	}
}

func TestEveryCheckThatRanHasWordsAndASection(t *testing.T) {
	l := words(t)
	for _, f := range flows.All() {
		for name, tr := range runs(t, f) {
			for _, m := range tr.Messages {
				for _, c := range m.Checks {
					for _, v := range []tutorials.Voice{tutorials.Everyone, tutorials.Executive} {
						if w, ok := l.Rule(c.ID, v); !ok || w == "" {
							t.Errorf("%s, %s: the rule %s has no words for %s", name, m.Step, c.ID, v)
						}
					}
					if c.Spec.Doc == "" || c.Rule == "" || c.By == "" || c.Result == trace.Skip && c.Reason == "" {
						t.Errorf("%s, %s: the rule %s is not whole: %+v", name, m.Step, c.ID, c)
					}
				}
			}
		}
	}
}

func TestEveryRuleOfTheProviderHasWords(t *testing.T) {
	l := words(t)
	for _, r := range mockidp.Rules() {
		if w, ok := l.Rule(r.ID, tutorials.Everyone); !ok || w == "" {
			t.Errorf("the rule %s has no words", r.ID)
		}
	}
}

func TestEveryRefusalIsExplained(t *testing.T) {
	l := words(t)
	for _, f := range flows.All() {
		for name, tr := range runs(t, f) {
			if tr.Outcome.State != trace.Refused || tr.Outcome.Rule == "" {
				continue
			}
			for _, v := range tutorials.Voices() {
				if _, ok := l.Refusal(tr.Outcome.Rule, v); !ok {
					t.Errorf("%s: nobody says to %s why %s refused", name, v, tr.Outcome.Rule)
				}
			}
		}
	}
}

func TestEveryNameOnTheWireIsInTheDictionary(t *testing.T) {
	l := words(t)
	missing := map[string]bool{}
	need := func(kind, name string) {
		if _, ok := l.Entry(kind, name); !ok {
			missing[kind+" "+name] = true
		}
	}
	for _, f := range flows.All() {
		for run, tr := range runs(t, f) {
			if run == "off the road" {
				continue
			}
			for _, m := range tr.Messages {
				names(&m, need)
			}
		}
	}
	for name := range missing {
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
}
