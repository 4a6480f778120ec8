package pages_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp/pages"
)

func TestAPageSaysItsWordsInTheLanguageThatItIsHanded(t *testing.T) {
	html, hash, err := pages.Page{Title: "x", Body: map[string]any{"Heading": "Signed out"}}.Render("signed-out.html")
	if err != nil {
		t.Fatal(err)
	}
	if text := string(html); !strings.Contains(text, `<html lang="en">`) || !strings.Contains(text, "<p>You can close this page.</p>") ||
		hash == "" {
		t.Errorf("without words a page speaks English: %s", text)
	}
	german := pages.Words{Tag: "de", Find: finds(map[string]string{"signed-out.close": "Die Seite kann zu."})}
	if html, _, err = (pages.Page{Words: german, Body: map[string]any{"Heading": "x"}}).Render("signed-out.html"); err != nil {
		t.Fatal(err)
	}
	text := string(html)
	if !strings.Contains(text, `<html lang="de">`) || !strings.Contains(text, "<p>Die Seite kann zu.</p>") {
		t.Errorf("the words were not taken: %s", text)
	}
	if !strings.Contains(text, "Grantwalk identity provider") {
		t.Errorf("what is missing is said in English: %s", text)
	}
}

func TestWhatIsFilledInIsEscapedAndNotFilledAgain(t *testing.T) {
	page := pages.Page{Words: pages.Words{Find: finds(map[string]string{"x": "<b> {a} & {b}"})}}
	if got, want := string(page.Say("x", "a", `<i>"+{b}`, "b", 2)), `&lt;b&gt; &lt;i&gt;&#34;&#43;{b} &amp; 2`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := (pages.Words{}).Text("consent.heading", "client", "{client}"); got != "Allow {client}?" {
		t.Errorf("got %q", got)
	}
	if got := (pages.Words{}).Text("nobody-knows-this"); got != "nobody-knows-this" {
		t.Errorf("an unknown id is said as it is, got %q", got)
	}
}

func TestAPageThatThereIsNotIsAnError(t *testing.T) {
	if _, _, err := (pages.Page{}).Render("nothing.html"); err == nil {
		t.Error("a page was made of nothing")
	}
}

// Every id that a template or the provider asks for has words, and all words are asked for.
func TestWordsAndPagesFitTogether(t *testing.T) {
	asked := askedFor(t)
	english := pages.English()
	for id := range asked {
		if english[id] == "" && !strings.HasSuffix(id, ".") {
			t.Errorf("en.json has no words for %s", id)
		}
	}
	for id := range english {
		family, _, _ := strings.Cut(id, ".")
		if !asked[id] && !asked[family+"."] { // by the name of something
			t.Errorf("nobody asks for %s of en.json", id)
		}
	}
}

// askedFor are the ids that stand in the templates, here and in the provider's code.
func askedFor(t *testing.T) map[string]bool {
	t.Helper()
	ask := regexp.MustCompile(`(?:Say|say|Text)\(? ?"([a-z-]+(?:\.[a-z-]*)?)"|"(notice\.[a-z-]+)"`)
	asked := map[string]bool{}
	for _, pattern := range []string{"*.html", "*.go", "../*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			src, err := os.ReadFile(filepath.Clean(name))
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, m := range ask.FindAllStringSubmatch(string(src), -1) {
				asked[m[1]+m[2]] = true
			}
		}
	}
	return asked
}

// A letter of English that stands in a template can't be translated.
func TestNoTemplateHasWordsOfItsOwn(t *testing.T) {
	names, err := fs.Glob(os.DirFS("."), "*.html")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d pages: %v", len(names), err)
	}
	aside := regexp.MustCompile(`(?s)\{\{.*?\}\}|<[^>]*>`)
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if left := strings.Fields(aside.ReplaceAllString(string(src), " ")); len(left) != strings.Count(strings.Join(left, " "), "·")+
			strings.Count(strings.Join(left, " "), ":") {
			t.Errorf("%s says %q by itself", name, left)
		}
	}
}

func finds(texts map[string]string) func(id string) (string, bool) {
	return func(id string) (string, bool) {
		text, ok := texts[id]
		return text, ok
	}
}
