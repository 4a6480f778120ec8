package telling_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// schooled is a story whose steps have words of the trade.
func schooled(t *testing.T, developer bool) telling.Story {
	t.Helper()
	s := story(t, developer)
	s.Step = func(string) telling.Words {
		return telling.Words{Happened: "It shows the [key](glossary:key).", Why: "It has to.", Risk: "None."}
	}
	s.Trade = func(step string) []string {
		if step == "verifier" {
			return []string{"pkce", "hash"}
		}
		return nil
	}
	s.Term = func(id string) telling.Term {
		return telling.Term{Title: strings.ToUpper(id), Means: "It is " + id + "."}
	}
	s.Repeats = func(step string) string {
		if step == "click" || step == "token" {
			return "Another flow"
		}
		return ""
	}
	return s
}

func plain(p telling.Passage) string {
	var out strings.Builder
	for _, b := range p.Blocks {
		for _, s := range b.Spans {
			out.WriteString(s.Text)
		}
	}
	return out.String()
}

func TestTheTradesWordsStandAtEachStepForAllButDevelopers(t *testing.T) {
	if got := plain(telling.Of(run("v"), schooled(t, false)).Trade(1)); got != "PKCE, HASH" {
		t.Errorf("got %q", got)
	}
	if got := telling.Of(run("v"), schooled(t, true)).Trade(1); len(got.Blocks) > 0 {
		t.Errorf("a developer, who reads them anyway, is told %q", plain(got))
	}
}

func TestTheWordsThatWereMetAreExplainedAtTheEndEachOnce(t *testing.T) {
	teller := telling.Of(run("v"), schooled(t, false))
	if got := teller.Terms(); !slices.Equal(got, []string{"key", "pkce", "hash"}) {
		t.Errorf("got %v", got)
	}
	var explained []string
	for _, n := range teller.Ending() {
		if p, ok := n.(telling.Passage); ok && strings.HasPrefix(plain(p), "PKCE. ") {
			explained = append(explained, plain(p))
		}
	}
	if !slices.Equal(explained, []string{"PKCE. It is pkce."}) {
		t.Errorf("got %q", explained)
	}
}

func TestTheWordsOfARunThatGoesOnGrowWithIt(t *testing.T) {
	growing := run("v")
	all := growing.Messages
	growing.Messages, growing.Outcome = all[:1], trace.Outcome{State: trace.Running}
	teller := telling.Of(growing, schooled(t, false))
	if got := teller.Terms(); slices.Contains(got, "hash") {
		t.Errorf("after its first message %v were met", got)
	}
	growing.Messages = all
	if got := teller.Terms(); !slices.Contains(got, "hash") {
		t.Errorf("after its last message %v were met", got)
	}
}

func TestAStepThatAnotherFlowTellsInTheSameWordsIsFolded(t *testing.T) {
	teller := telling.Of(run("v"), schooled(t, false))
	fold := noun[telling.Fold](t, teller.Step(0))
	if fold.Summary != "As in “Another flow”." || len(fold.Nouns) != 2 {
		t.Errorf("got %+v", fold)
	}
	if teller.Repeats(1) != "" {
		t.Error("a step with words of its own is folded")
	}
	if teller.Repeats(2) != "" {
		t.Error("a step that was refused is folded, although that is new")
	}
}

func TestARunThatEndedWellSaysNothingOfChecksThatFailedToAnybodyButDevelopers(t *testing.T) {
	ended := run("v")
	ended.Outcome = trace.Outcome{State: trace.Completed}
	if got := telling.Of(ended, story(t, false)).Summary(); strings.Contains(got, "failed") || strings.Contains(got, "skipped") {
		t.Errorf("got %q", got)
	}
	if got := telling.Of(ended, story(t, true)).Summary(); !strings.Contains(got, "1 failed · 1 skipped") {
		t.Errorf("got %q", got)
	}
	if got := telling.Of(run("v"), story(t, false)).Summary(); !strings.Contains(got, "1 failed") {
		t.Errorf("a refusal says %q", got)
	}
}

func TestAQuestionIsAskedOnceInARun(t *testing.T) {
	s := story(t, false)
	s.Asked = func(step string) []telling.Asked {
		if step == "verifier" || step == "token" {
			return []telling.Asked{{Question: "Why?", Answer: "Because."}}
		}
		return nil
	}
	teller := telling.Of(run("v"), s)
	if got := len(teller.Asked(1)); got != 1 {
		t.Errorf("the step that brings it up has %d questions", got)
	}
	if got := len(teller.Asked(2)); got != 0 {
		t.Errorf("it is asked again")
	}
	if got := plain(noun[telling.Passage](t, teller.Step(1))); got != "Why? Because." {
		t.Errorf("it is told as %q", got)
	}
}
