//go:build !race

package tutorials

import (
	"regexp"
	"strings"
	"testing"
)

// lessonScreens are what everyone reads of each lesson and mix-up, in its order.
func lessonScreens(l *Library) map[string][]text {
	all := map[string][]text{}
	for s := range l.texts() {
		at, _, _ := strings.Cut(s.place, ", ")
		if s.voice == Everyone && (strings.HasPrefix(at, "lessons/") || strings.HasPrefix(at, "mix-ups/")) {
			all[at] = append(all[at], s)
		}
	}
	return all
}

// naming is how a term stands in a text: at all, and so that one learns what it is.
type naming struct {
	term Term
	used *regexp.Regexp
	// told is a link to its page, or to that of a longer term with it, or bold
	// type where the sentence explains it.
	told *regexp.Regexp
}

func namings(l *Library) (all []naming) {
	for _, term := range l.Glossary().Terms() {
		word := `\b` + regexp.QuoteMeta(term.Title) + `s?\b`
		all = append(all, naming{
			term: term, used: regexp.MustCompile(`(?i)` + word),
			told: regexp.MustCompile(`(?i)\*\*[^*]*` + word + `[^*]*\*\*|\[[^]]*` + word + `[^]]*\]\(glossary:|glossary:` + term.ID + `\)`),
		})
	}
	return all
}

// undefined lists the terms of the glossary that a reader of these texts meets
// before anything says what they are.
func undefined(all []naming, screens []text) (missing []string) {
	said := map[string]bool{}
	for _, s := range screens {
		read := visible(s.body)
		for _, n := range all {
			if said[n.term.ID] || !n.used.MatchString(read) {
				continue
			}
			said[n.term.ID] = true
			if !n.told.MatchString(s.body) {
				missing = append(missing, n.term.Title+" in "+s.place+": "+s.body)
			}
		}
	}
	return missing
}

func TestNoLessonUsesATermBeforeItSaysWhatItIs(t *testing.T) {
	l := english(t)
	all := namings(l)
	for _, screens := range lessonScreens(l) {
		for _, what := range undefined(all, screens) {
			t.Error(what)
		}
	}
}

func TestATermThatNobodyExplainsIsFound(t *testing.T) {
	for body, want := range map[string]int{
		"Send the refresh token.": 1, "Send the [refresh token](glossary:refresh-token).": 0,
		"A **refresh token** fetches a new key.": 0, "Send the key.": 0,
	} {
		if got := undefined(namings(english(t)), []text{{place: "here", body: body}}); len(got) != want {
			t.Errorf("%q: %v are undefined, not %d", body, got, want)
		}
	}
}
