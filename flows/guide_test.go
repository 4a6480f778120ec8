//go:build !race

package flows_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/ask"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// What is said against a mix-up is what the run shows that one is led to.
func TestEveryMixUpIsCuredByItsRun(t *testing.T) {
	t.Parallel()
	all, err := wordstest.English(t).MixUps().All()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		visit, run := visited(t, m.Watch)
		if !slices.ContainsFunc(run.Messages, func(at trace.Message) bool { return at.Step == visit.Step }) {
			t.Errorf("%s: the run of %s does not come to the step", m.ID, m.Watch)
		}
		asked, err := ask.Compile(m.When)
		if err != nil {
			t.Errorf("%s: %v", m.ID, err)
			continue
		}
		if is, err := asked.Of(run); err != nil || !is {
			t.Errorf("%s: that %s is %v of the run %s: %v", m.ID, m.When, is, m.Watch, err)
		}
	}
}

func TestAMixUpIsBroughtUpAtStepsThatSomeRunComesTo(t *testing.T) {
	t.Parallel()
	all, err := wordstest.English(t).MixUps().All()
	if err != nil {
		t.Fatal(err)
	}
	met := map[string]bool{}
	for _, f := range flows.All() {
		for _, run := range runs(t, f) {
			for _, m := range run.Messages {
				met[f.ID+"/"+m.Step] = true
			}
		}
	}
	for _, m := range all {
		for _, at := range m.At {
			if !met[at] {
				t.Errorf("%s is brought up at %s, to which no known run comes", m.ID, at)
			}
		}
	}
}

// The chooser recommends what can be walked, and rules out flows that exist.
func TestTheChooserLeadsToWalksThatCanBePlayed(t *testing.T) {
	t.Parallel()
	chooser, err := wordstest.English(t).Chooser()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range chooser.Order {
		r := chooser.Results[id]
		canBeWatched(t, "the result "+id, r.Walk)
		if !strings.HasPrefix(r.SetUp, "setup/") && !strings.HasPrefix(r.SetUp, "lesson/") {
			t.Errorf("the result %s is set up at %q, which is no form and no lesson", id, r.SetUp)
		}
		visit, _ := visited(t, r.Walk)
		for _, out := range r.RulesOut {
			if out.Flow == visit.Flow.ID {
				t.Errorf("the result %s recommends %s and rules it out", id, out.Flow)
			}
		}
		if visit.Flow.Status == flows.Deprecated || visit.Flow.Status == flows.Forbidden {
			t.Errorf("the result %s recommends %s, which is %s", id, visit.Flow.ID, visit.Flow.Status)
		}
	}
}

// What a cell of a table says of a run, and leads to, is so.
func TestEveryCellThatCanBePointedIntoIsTrueOfItsRun(t *testing.T) {
	t.Parallel()
	lessons, err := wordstest.English(t).Lessons().All()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i := range lessons {
		for _, s := range lessons[i].Screens {
			for _, f := range s.Facts {
				n++
				isTrueOfItsRun(t, lessons[i].ID+"/"+s.ID, s, f)
			}
		}
	}
	if n < 20 {
		t.Errorf("%d facts are in tables", n)
	}
}

// isTrueOfItsRun reports a fact that its run does not show, or that no cell says.
func isTrueOfItsRun(t *testing.T, at string, s tutorials.Screen, f tutorials.Fact) {
	t.Helper()
	canBeWatched(t, at, f.Watch)
	_, run := visited(t, f.Watch)
	if _, err := ask.Which(run, []string{f.When}); err != nil {
		t.Errorf("%s, %s: %v", at, f.Watch, err)
	}
	for _, words := range f.Words {
		if !isACell(s, words) {
			t.Errorf("%s: no cell of its tables says %q", at, words)
		}
	}
}

func isACell(s tutorials.Screen, words string) bool {
	for _, told := range s.Told {
		for _, p := range told.Words {
			for _, row := range p.Table.Rows {
				if slices.Contains(row, words) {
					return true
				}
			}
		}
	}
	return false
}

