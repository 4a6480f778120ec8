//go:build !race

package tutorials

import (
	"cmp"
	"regexp"
	"regexp/syntax"
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
	needs   []string // one of which stands in whatever the pattern matches; none where that cannot be told
}

// in is what a text says of it. The texts are many, and most lack each word that a pattern needs.
func (u *unwelcome) in(text string) string {
	if len(u.needs) > 0 && !slices.ContainsFunc(u.needs, func(need string) bool { return strings.Contains(text, need) }) {
		return ""
	}
	return u.find.FindString(text)
}

// needed are literals of which each match of a pattern has one, or none where that cannot be told.
func needed(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 {
			return []string{string(re.Rune)}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return needed(re.Sub[0])
	case syntax.OpConcat:
		return neededOfOne(re.Sub)
	case syntax.OpAlternate:
		return neededOfEach(re.Sub)
	default: // a class or what may be missing
	}
	return nil
}

// neededOfOne are the literals of that part of a sequence whose literals say most.
func neededOfOne(sequence []*syntax.Regexp) []string {
	var best []string
	for _, part := range sequence {
		if needs := needed(part); len(needs) > 0 && (best == nil || shortest(needs) > shortest(best)) {
			best = needs
		}
	}
	return best
}

// neededOfEach are the literals of every alternative, or none where one of them has none.
func neededOfEach(alternatives []*syntax.Regexp) []string {
	var all []string
	for _, one := range alternatives {
		needs := needed(one)
		if len(needs) == 0 {
			return nil
		}
		all = append(all, needs...)
	}
	return all
}

func shortest(texts []string) int {
	return len(slices.MinFunc(texts, func(a, b string) int { return cmp.Compare(len(a), len(b)) }))
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
		parsed, err := syntax.Parse(file.Row[i].Pattern, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		file.Row[i].needs = needed(parsed)
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
			if found := row.in(seen); found != "" {
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
				if found := row.in(text); found != "" && !question && len(row.Allow) == 0 {
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
		if row.Why == "" || row.in(row.Catches) == "" {
			t.Errorf("%q does not catch %q, or says no reason", row.Pattern, row.Catches)
		}
	}
}
