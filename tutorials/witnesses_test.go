//go:build !race

package tutorials_test

import (
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func TestEveryWitnessAndEveryReasonHasWordsAndNoOthers(t *testing.T) {
	words := wordstest.English(t)
	want := []string{}
	for _, s := range trace.Sightings() {
		if !slices.Contains(want, string(s.Who)) {
			want = append(want, string(s.Who))
		}
		want = append(want, string(s.Who)+"/"+s.Because)
	}
	for _, how := range trace.Hows() {
		want = append(want, "how/"+string(how))
	}
	for _, id := range want {
		for _, v := range tutorials.Voices() {
			if _, ok := words.Witnesses().Text(id, v); !ok {
				t.Errorf("witnesses.toml: [%q] says nothing in the %s voice", id, v)
			}
		}
	}
	for _, id := range words.Witnesses().IDs() {
		if !slices.Contains(want, id) {
			t.Errorf("witnesses.toml: [%q] is neither a witness nor a reason", id)
		}
	}
}

func TestANarratorNamesWhatHasNoWordsByItsID(t *testing.T) {
	words := wordstest.English(t)
	n := tutorials.Narrator{Words: words, Voice: tutorials.Everyone}
	if n.Witness("history") != "Browser history" || n.Witness("history/martians") != "history/martians" {
		t.Errorf("got %q and %q", n.Witness("history"), n.Witness("history/martians"))
	}
}
