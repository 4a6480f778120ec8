package deck_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"path"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/deck"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// show is the talk of ten minutes, with one of everything in it.
func show(t *testing.T) (*talk.Show, deck.Options) {
	t.Helper()
	return of(t, 10)
}

func of(t *testing.T, minutes int) (*talk.Show, deck.Options) {
	t.Helper()
	words := wordstest.English(t)
	provider, err := onstage.Providers(true)
	if err != nil {
		t.Fatal(err)
	}
	which, _ := words.Talks().Talk("log-in-with")
	s, err := talk.Prepare(t.Context(), words, which, minutes, talk.Options{Provider: provider})
	if err != nil {
		t.Fatal(err)
	}
	return s, deck.Options{Say: words.Catalog()}
}

func written(t *testing.T, format string, s *talk.Show, o deck.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := deck.Write(&out, format, s, o); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// archived are the files of an archive.
func archived(t *testing.T, content []byte) map[string][]byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(in); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// relation is one that a part of a presentation names.
type relation struct {
	ID     string `xml:"Id,attr"`
	Target string `xml:"Target,attr"`
}

func TestEveryPartOfAPresentationIsThereAndCanBeRead(t *testing.T) {
	s, o := show(t)
	files := archived(t, written(t, "pptx", s, o))
	for name, content := range files {
		if strings.HasSuffix(name, ".png") {
			continue
		}
		wellFormed(t, name, content)
		if strings.HasSuffix(name, ".rels") {
			leadsSomewhere(t, files, name)
		}
	}
	types := string(files["[Content_Types].xml"])
	for name := range files {
		if path.Ext(name) == ".xml" && name != "[Content_Types].xml" && !strings.Contains(types, `"/`+name+`"`) {
			t.Errorf("nobody says what %s is", name)
		}
	}
	if n := strings.Count(string(files["ppt/presentation.xml"]), "<p:sldId "); n != len(s.Slides) {
		t.Errorf("it has %d slides of %d", n, len(s.Slides))
	}
	if notes := string(files["ppt/notesSlides/notesSlide1.xml"]); !strings.Contains(notes, "Nothing is staged") {
		t.Error("the notes do not say what to say")
	}
	for _, place := range []string{`type="sldImg"`, `type="body"`} { // or a page of notes prints neither slide nor words
		if strings.Count(string(files["ppt/notesMasters/notesMaster1.xml"]), place) != 1 {
			t.Errorf("the master of the notes has no place of %s", place)
		}
	}
}

// leadsSomewhere reports a relation to a part that is not there.
func leadsSomewhere(t *testing.T, files map[string][]byte, name string) {
	t.Helper()
	var all struct {
		Relationship []relation
	}
	if err := xml.Unmarshal(files[name], &all); err != nil {
		t.Fatal(err)
	}
	of := path.Dir(path.Dir(name))
	for _, r := range all.Relationship {
		if _, there := files[path.Join(of, r.Target)]; !there {
			t.Errorf("%s leads to %s, which is not there", name, r.Target)
		}
	}
}

func wellFormed(t *testing.T, name string, content []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(content))
	ids := map[string]bool{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if id := idOf(token); id != "" && ids[id] {
			t.Errorf("%s: two shapes have the id %s", name, id)
		} else {
			ids[id] = true
		}
	}
}

// idOf is the id of a shape, "" of anything else.
func idOf(token xml.Token) string {
	start, ok := token.(xml.StartElement)
	if !ok || start.Name.Local != "cNvPr" {
		return ""
	}
	for _, a := range start.Attr {
		if a.Name.Local == "id" {
			return a.Value
		}
	}
	return ""
}

func TestThereIsAPictureOfEachScene(t *testing.T) {
	s, o := of(t, 5) // two million pixels a scene
	files := archived(t, written(t, "png", s, o))
	if len(files) != len(s.Slides) {
		t.Fatalf("there are %d pictures of %d scenes", len(files), len(s.Slides))
	}
	for name, content := range files {
		config, err := png.DecodeConfig(bytes.NewReader(content))
		if err != nil || config.Width != 1920 || config.Height != 1080 {
			t.Errorf("%s is %d by %d: %v", name, config.Width, config.Height, err)
		}
	}
}

func TestASlideshowNeedsNothingFromElsewhere(t *testing.T) {
	s, o := show(t)
	page := string(written(t, "slideshow", s, o))
	for _, stray := range []string{"src=\"http", "href=\"http", "@import", "url(http", "fetch(", "XMLHttpRequest"} {
		if strings.Contains(page, stray) {
			t.Errorf("the page has %q in it", stray)
		}
	}
	if n := strings.Count(page, "<section "); n != len(s.Slides) {
		t.Errorf("it has %d scenes of %d", n, len(s.Slides))
	}
	for _, view := range []string{"view opened", "view later", "view answered", "default-src 'none'"} {
		if !strings.Contains(page, view) {
			t.Errorf("the page lacks %q", view)
		}
	}
	for _, key := range []string{"PageDown", "Home", "End", "F5", "Escape", "Backspace", "b:", "w:", "o:", "g:", "t:", "c:", "l:", "n:"} {
		if !strings.Contains(page, key) {
			t.Errorf("the page knows no key %q", key)
		}
	}
}

func TestWordsAreAsWideInEveryFontAsTheyWereMeasured(t *testing.T) {
	s, o := show(t)
	page := string(written(t, "slideshow", s, o))
	if all, fixed := strings.Count(page, "<text "), strings.Count(page, " textLength="); all == 0 || all != fixed {
		t.Errorf("%d of %d lines of words are", fixed, all)
	}
}

func TestAHandoutSaysWhatWasSaidAndWhatPeopleAsk(t *testing.T) {
	s, o := show(t)
	o.Web = "https://grantwalk.example/talks/log-in-with"
	page := string(written(t, "handout", s, o))
	for i := range s.Slides {
		for _, r := range s.Slides[i].Scene.Asked {
			if !strings.Contains(page, r.Question) {
				t.Errorf("it lacks %q", r.Question)
			}
		}
	}
	if !strings.Contains(page, "<title>"+o.Web+"</title>") || !strings.Contains(page, "@page") || strings.Contains(page, "<script") {
		t.Error("it has no code for phones, no measures for paper, or a script")
	}
	o.Web = ""
	if strings.Contains(string(written(t, "handout", s, o)), `class="code"`) {
		t.Error("there is a code that leads nowhere")
	}
}

func TestAFormatThatThereIsNotNamesThoseThatThereAre(t *testing.T) {
	if err := deck.Write(io.Discard, "key", nil, deck.Options{}); err == nil || !strings.Contains(err.Error(), "slideshow") {
		t.Errorf("it says %v", err)
	}
	for _, f := range deck.Formats() {
		if deck.Extension(f) == "" {
			t.Errorf("a file of %q has no ending", f)
		}
	}
}
