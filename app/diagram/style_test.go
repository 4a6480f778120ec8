package diagram

import (
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/app/look"
)

func TestEveryTextOfARowIsAPairThatTheContrastTestSees(t *testing.T) {
	known := look.Pairs()
	for _, state := range []State{Future, Waiting, Past} {
		for _, news := range []News{NoNews, GoodNews, BadNews} {
			rest, current := styleOf(state, false, news), styleOf(state, true, news)
			for _, pair := range []look.Pair{
				{Ink: rest.label, Ground: look.Card},
				{Ink: rest.label, Ground: look.CardSoft}, // under the pointer
				{Ink: rest.step, Ground: rest.discFill},
				{Ink: current.label, Ground: current.band},
				{Ink: current.step, Ground: current.discFill},
			} {
				if !slices.Contains(known, pair) {
					t.Errorf("state %d, news %d: %s on %s is not in look.Pairs", state, news, pair.Ink, pair.Ground)
				}
			}
		}
	}
}

func TestStatesDifferInFormNotInColourAlone(t *testing.T) {
	if s := styleOf(Future, false, NoNews); !s.dashed || s.bold {
		t.Error("a future arrow is not faint and dashed")
	}
	if s := styleOf(Past, false, NoNews); s.dashed || s.bold || s.band != "" {
		t.Error("a past arrow is not plain and solid")
	}
	if s := styleOf(Past, true, NoNews); s.dashed || !s.bold || s.band != look.Band {
		t.Error("the current arrow is not bold on a band")
	}
	if s := styleOf(Past, true, BadNews); s.band != look.FailGround || s.line != look.Fail {
		t.Error("a refused current arrow is not red")
	}
	if s := styleOf(Past, true, GoodNews); s.band != look.PassGround || s.line != look.Pass {
		t.Error("a current arrow that tells of an attack that was stopped is not green")
	}
}

func TestWhatHasNotCrossedTellsNoNews(t *testing.T) {
	for _, state := range []State{Future, Waiting} {
		for _, current := range []bool{false, true} {
			for _, news := range []News{GoodNews, BadNews} {
				if styleOf(state, current, news) != styleOf(state, current, NoNews) {
					t.Errorf("state %d is coloured by news %d", state, news)
				}
			}
		}
	}
}
