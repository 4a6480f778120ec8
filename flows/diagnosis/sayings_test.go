package diagnosis_test

import (
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
)

// A line that no row reads, or that another one makes needless, helps nobody.
func TestEachSayingBelongsToACauseAndIsReadAsItStands(t *testing.T) {
	causes := map[string]bool{}
	for _, row := range diagnosis.Rows() {
		causes[row.ID] = true
	}
	seen := map[string]bool{}
	for _, s := range diagnosis.Sayings() {
		line := strings.Join(s.Phrases, " & ")
		switch {
		case !causes[s.Cause]:
			t.Errorf("%q stands below %q, which is no cause", line, s.Cause)
		case len(s.Phrases) == 0:
			t.Errorf("a saying of %s has no phrase, so every text has it", s.Cause)
		case line != strings.ToLower(line) || strings.Contains(line, "  "):
			t.Errorf("%s: %q is compared with a text in lower case", s.Cause, line)
		case seen[s.Cause+line+strings.Join(s.Without, "!")]:
			t.Errorf("%s: %q stands there twice", s.Cause, line)
		}
		seen[s.Cause+line+strings.Join(s.Without, "!")] = true
	}
}
