//go:build !race

package tutorials

import (
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// damage changes a file, and is the line on which it did.
func damage(t *testing.T, m fstest.MapFS, file, old, changed string) string {
	t.Helper()
	before, after, found := strings.Cut(string(m[file].Data), old)
	if !found {
		t.Fatalf("%q does not occur in %s any more", old, file)
	}
	m[file] = &fstest.MapFile{Data: []byte(before + changed + after)}
	line := 1 + strings.Count(before, "\n")
	if strings.HasPrefix(old, "\n") {
		line++
	}
	return file + ":" + strconv.Itoa(line) + ": "
}

func TestEachThingThatIsWrongInAFolderIsSaidWithItsLine(t *testing.T) {
	const flow, lesson, question, glossary = "en/flows/device-code.md", "en/lessons/tokens.md", "en/questions/tokens.toml", "en/glossary.toml"
	for name, damages := range map[string][][3]string{
		"files that can't be read": {
			{lesson, "minutes =", "minuets ="},
			{question, "run =", "walk ="},
			{"en/mix-ups/why-a-code-first.md", "\nTitle: ", "\nTitel: "},
		},
		"a table that lacks something": {{glossary, "[id-token]", "[short]\ntitle = \"Short\"\n[id-token]"}},
		"texts": {
			{flow, "Happened: ", "Happened: {nobody} "},
			{lesson, "](glossary:", "](glossary:no-"},
			{glossary, "plain = \"", "plain = \"{nobody} "},
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := copyOfEnglish(t)
			var want []string
			for _, d := range damages {
				want = append(want, damage(t, m, d[0], d[1], d[2]))
			}
			_, err := Open(m, "en")
			slips := Slips(err)
			if len(slips) != len(want) {
				t.Errorf("%d things are wrong and %d are told: %q", len(want), len(slips), slips)
			}
			for _, place := range want {
				if err == nil || !strings.Contains(err.Error(), place) {
					t.Errorf("nothing is said of %s: %v", place, err)
				}
			}
		})
	}
}

func TestGoodWordsHaveNoSlips(t *testing.T) {
	if slips := Slips(nil); slips != nil {
		t.Errorf("nothing is wrong, and %q is said", slips)
	}
}
