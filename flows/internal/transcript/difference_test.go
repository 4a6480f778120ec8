package transcript_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/internal/transcript"
)

const usual = `flow a-flow

== ask

1 click: gesture resource-owner -> user-agent, local, at 0s
  clicks Log in

2 page: response client -> user-agent, front, exchange 1, at 40ms
  200 OK
  header
    Cache-Control: no-store
    Date: today
  body, 9 bytes
    | <h1>
    | Hello
    | </h1>

== tokens

3 token: request client -> authorization-server, back, exchange 2, depth 1, at 80ms
  header
    Authorization: abc
    + def
    + ghi
    Host: idp.example
  pass code-known by authorization-server
    code is known
    got: x
  pass code-fresh by authorization-server
    code is fresh
    same
    same
    got: 1 s

4 answer: response authorization-server -> client, back, exchange 2, depth 1, at 120ms
  200 OK

== outcome completed
`

// What the steps of the usual run begin with.
const (
	pageHead   = "2 page: response client -> user-agent, front, exchange 1, at 40ms"
	tokenHead  = "3 token: request client -> authorization-server, back, exchange 2, depth 1, at 80ms"
	answerHead = "4 answer: response authorization-server -> client, back, exchange 2, depth 1, at 120ms"
)

// variant is a run that was made of the usual one by replacing, and what its difference says.
type variant struct {
	replace []string
	want    string
}

func variants() map[string]variant {
	token := usual[strings.Index(usual, "\n== tokens"):strings.Index(usual, "\n4 answer")]
	earlier := strings.NewReplacer("4 answer", "3 answer", "exchange 2", "exchange 1", "120ms", "80ms").Replace(answerHead)
	wait := "2 wait: note client -> client, local, at 1s\n  $ sleep\n\n"
	later := []string{
		strings.NewReplacer("2 page", "3 page", "40ms", "1.04s").Replace(pageHead),
		strings.NewReplacer("3 token", "4 token", "80ms", "1.08s").Replace(tokenHead),
		strings.NewReplacer("4 answer", "5 answer", "120ms", "1.12s").Replace(answerHead),
	}
	last := "5 last-page: response client -> user-agent, front, exchange 3, at 160ms"
	lastPage := "\n" + last + usual[strings.Index(usual, pageHead)+len(pageHead):strings.Index(usual, "\n== tokens")-1] + "\n    | <hr>\n"
	const nap = "\n5 nap: note client -> client, local, at 2s\n  $ sleep 1\n  $ sleep 2\n  $ sleep 3\n"
	twice := nap + "\n6 doze: note client -> client, local, at 3s\n  $ sleep 2\n  $ sleep 3\n"
	return map[string]variant{
		"nothing": {nil, ""},
		"a line with the one that it stands under": {
			[]string{"Date: today", "Date: tomorrow"},
			pageHead + "\n    header\n-     Date: today\n+     Date: tomorrow",
		},
		"a line at the end": {
			[]string{"    got: 1 s", "    got: 1 s\n    reason: in time"},
			tokenHead + "\n    pass code-fresh by authorization-server\n      got: 1 s\n+     reason: in time",
		},
		"a value that goes on in other lines": {
			[]string{"    + def\n    + ghi\n", "    + dex\n"},
			tokenHead + "\n    header\n      Authorization: abc\n--    + def\n+     + dex",
		},
		"a line that another one might be taken for": {
			[]string{"    got: x\n", "    got: x\n    reason: y\n"},
			tokenHead + "\n    pass code-known by authorization-server\n      got: x\n+     reason: y",
		},
		"the second of two lines that are the same": {
			[]string{"    code is fresh\n    same\n    same\n", "    code is fresh\n    same\n"},
			tokenHead + "\n    pass code-fresh by authorization-server\n… 2 lines\n-     same",
		},
		"checks that were not run": {
			[]string{"  pass code-known", "  fail code-known", "  pass code-fresh by authorization-server\n    code is fresh\n    same\n    same\n    got: 1 s\n", ""},
			tokenHead + "\n-   pass code-known by authorization-server\n+   fail code-known by authorization-server\n" +
				"--  pass code-fresh by authorization-server",
		},
		"steps that are gone": {
			[]string{token, "", answerHead, earlier},
			"- == tokens · token\n\n" + earlier,
		},
		"a step that is added, after which the others are as usual but later": {
			[]string{pageHead, wait + later[0], tokenHead, later[1], answerHead, later[2]},
			"… to click\n\n+ 2 wait: note client -> client, local, at 1s\n+   $ sleep\n\n" + later[0],
		},
		"a step that is added and is like another one": {
			[]string{"\n== outcome", lastPage + "\n== outcome"},
			"… to answer\n\n+ " + last + "\nlike page\n    body, 9 bytes\n      | </h1>\n+     | <hr>",
		},
		"two steps that are added, the second like the first": {
			[]string{"\n== outcome", twice + "\n== outcome"},
			"… to answer\n\n+ 5 nap: note client -> client, local, at 2s\n+   $ sleep 1\n+   $ sleep 2\n+   $ sleep 3\n\n" +
				"+ 6 doze: note client -> client, local, at 3s\nlike nap\n-   $ sleep 1",
		},
		"another end": {
			[]string{"== outcome completed\n", "== outcome refused\nby: client\n"},
			"== outcome refused\n+ by: client",
		},
	}
}

