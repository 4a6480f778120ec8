//go:build !race

package flows_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/ask"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// visited plays the run to which an address leads, to its end.
func visited(t *testing.T, text string) (address.Visit, *trace.Trace) {
	t.Helper()
	a, err := address.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	visit, missing := address.Walk(a)
	if a.Place != address.PlaceWalk || len(missing) > 0 {
		t.Fatalf("%s leads to no walk; missing are %v", text, missing)
	}
	if m, ok := visit.Flow.Mistake(visit.Mistake); ok {
		return visit, once(t, visit.Flow, visit.Choices, &m)
	}
	return visit, once(t, visit.Flow, visit.Choices, nil)
}

// The answer to a question is what the run says, so exactly one choice may be true.
func TestEveryQuestionIsAnsweredByItsRun(t *testing.T) {
	t.Parallel()
	questions, err := wordstest.English(t).Lessons().Questions()
	if err != nil {
		t.Fatal(err)
	}
	for i := range questions {
		q := &questions[i]
		_, run := visited(t, q.Run)
		if !slices.ContainsFunc(run.Messages, func(m trace.Message) bool { return m.Step == q.See }) {
			t.Errorf("%s: the run does not come to %q, where one should see it", q.ID, q.See)
		}
		if yes := trueOf(t, q, run); len(yes) != 1 {
			t.Errorf("%s: one choice is true of the run, and these are: %q", q.ID, yes)
		}
	}
}

// trueOf lists the choices of a question that are true of a run.
func trueOf(t *testing.T, q *tutorials.Question, run *trace.Trace) (yes []string) {
	t.Helper()
	for _, c := range q.Choices {
		asked, err := ask.Compile(c.When)
		if err != nil {
			t.Errorf("%s: %v", q.ID, err)
			continue
		}
		is, err := asked.Of(run)
		if err != nil {
			t.Errorf("%s: %v", q.ID, err)
		}
		if is {
			yes = append(yes, c.When)
		}
	}
	return yes
}

func TestEveryLessonLeadsWhereItSays(t *testing.T) {
	l := wordstest.English(t)
	lessons, err := l.Lessons().All()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{"": true}
	for i := range lessons {
		for _, s := range lessons[i].Screens {
			at := lessons[i].ID + "/" + s.ID
			if _, ok := l.Lessons().Question(s.Question); !ok && s.Question != "" {
				t.Errorf("%s asks %q, and there is no such question", at, s.Question)
			}
			used[s.Question] = true
			if s.Watch != "" {
				canBeWatched(t, at, s.Watch)
			}
		}
		if asked := questionsOf(lessons[i]); asked < 2 || asked > 4 {
			t.Errorf("%s asks %d questions; a lesson asks two to four", lessons[i].ID, asked)
		}
	}
	areAsked(t, l, used)
}

// areAsked reports questions that no lesson asks.
func areAsked(t *testing.T, l *tutorials.Library, used map[string]bool) {
	t.Helper()
	questions, err := l.Lessons().Questions()
	if err != nil {
		t.Fatal(err)
	}
	for i := range questions {
		if !used[questions[i].ID] {
			t.Errorf("the question %q is asked nowhere", questions[i].ID)
		}
	}
}

// canBeWatched reports an address whose run does not come to the step.
func canBeWatched(t *testing.T, at, watch string) {
	t.Helper()
	visit, run := visited(t, watch)
	if !slices.ContainsFunc(run.Messages, func(m trace.Message) bool { return m.Step == visit.Step }) {
		t.Errorf("%s: the run of %s does not come to the step", at, watch)
	}
}

func questionsOf(l tutorials.Lesson) (n int) {
	for _, s := range l.Screens {
		if s.Question != "" {
			n++
		}
	}
	return n
}

// A screen is read at one look.
func TestAScreenOfALessonIsShort(t *testing.T) {
	lessons, err := wordstest.English(t).Lessons().All()
	if err != nil {
		t.Fatal(err)
	}
	for i := range lessons {
		for _, s := range lessons[i].Screens {
			for voice, told := range s.Told {
				if n := wordsOf(told); n > 120 {
					t.Errorf("%s/%s, %s: %d words, tables included; at most 120", lessons[i].ID, s.ID, voice, n)
				}
			}
		}
	}
}

func wordsOf(told tutorials.ScreenWords) (n int) {
	for _, p := range told.Words {
		n += len(strings.Fields(p.Words))
		for _, row := range p.Table.Rows {
			n += len(strings.Fields(strings.Join(row, " ")))
		}
	}
	return n
}
