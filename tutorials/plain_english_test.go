//go:build !race

package tutorials

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// unwelcome is one row of testdata/unwelcome.toml.
type unwelcome struct {
	Pattern string   `toml:"pattern"`
	Why     string   `toml:"why"`
	Catches string   `toml:"catches"`
	Allow   []string `toml:"allow"` // voices in which it may be said
	find    *regexp.Regexp
}

func unwelcomeWords(t *testing.T) []unwelcome {
	t.Helper()
	var file struct {
		Row []unwelcome `toml:"row"`
	}
	md, err := toml.DecodeFile("testdata/unwelcome.toml", &file)
	if err != nil || len(md.Undecoded()) > 0 {
		t.Fatal(err, md.Undecoded())
	}
	for i := range file.Row {
		file.Row[i].find = regexp.MustCompile(file.Row[i].Pattern)
	}
	return file.Row
}

func TestNobodyReadsWhatIsUnwelcome(t *testing.T) {
	rows := unwelcomeWords(t)
	for s := range english(t).texts() {
		reference := strings.HasPrefix(s.place, "dictionary.toml") || strings.HasPrefix(s.place, "glossary.toml")
		seen := visible(s.body)
		for _, row := range rows {
			// there it says what a name means
			if slices.Contains(row.Allow, string(s.voice)) || reference && strings.Contains(row.Pattern, "(Who|Whom)") {
				continue
			}
			if found := row.find.FindString(seen); found != "" {
				t.Errorf("%s: %q: %s: %s", s.place, found, row.Why, s.body)
			}
		}
	}
}

// Labels, messages and the help of the terminal are read as much as the tutorials.
func TestNoLabelSaysWhatIsUnwelcome(t *testing.T) {
	rows, say := unwelcomeWords(t), english(t).Catalog()
	seen := 0
	for _, id := range say.IDs() {
		for _, text := range say.Forms(id) {
			seen++
			for _, row := range rows {
				question := strings.Contains(row.Pattern, "(Who|Whom)") && !strings.HasSuffix(text, ".") // such as a heading
				if found := row.find.FindString(text); found != "" && !question && len(row.Allow) == 0 {
					t.Errorf("%s: %q: %s: %s", id, found, row.Why, text)
				}
			}
		}
	}
	if seen < 1000 {
		t.Errorf("only %d labels were read", seen)
	}
}

func TestEachUnwelcomeWordIsCaught(t *testing.T) {
	for _, row := range unwelcomeWords(t) {
		if row.Why == "" || !row.find.MatchString(row.Catches) {
			t.Errorf("%q does not catch %q, or says no reason", row.Pattern, row.Catches)
		}
	}
}
