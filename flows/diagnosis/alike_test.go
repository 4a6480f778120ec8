package diagnosis_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
)

// readings are the sentences of readings.txt with the cause that each stands below.
func readings(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("readings.txt")
	if err != nil {
		t.Fatal(err)
	}
	all, cause := map[string]string{}, ""
	for line := range strings.Lines(string(text)) {
		switch line = strings.TrimSpace(line); {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			cause = strings.Trim(line, "[]")
		default:
			if was, twice := all[line]; twice {
				t.Errorf("%q stands below %s and below %s", line, was, cause)
			}
			all[line] = cause
		}
	}
	return all
}

// Each sentence is about a cause that there is, and is told apart from all others.
func TestEachReadingIsOfACauseAndNearestToItself(t *testing.T) {
	ids := make([]string, 0, len(diagnosis.Rows()))
	for _, row := range diagnosis.Rows() {
		ids = append(ids, row.ID)
	}
	for text, cause := range readings(t) {
		if !slices.Contains(ids, cause) {
			t.Errorf("%q stands below %s, which is no cause", text, cause)
		}
		if got := diagnosis.NearestOf(text); got != cause {
			t.Errorf("%q is nearest to what is told of %s, and stands below %s", text, got, cause)
		}
	}
}
