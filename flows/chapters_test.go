//go:build !race

package flows_test

import (
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
)

func TestEveryChapterBeginsInSomeRunAndInTheOrderOfTheStory(t *testing.T) {
	t.Parallel()
	for _, f := range flows.All() {
		seen := map[string]bool{}
		for name, tr := range runs(t, f) {
			at := 0
			for i, m := range tr.Messages {
				seen[m.Chapter] = true
				now := slices.Index(f.Chapters, m.Chapter)
				if now < at {
					t.Errorf("%s, %s: message %d, %s, goes back to the chapter %q", f.ID, name, i+1, m.Step, m.Chapter)
				}
				at = now
			}
		}
		for _, c := range f.Chapters {
			if !seen[c] {
				t.Errorf("%s: the chapter %s begins in no run", f.ID, c)
			}
		}
	}
}
