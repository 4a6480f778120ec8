//go:build !race

package tutorials_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/pkce"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func TestTheWorkbenchesHaveWordsForEachProblemAndRule(t *testing.T) {
	words := wordstest.English(t)
	said := words.Benches().IDs()
	want := []string{}
	for _, id := range token.Problems() {
		want = append(want, "token/problem/"+id)
	}
	for _, c := range pkce.Work("").Checks {
		want = append(want, "pkce/"+c.ID)
	}
	for _, id := range want {
		if !slices.Contains(said, id) {
			t.Errorf("workbench.toml: [%q] is missing", id)
		}
	}
	for _, id := range said {
		if strings.HasPrefix(id, "token/problem/") && !slices.Contains(want, id) {
			t.Errorf("workbench.toml: [%q] is no problem", id)
		}
	}
	n := tutorials.Narrator{Words: words, Voice: tutorials.Developer}
	if n.Bench("pkce/verifier-most") != "At most 128 characters." || n.Bench("none") != "none" {
		t.Errorf("got %q and %q", n.Bench("pkce/verifier-most"), n.Bench("none"))
	}
}
