package diagram

import (
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/app/look"
)

func TestEveryTextOfARowIsAPairThatTheContrastTestSees(t *testing.T) {
	known := look.Pairs()
	for _, state := range []State{Future, Waiting, Past} {
		for _, red := range []bool{false, true} {
			rest, current := styleOf(state, false, red), styleOf(state, true, red)
			for _, pair := range []look.Pair{
				{Ink: rest.label, Ground: look.Card},
				{Ink: rest.label, Ground: look.CardSoft}, // under the pointer
				{Ink: rest.step, Ground: rest.discFill},
				{Ink: current.label, Ground: current.band},
				{Ink: current.step, Ground: current.discFill},
			} {
				if !slices.Contains(known, pair) {
					t.Errorf("state %d, red %t: %s on %s is not in look.Pairs", state, red, pair.Ink, pair.Ground)
				}
			}
		}
	}
}

func TestStatesDifferInFormNotInColourAlone(t *testing.T) {
	if s := styleOf(Future, false, false); !s.dashed || s.bold {
		t.Error("a future arrow is not faint and dashed")
	}
	if s := styleOf(Past, false, false); s.dashed || s.bold || s.band != "" {
		t.Error("a past arrow is not plain and solid")
	}
	if s := styleOf(Past, true, false); s.dashed || !s.bold || s.band != look.Band {
		t.Error("the current arrow is not bold on a band")
	}
	if s := styleOf(Past, true, true); s.band != look.FailGround || s.line != look.Fail {
		t.Error("a refused current arrow is not red")
	}
}

func TestWhatHasNotCrossedIsNeverRed(t *testing.T) {
	for _, state := range []State{Future, Waiting} {
		for _, current := range []bool{false, true} {
			if s := styleOf(state, current, true); s.line == look.Fail || s.band == look.FailGround {
				t.Errorf("state %d is red", state)
			}
		}
	}
}
