package exercise_test

import (
	"context"
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/exercise"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// quiz is the questions of one sort about a flow.
func quiz(t *testing.T, sort exercise.Sort, f flows.Flow) []exercise.Question {
	t.Helper()
	q, err := exercise.OpenQuiz(context.Background(), sort, f, flows.Options{Provider: provider(t), Classroom: true})
	if err != nil {
		t.Fatal(err)
	}
	all := make([]exercise.Question, 0, q.Len())
	for i := range q.Len() {
		one, err := q.Question(context.Background(), i)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

// right are the options that are so.
func right(q exercise.Question) (ids []string) {
	for _, o := range q.Options {
		if o.Right {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// A flow that somebody adds is asked about without another line of code.
func TestEveryFlowBringsQuestionsOfEverySort(t *testing.T) {
	for _, f := range flows.All() {
		for _, sort := range exercise.Sorts() {
			all := quiz(t, sort, f)
			if len(all) == 0 {
				t.Errorf("%s has no questions of the sort %s", f.ID, sort)
			}
			ids := map[string]bool{}
			for _, q := range all {
				if ids[q.ID] || len(q.Options) < 2 || !q.Many && len(right(q)) == 0 {
					t.Errorf("%s, %s: the question %q stands twice or has no answer: %+v", f.ID, sort, q.ID, q.Options)
				}
				ids[q.ID] = true
			}
		}
	}
}

func TestTheOrderIsThatOfTheRunAndIsNotGivenAway(t *testing.T) {
	for _, f := range flows.All() {
		q := quiz(t, exercise.Order, f)[0]
		inOrder := slices.IsSortedFunc(q.Options, func(a, b exercise.Option) int { return a.At - b.At })
		if inOrder || len(q.Options) > 7 {
			t.Errorf("%s: %d steps are offered; in their order: %t", f.ID, len(q.Options), inOrder)
		}
		for _, o := range q.Options {
			if q.Run.Messages[o.At].Step != o.ID {
				t.Errorf("%s: %q is not message %d", f.ID, o.ID, o.At)
			}
		}
	}
}

func TestWhoCanSeeSomethingIsWhatTheRunSays(t *testing.T) {
	f, _ := flows.Find("implicit")
	for _, q := range quiz(t, exercise.Sees, f) {
		if q.Artefact != "access-token" {
			continue
		}
		if got := right(q); !slices.Equal(got, []string{string(trace.ThePerson), string(trace.History), string(trace.Scripts)}) {
			t.Errorf("an access token in an address is seen by %q", got)
		}
		return
	}
	t.Error("nobody asks who sees the access token")
}

func TestARequestThatBringsTwoThingsIsNotAskedAbout(t *testing.T) {
	f, _ := flows.Find("refresh-token")
	want := map[string]string{"authorize": "none", "token": "code", "mail": "access-token", "refresh": "refresh-token"}
	for _, q := range quiz(t, exercise.WhichToken, f) {
		if got := right(q); len(got) != 1 || got[0] != want[q.ID] {
			t.Errorf("%s brings %q, want %q", q.ID, got, want[q.ID])
		}
	}
}

func TestTheLineThatWasChangedIsTheDifference(t *testing.T) {
	f, _ := flows.Find("authorization-code-pkce")
	want := map[string]string{"other-redirect-uri": "redirect_uri", "missing-verifier": "missing", "tampered-token": "Authorization"}
	for _, q := range quiz(t, exercise.Difference, f) {
		if line, ok := want[q.ID]; ok && !slices.Equal(right(q), []string{line}) {
			t.Errorf("%s: the lines that differ are %q, want %s", q.ID, right(q), line)
		}
		if q.ID == "late-code" || q.ID == "replayed-code" {
			t.Errorf("%s is asked about, and no line shows it", q.ID)
		}
		if q.ID == "other-redirect-uri" && (q.Broken == nil || q.Broken.ID != "redirect-uri-registered") {
			t.Errorf("%s was noticed by %+v", q.ID, q.Broken)
		}
	}
}
