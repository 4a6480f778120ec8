package pseudo_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func TestLettersGetAccentsAndTheRestStays(t *testing.T) {
	const english = "Log in to the {app} with [PKCE](glossary:pkce), `code` and \\n “it”"
	const want = "⟦Ļöĝ îñ ţö ţĥé {app} ŵîţĥ [ÞĶÇÉ](glossary:pkce), `code` àñð \\n “îţ”⟧"
	if got := pseudo.Text(english); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	const all = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	if got := pseudo.Text(all); utf8.RuneCountInString(got) != len(all)+2 || regexp.MustCompile(`[A-Za-z]`).MatchString(got) {
		t.Errorf("a letter has no accent: %s", got)
	}
}

func TestThePseudoLanguageIsALanguage(t *testing.T) {
	l, english := wordstest.Pseudo(t), wordstest.English(t)
	const flow, step = "authorization-code-pkce", "token"
	for _, v := range tutorials.Voices() {
		for _, lens := range english.Lenses() {
			plain, _ := english.Flows().Step(flow, step, v, lens.ID)
			got, ok := l.Flows().Step(flow, step, v, lens.ID)
			if !ok || got.Title != pseudo.Text(plain.Title) || got.Picture != plain.Picture {
				t.Errorf("%s, %s: got %+v of %+v", v, lens.ID, got, plain)
			}
		}
	}
	got, want := tutorials.LanguagesIn(wordstest.PseudoFiles(t)), tutorials.Language{Tag: pseudo.Language, Name: "⟦Éñĝļîšĥ⟧"}
	if len(got) != 2 || got[1] != want {
		t.Errorf("languages: got %v, want %v", got, want)
	}
}

func TestEnglishThatIsLeftIsFound(t *testing.T) {
	known := pseudo.Names("subject user-jane")
	for text, want := range map[string]string{
		pseudo.Text("All of it has accents"):                     "",
		pseudo.Text("Step {n}") + ", RFC 6749 for user-jane":     "for",
		"Next ⟦šţéþ⟧, Next":                                      "Next",
		"a small_thing of 3x":                                    "of",
		strings.Repeat(pseudo.Text("x")+" "+"OpenID Connect", 2): "",
	} {
		text = strings.ReplaceAll(text, "{n}", "1")
		if got := strings.Join(known.Left(text), " "); got != want {
			t.Errorf("%s: found %q, want %q", text, got, want)
		}
	}
}

func TestTranslatorsAreToldWhatStaysEnglishAndWhy(t *testing.T) {
	page, err := os.ReadFile("../../docs/translating.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, stay := range pseudo.Stays() {
		if line := "| " + stay.What + " | " + stay.Why + " |\n"; !strings.Contains(string(page), line) {
			t.Errorf("docs/translating.md does not say\n%s", line)
		}
	}
	if told := strings.Count(string(page), "\n| ") - 1; told != len(pseudo.Stays()) {
		t.Errorf("docs/translating.md says of %d things that they stay English, and there are %d", told, len(pseudo.Stays()))
	}
}
