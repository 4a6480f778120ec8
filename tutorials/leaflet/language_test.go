package leaflet_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/leaflet"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func TestNoEnglishIsLeftOnAPaperInAnotherLanguage(t *testing.T) {
	words := wordstest.Pseudo(t)
	for _, kind := range []string{tutorials.PaperStacks, tutorials.PaperCourses, tutorials.PaperBoard} {
		papers, err := words.Papers().Of(kind)
		if err != nil || len(papers) == 0 {
			t.Fatalf("%d papers of %s: %v", len(papers), kind, err)
		}
		for i := range papers {
			var page strings.Builder
			if err := leaflet.Paper(&page, words, &papers[i]); err != nil {
				t.Fatal(err)
			}
			saysNoEnglish(t, kind+"/"+papers[i].ID, page.String())
		}
	}
}

func TestNoEnglishIsLeftOnACardInAnotherLanguage(t *testing.T) {
	words := wordstest.Pseudo(t)
	lessons, err := words.Lessons().All()
	if err != nil || len(lessons) == 0 {
		t.Fatalf("%d lessons: %v", len(lessons), err)
	}
	for i := range lessons {
		for _, voice := range tutorials.Voices() {
			var page strings.Builder
			if err := leaflet.Card(&page, words, &lessons[i], voice); err != nil {
				t.Fatal(err)
			}
			saysNoEnglish(t, "card/"+lessons[i].ID+" as "+string(voice), page.String())
		}
	}
}

func saysNoEnglish(t *testing.T, name, page string) {
	t.Helper()
	aside := regexp.MustCompile(`(?s)<style>.*?</style>|<pre>.*?</pre>|<code>[^<]*</code>|<title>|<[^>]*>|&[a-z]+;|\b[a-z-]+/\S+`)
	known := pseudo.Names("mix up chooser stack true") // addresses of a word, and a value
	if left := known.Left(aside.ReplaceAllString(page, " ")); len(left) > 0 {
		t.Errorf("%s: English is left: %q", name, left)
	}
}
