package search

import (
	"slices"
	"testing"
)

// What several things of one are called, and which words a question does without, the language says and not Go.
func TestEndingsAndSmallWordsAreThoseOfTheLanguage(t *testing.T) {
	x := Make([]Entry{Of(Entry{Title: "Zugang"}, "")})
	x.small, x.several = []string{"der"}, "e"
	if one, changed := x.singular([]string{"zugange", "tore"}); !changed || !slices.Equal(one, []string{"zugang", "tore"}) {
		t.Errorf("one of them is %q", one)
	}
	if kept := x.withoutSmall([]string{"der", "the", "zugang"}); !slices.Equal(kept, []string{"the", "zugang"}) {
		t.Errorf("kept are %q", kept)
	}
	if kept := x.withoutSmall([]string{"der"}); len(kept) != 1 {
		t.Error("nothing is left to look for")
	}
}
