package diagnosis_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// TestEveryCauseHasWordsAndEveryWordACause holds the table to the words, both ways.
func TestEveryCauseHasWordsAndEveryWordACause(t *testing.T) {
	l := wordstest.English(t)
	said, err := l.Causes().IDs()
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, row := range diagnosis.Rows() {
		rows = append(rows, row.ID)
		if !slices.Contains(said, row.ID) {
			t.Errorf("the cause %s has no words", row.ID)
		}
	}
	for _, id := range said {
		if !slices.Contains(rows, id) {
			t.Errorf("there are words for %s, which is no cause", id)
		}
	}
}

// A cause may tell some of itself in the words of one that is like it, but not that nobody knows why.
func TestOnlyWhatHasNoReasonSaysThatItHasNone(t *testing.T) {
	l := wordstest.English(t)
	unknown := []string{"code-not-redeemable", "refresh-unknown", "token-refused"}
	for _, row := range diagnosis.Rows() {
		words, _ := l.Causes().Cause(row.ID)
		says := strings.Contains(words.Happened[tutorials.Everyone], "does not say why")
		if says != slices.Contains(unknown, row.ID) {
			t.Errorf("%s (%s): %s", row.ID, row.Says, words.Happened[tutorials.Everyone])
		}
	}
}

func TestEveryCauseHasAnIDOfItsOwnAPhraseAndASection(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range diagnosis.Rows() {
		if seen[row.ID] {
			t.Errorf("there are two causes %s", row.ID)
		}
		seen[row.ID] = true
		if row.Says == "" || row.Spec.Doc == "" {
			t.Errorf("the cause %s says nothing, or rests on nothing", row.ID)
		}
	}
	if len(seen) < 60 {
		t.Errorf("there are only %d causes", len(seen))
	}
}