// A paper claims nothing that its runs do not show.
func TestEveryClaimOfAPaperIsTrueOfItsRun(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{tutorials.PaperCourses, tutorials.PaperBoard} {
		papers, err := wordstest.English(t).Papers().Of(kind)
		if err != nil {
			t.Fatal(err)
		}
		for i := range papers {
			p := &papers[i]
			if len(p.Shows) == 0 {
				t.Errorf("%s/%s claims nothing of any run", kind, p.ID)
			}
			for _, shown := range p.Shows {
				_, run := visited(t, shown.Run)
				if _, err := ask.Which(run, []string{shown.When}); err != nil {
					t.Errorf("%s/%s, %s: %v", kind, p.ID, shown.Run, err)
				}
			}
		}
	}
}

// A link of a paper leads somewhere: into a walk that comes to the step, to a
// lesson, or to another page.
func TestEveryLinkOfAPaperLeadsSomewhere(t *testing.T) {
	t.Parallel()
	l := wordstest.English(t)
	for _, kind := range []string{tutorials.PaperStacks, tutorials.PaperCourses, tutorials.PaperBoard} {
		papers, err := l.Papers().Of(kind)
		if err != nil {
			t.Fatal(err)
		}
		for i := range papers {
			links := linksOf(&papers[i])
			for _, to := range links {
				leads(t, l, papers[i].ID, to)
			}
			if !slices.ContainsFunc(links, func(to string) bool { return strings.HasPrefix(to, address.PlaceWalk+"/") }) {
				t.Errorf("%s/%s leads to no walk, and speaks of what can be seen in one", kind, papers[i].ID)
			}
		}
	}
}

func linksOf(p *tutorials.Paper) (all []string) {
	for _, b := range p.Blocks {
		texts := []string{b.Words}
		for _, row := range b.Table.Rows {
			texts = append(texts, row...)
		}
		for _, text := range texts {
			for {
				_, rest, ok := strings.Cut(text, "](at:")
				if !ok {
					break
				}
				to, after, _ := strings.Cut(rest, ")")
				all, text = append(all, to), after
			}
		}
	}
	return all
}

func leads(t *testing.T, l *tutorials.Library, from, text string) {
	t.Helper()
	to, err := address.Parse(text)
	if err != nil {
		t.Errorf("%s: %v", from, err)
		return
	}
	if to.Place != address.PlaceWalk && len(to.Path) == 0 {
		return // the list of the pages of a place
	}
	switch to.Place {
	case address.PlaceWalk:
		visit, run := visited(t, text)
		if visit.Step != "" && !slices.ContainsFunc(run.Messages, func(m trace.Message) bool { return m.Step == visit.Step }) {
			t.Errorf("%s: the run of %s does not come to the step", from, text)
		}
	case "lesson":
		lessons, _ := l.Lessons().All()
		i := slices.IndexFunc(lessons, func(one tutorials.Lesson) bool { return one.ID == to.Part(0) })
		if i < 0 || to.Part(1) != "" && !slices.ContainsFunc(lessons[i].Screens, func(s tutorials.Screen) bool { return s.ID == to.Part(1) }) {
			t.Errorf("%s: there is no lesson %s", from, text)
		}
	case "mix-up":
		if _, ok := l.MixUps().MixUp(to.Part(0)); !ok {
			t.Errorf("%s: there is no mix-up %s", from, text)
		}
	case "board", "stack", "course":
		kinds := map[string]string{"board": tutorials.PaperBoard, "stack": tutorials.PaperStacks, "course": tutorials.PaperCourses}
		if _, ok := l.Papers().Paper(kinds[to.Place], to.Part(0)); !ok {
			t.Errorf("%s: there is no page %s", from, text)
		}
	case "chooser", "check", "guide", "glossary", "learn":
	default:
		t.Errorf("%s: %s leads nowhere", from, text)
	}
}
