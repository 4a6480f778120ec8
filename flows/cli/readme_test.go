package cli

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// The table of the README is complete: it has each option, with each value that it takes.
func TestTheReadmeTellsOfEveryOptionOfWalk(t *testing.T) {
	page, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(page), "| option of `walk` |")
	table, _, ended := strings.Cut(table, "\n\n")
	if !found || !ended {
		t.Fatal("the README has no table of the options of walk")
	}
	rows := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\|.*?`--([a-z-]+)(?: ([^`]+))?`[^|\n]* \\|").FindAllStringSubmatch(table, -1) {
		rows[m[1]] = strings.ReplaceAll(m[2], `\|`, "|")
	}
	words := wordstest.English(t)
	values := map[string][]string{
		"voice": Voices(), "lens": Lenses(words), "format": formats(), "person": people(), "network": Networks(),
	}
	Walk(usage.Say(nil), "0", nil).Flags().VisitAll(func(f *pflag.Flag) {
		row, told := rows[f.Name]
		if !told {
			t.Errorf("the README does not tell of --%s", f.Name)
		}
		for _, value := range values[f.Name] {
			if !strings.Contains("|"+row+"|", "|"+value+"|") {
				t.Errorf("the README does not say that --%s takes %s", f.Name, value)
			}
		}
		delete(rows, f.Name)
	})
	for name := range rows {
		t.Errorf("the README tells of --%s, which walk does not have", name)
	}
}
