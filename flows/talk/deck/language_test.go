package deck_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/deck"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func TestNoEnglishIsLeftInTheFilesOfATalkInAnotherLanguage(t *testing.T) {
	words, code := wordstest.Pseudo(t), wordstest.Code(t)
	provider, err := onstage.Providers(true)
	if err != nil {
		t.Fatal(err)
	}
	talks, err := words.Talks().All()
	if err != nil || len(talks) == 0 {
		t.Fatalf("%d talks: %v", len(talks), err)
	}
	aside := regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<pre.*?</pre>|<code[^>]*>[^<]*</code>|` +
		`<[^>]*>|\b[a-z-]+/\S+|\bdata:\S+`)
	known := pseudo.Names(code, "idp mailbox") // hosts
	for _, one := range talks {
		s, err := talk.Prepare(t.Context(), words, one, one.Lengths[0], talk.Options{Provider: provider})
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range []string{"handout", "slideshow", "pptx"} {
			said := saidIn(t, format, written(t, format, s, deck.Options{Say: words.Catalog()}))
			if left := known.Left(html.UnescapeString(aside.ReplaceAllString(said, " "))); len(left) > 0 {
				t.Errorf("%s as %s: English is left: %q", one.ID, format, left)
			}
		}
	}
}

// saidIn is the text of a file: of slides that are packed, what stands on them.
func saidIn(t *testing.T, format string, file []byte) string {
	t.Helper()
	if format != "pptx" {
		return string(file)
	}
	var all strings.Builder
	texts := regexp.MustCompile(`<a:t>([^<]*)</a:t>`)
	for _, part := range archived(t, file) {
		for _, m := range texts.FindAllStringSubmatch(string(part), -1) {
			all.WriteString(m[1] + "\n")
		}
	}
	return all.String()
}