func TestADifferenceSaysWhatARunHasOtherwise(t *testing.T) {
	for name, v := range variants() {
		run := strings.NewReplacer(v.replace...).Replace(usual)
		got := transcript.Difference(usual, run)
		want := "what differs from the happy run\n"
		if v.want != "" {
			want += "\n" + v.want + "\n"
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s is told otherwise (-want +got):\n%s", name, diff)
		}
		if again, err := transcript.Apply(usual, got); err != nil || again != run {
			t.Errorf("%s is not made again (%v): %s", name, err, cmp.Diff(run, again))
		}
	}
}

func TestADifferenceThatDoesNotFitIsAnError(t *testing.T) {
	const opening = "what differs from the happy run\n\n"
	page := "2 page: response client -> user-agent, front, exchange 1, at 40ms\n"
	for name, difference := range map[string]string{
		"another opening":              "what is new\n",
		"an unknown step to go to":     opening + "… to nowhere\n",
		"an occurrence that is not":    opening + "… to page, number 2\n",
		"an unknown step that remains": opening + "1 nowhere: note client -> client, local, at 0s\n",
		"an unknown step that is gone": opening + "- nowhere\n",
		"steps gone that do not meet":  opening + "- click · token\n",
		"an unknown step to be like":   opening + "+ 1 new: note client -> client, local, at 0s\nlike nowhere\n",
		"a line that never comes":      opening + page + "-   404 Not Found\n",
		"lines in another order":       opening + page + "      Date: today\n      Cache-Control: no-store\n",
		"more lines than there are":    opening + page + "… 99 lines\n",
		"no number of lines":           opening + page + "…\n",
		"a stub":                       opening + page + "-\n",
	} {
		if got, err := transcript.Apply(usual, difference); err == nil {
			t.Errorf("%s was read as\n%s", name, got)
		}
	}
}

// TestAnyRunComesBackFromItsDifference changes a run at random, many times, also
// where lines and steps repeat, so that a place can be mistaken for another one.
func TestAnyRunComesBackFromItsDifference(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same changes every time
	for range 2000 {
		a, b := randomRun(r), randomRun(r)
		difference := transcript.Difference(a, b)
		if again, err := transcript.Apply(a, difference); err != nil || again != b {
			t.Fatalf("%v\nusual:\n%s\nrun:\n%s\ndifference:\n%s\nmade again:\n%s", err, a, b, difference, again)
		}
	}
}

func TestAnyTextComesBackFromItsLines(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // the same changes every time
	for range 2000 {
		a, b := randomRun(r), randomRun(r)
		if again, err := transcript.ApplyLines(a, transcript.Lines(a, b)); err != nil || again != b {
			t.Fatalf("%v\nusual:\n%s\ntext:\n%s\nlines:\n%s\nmade again:\n%s", err, a, b, transcript.Lines(a, b), again)
		}
	}
}

func TestOfManyLinesThatAreGoneTheFirstIsShown(t *testing.T) {
	const want = "- b\n… 3 more gone\n- f\n+ g"
	if diff := cmp.Diff(want, transcript.Lines("a\nb\nb\nb\nc\nd\nf\n", "a\nd\ng\n")); diff != "" {
		t.Errorf("it is told otherwise (-want +got):\n%s", diff)
	}
}

// randomRun has few kinds of steps and of lines, so that much of it repeats.
func randomRun(r *rand.Rand) string {
	parts := []string{"flow a-flow"}
	for n := range r.IntN(8) {
		if r.IntN(4) == 0 {
			parts = append(parts, "== chapter-"+string(rune('a'+r.IntN(2))))
		}
		step := fmt.Sprintf("%d step-%c: note client -> client, local, exchange %d, at %dms", n+1, 'a'+r.IntN(3), 1+r.IntN(2), 40*n)
		for range r.IntN(6) {
			step += slices.Concat([]string{"\n  x", "\n  y", "\n    z", "\n    + w", "\n  | v", "\n    | + u"})[r.IntN(6)]
		}
		parts = append(parts, step)
	}
	return strings.Join(append(parts, "== outcome completed"), "\n\n") + "\n"
}
