package rule_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/rule"
)

func TestATableIsListedInItsOrderWithoutRunning(t *testing.T) {
	var want []rule.Listed
	for _, id := range []string{"some", "few", "known"} {
		want = append(want, rule.Listed{ID: id, Rule: "the rule " + id, Spec: rule.RFC("2324", "2"), Error: "short_and_stout"})
	}
	if diff := cmp.Diff(want, rule.List(rows())); diff != "" {
		t.Errorf("the list (-want +got):\n%s", diff)
	}
}
