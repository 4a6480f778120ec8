package exercise_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/exercise"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func exercises(tb testing.TB) []tutorials.Exercise {
	tb.Helper()
	all, err := wordstest.English(tb).Exercises()
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

func provider(tb testing.TB) func(stage.Env) (http.Handler, error) {
	tb.Helper()
	p, err := onstage.Providers(true)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// opened is a request that waits.
func opened(tb testing.TB, e tutorials.Exercise, p func(stage.Env) (http.Handler, error)) *exercise.Request {
	tb.Helper()
	r, err := exercise.Open(context.Background(), e, flows.Options{Provider: p, Classroom: true})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := r.Close(); err != nil {
			tb.Error(err)
		}
	})
	return r
}

func decided(tb testing.TB, r *exercise.Request) exercise.Verdict {
	tb.Helper()
	v, err := r.Decide(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

// The provider decides, and the words beside it speak of what it decided.
func TestTheProviderDecidesAsTheWordsSay(t *testing.T) {
	p := provider(t)
	for _, e := range exercises(t) {
		r := opened(t, e, p)
		lines, points := r.Lines(), r.Points()
		if memories := r.Remembers(); len(memories) != len(e.Remember) {
			t.Errorf("%s: the provider remembers %d of the %d things that the exercise names: %q", e.ID, len(memories), len(e.Remember), e.Remember)
		}
		v, broken := decided(t, r), ""
		if v.Broken != nil {
			broken = v.Broken.ID
		}
		if broken != e.Rule || v.Accepted != (e.Rule == "") {
			t.Errorf("%s: the words speak of the rule %q; the provider broke off at %q with %d %s", e.ID, e.Rule, broken, v.Status, v.Error)
		}
		if v.Accepted != (len(points) == 0) {
			t.Errorf("%s: accepted is %t, and these lines are wrong: %q", e.ID, v.Accepted, points)
		}
		for _, name := range points {
			there := slices.ContainsFunc(lines, func(l exercise.Line) bool { return l.Name == name })
			if there == (name == exercise.LineMissing) {
				t.Errorf("%s points at %q, and the lines are %v", e.ID, name, lines)
			}
		}
	}
}

// What was changed, and nothing else, is what the provider refuses.
func TestWithoutItsChangeEveryRequestIsAccepted(t *testing.T) {
	p := provider(t)
	for _, e := range exercises(t) {
		if len(e.Changes) == 0 {
			continue
		}
		e.Changes, e.Points = nil, nil
		if v := decided(t, opened(t, e, p)); !v.Accepted {
			t.Errorf("%s, unchanged, is refused too: %+v", e.ID, v.Broken)
		}
	}
}

func TestThereAreExercisesInThreeGradesForEveryEndpointAndBothAnswers(t *testing.T) {
	p := provider(t)
	all := exercises(t)
	if len(all) < 24 {
		t.Errorf("there are %d exercises", len(all))
	}
	grades := map[int]int{}
	asked := map[exercise.Endpoint][2]int{}
	for _, e := range all {
		grades[e.Grade]++
		at := opened(t, e, p).Endpoint()
		counts := asked[at]
		counts[min(1, len(e.Rule))]++
		asked[at] = counts
	}
	for grade := 1; grade <= 3; grade++ {
		if grades[grade] < 8 {
			t.Errorf("grade %d has %d exercises", grade, grades[grade])
		}
	}
	for _, at := range exercise.Endpoints() {
		if asked[at][0] == 0 || asked[at][1] == 0 {
			t.Errorf("%s: %d requests are to be accepted and %d to be refused; there is at least one of each", at, asked[at][0], asked[at][1])
		}
	}
	if n := asked[""]; n != [2]int{} {
		t.Errorf("%d requests go to no endpoint that has words", n[0]+n[1])
	}
}

func TestACodeIsRememberedWithItsAgeAndItsUse(t *testing.T) {
	p := provider(t)
	for id, want := range map[string]struct {
		seconds, used int
	}{"a-code-is-traded": {0, 0}, "a-code-from-before": {90, 0}, "a-code-again": {0, 1}} {
		all := exercises(t)
		i := slices.IndexFunc(all, func(e tutorials.Exercise) bool { return e.ID == id })
		m := opened(t, all[i], p).Remembers()[0]
		if m.Name != "code" || !m.Issued || int(m.Given.Seconds()) != want.seconds || m.Used != want.used {
			t.Errorf("%s: the provider remembers %+v, want %+v", id, m, want)
		}
	}
}

func TestAHeaderWithASecretIsTakenApart(t *testing.T) {
	all := exercises(t)
	i := slices.IndexFunc(all, func(e tutorials.Exercise) bool { return e.ID == "the-nightly-job" })
	for _, l := range opened(t, all[i], provider(t)).Lines() {
		if l.Name == "Authorization" && (!l.Basic || l.Value != "my-service-client:my-service-secret") {
			t.Errorf("the header is shown as %+v", l)
		}
	}
}

func TestASlipInAnExerciseIsNamed(t *testing.T) {
	p := provider(t)
	good := tutorials.Exercise{ID: "slip", Run: "walk/openid-connect", Step: "userinfo"}
	for told, change := range map[string]func(*tutorials.Exercise){
		`the address is empty`: func(e *tutorials.Exercise) { e.Run = "" },
		`the choice "thief"`:   func(e *tutorials.Exercise) { e.Run += "?thief=late" },
		`a request "poll"`:     func(e *tutorials.Exercise) { e.Step = "poll" },
		`a request "authorize"`: func(e *tutorials.Exercise) {
			e.Run, e.Send.Query, e.Send.Path = "walk/client-credentials", "authorize", "/x"
			e.Step = "token"
		},
		`by the name "device_code"`: func(e *tutorials.Exercise) { e.Send.Path, e.Send.Form = "/x", []string{"a={device_code}"} },
		`by the name "refresh_token"`: func(e *tutorials.Exercise) {
			e.Changes = []tutorials.ExerciseChange{{Parameter: "token", Value: "{refresh_token}"}}
		},
	} {
		e := good
		change(&e)
		_, err := exercise.Open(context.Background(), e, flows.Options{Provider: p, Classroom: true})
		if err == nil || !strings.Contains(err.Error(), told) {
			t.Errorf("the slip that should be told as %q is told as %v", told, err)
		}
	}
}

func BenchmarkOpeningTheSlowestExercise(b *testing.B) {
	p, all := provider(b), exercises(b)
	i := slices.IndexFunc(all, func(e tutorials.Exercise) bool { return e.ID == "somebody-elses-to-take-back" })
	for b.Loop() {
		r, err := exercise.Open(context.Background(), all[i], flows.Options{Provider: p, Classroom: true})
		if err != nil {
			b.Fatal(err)
		}
		if err := r.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
