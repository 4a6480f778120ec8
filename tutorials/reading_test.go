//go:build !race

package tutorials

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jdkato/prose/summarize"
	"github.com/jdkato/prose/tokenize"
)

// What everyone reads is to be read as easily as a newspaper for children of
// thirteen: a grade of Flesch and Kincaid's of at most that, over what is read
// at one go.
const mostGrade = 8

// mostWords is how long a sentence for everyone may be.
const mostWords = 24

// readings are the texts for everyone by what is read at one go: a screen of a
// lesson, a mix-up, a chapter's worth of a flow.
func readings(l *Library) map[string]string {
	all := map[string][]string{}
	for s := range l.texts() {
		if s.voice != Everyone || s.kind != "body" && s.kind != "passage" {
			continue
		}
		place := strings.Split(s.place, ", ")
		at := place[0]
		if strings.HasPrefix(at, "lessons/") || strings.HasPrefix(at, "mix-ups/") {
			at += ", " + place[1]
		}
		all[at] = append(all[at], sentences(visible(s.body)))
	}
	out := map[string]string{}
	for at, bodies := range all {
		out[at] = strings.Join(bodies, " ")
	}
	return out
}

// sentences ends each item of a list, and what leads to a list, with a full stop.
func sentences(text string) string {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
	for i, line := range lines {
		line = strings.TrimRight(strings.TrimPrefix(line, "- "), ":")
		if !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, "?") && !strings.HasSuffix(line, "”") {
			line += "."
		}
		lines[i] = line
	}
	return strings.Join(lines, " ")
}

// measurer measures texts. What it knows of English is read once, and not for each of them.
func measurer() func(text string) *summarize.Document {
	words, sentences := tokenize.NewWordBoundaryTokenizer(), tokenize.NewPunktSentenceTokenizer()
	return func(text string) *summarize.Document {
		d := &summarize.Document{Content: text, WordTokenizer: words, SentenceTokenizer: sentences}
		d.Initialize()
		return d
	}
}

func TestTheReadingGradeOfWhatEveryoneReadsIsAtMostEight(t *testing.T) {
	all, read := readings(english(t)), measurer()
	for _, at := range slices.Sorted(maps.Keys(all)) {
		doc := read(all[at])
		if grade := doc.FleschKincaid(); grade > mostGrade {
			t.Errorf("%s: the reading grade is %.1f: %s", at, grade, all[at])
		}
		if !strings.HasPrefix(at, "lessons/") && !strings.HasPrefix(at, "mix-ups/") {
			continue
		}
		for _, s := range doc.Sentences { // of a lesson, which is read alone, none is long
			if n := len(s.Words); n > mostWords {
				t.Errorf("%s: %d words: %s", at, n, s.Text)
			}
		}
	}
	if len(all) < 60 {
		t.Errorf("only %d texts were measured", len(all))
	}
}

func TestAHardTextIsMeasuredAsOne(t *testing.T) {
	hard := "The authorization server authenticates the confidential client by means of asymmetric cryptographic credentials before it validates the authorization code."
	if grade := measurer()(hard).FleschKincaid(); grade < 15 {
		t.Errorf("its grade is %.1f", grade)
	}
}
