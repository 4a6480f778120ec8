package intake_test

import (
	"os"
	"strings"
	"testing"
)

// wordings are the texts of testdata/wordings.txt with the cause that each tells.
func wordings(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/wordings.txt")
	if err != nil {
		t.Fatal(err)
	}
	all, cause := map[string]string{}, ""
	for line := range strings.Lines(string(text)) {
		switch line = strings.TrimSuffix(line, "\n"); {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "= "):
			cause = strings.TrimPrefix(line, "= ")
		default:
			line = strings.ReplaceAll(line, `\n`, "\n")
			if was := all[line]; was != "" {
				t.Errorf("%s stands below %q and below %q", line, was, cause)
			}
			all[line] = cause
		}
	}
	return all
}

// Each provider and each library has words of its own, and each of them leads to its cause.
func TestTheWordsOfEachProviderAndLibraryLeadToTheirCause(t *testing.T) {
	firstOfEach(t, wordings(t))
}
