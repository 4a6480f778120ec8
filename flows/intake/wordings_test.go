package intake_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
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

// Where words tell nothing, or no more than a guess, the answer names what to bring, and says no more than it knows.
func TestWordsThatTellNothingAskForTwoThings(t *testing.T) {
	for _, text := range []string{
		"Something went wrong during the login, please try again", "invalid_grant", "Error: request failed", `{"message":"denied by policy 7"}`,
	} {
		for _, d := range diagnosed(read(t, text)) {
			if len(d.Causes) > 0 && d.Causes[0].Sure != diagnosis.Possible {
				t.Errorf("%s: %s is said to be %s", text, d.Causes[0].ID, d.Causes[0].Sure)
			}
			if want := []diagnosis.Unknown{diagnosis.UnknownRequest, diagnosis.UnknownLog}; !slices.Equal(d.Unknown, want) {
				t.Errorf("%s: %v are said to be unknown, want %v", text, d.Unknown, want)
			}
		}
	}
}

// Each provider and each library has words of its own, and each of them leads to its cause.
func TestTheWordsOfEachProviderAndLibraryLeadToTheirCause(t *testing.T) {
	firstOfEach(t, wordings(t))
}
