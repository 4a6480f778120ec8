//go:build !race

package app

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// speaking is a window that was opened in English and then told to speak the pseudo language.
func speaking(t *testing.T, o Options) *window {
	t.Helper()
	o.Words = wordstest.PseudoFiles(t)
	w := opening(t, looktest.Bare(t), o)
	w.act("language." + pseudo.Language)
	return w
}

// texts are all that can be read in an object, and in what it is made of.
func texts(o fyne.CanvasObject) []string {
	if o == nil || !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *canvas.Text:
		return []string{o.Text}
	case *widget.Label:
		return []string{o.Text}
	case *widget.RichText:
		return []string{o.String()}
	case *fyne.Container:
		var all []string
		for _, inner := range o.Objects {
			all = append(all, texts(inner)...)
		}
		return all
	case fyne.Widget:
		var all []string
		for _, inner := range test.WidgetRenderer(o).Objects() {
			all = append(all, texts(inner)...)
		}
		return all
	}
	return nil
}

func TestTheWindowIsTranslatedWhileItStandsThere(t *testing.T) {
	for _, f := range flows.All() {
		w := speaking(t, Options{Walk: walk.Options{Flow: f.ID}})
		state, err := json.Marshal(w.rooms.shown.State())
		if err != nil {
			t.Fatal(err)
		}
		known := pseudo.Names(string(state)) // what its parties sent
		said := texts(w.win.Content())
		for c := range room.All(w.table()) {
			said = append(said, c.Label(), c.Line())
		}
		for _, menu := range w.win.MainMenu().Items {
			said = append(said, menu.Label)
		}
		for _, text := range said {
			if left := known.Left(text); len(left) > 0 {
				t.Errorf("%s: %q is English in %q", f.ID, left, text)
			}
		}
	}
}

func TestTheLanguageThatWasChosenIsSpokenAtTheNextStart(t *testing.T) {
	w := speaking(t, Options{})
	o := &Options{Words: w.options.Words, System: "en"}
	if got := languageOf(w.app.Preferences(), o); got != pseudo.Language {
		t.Errorf("the next start speaks %s", got)
	}
	if o.Language = "en"; languageOf(w.app.Preferences(), o) != "en" {
		t.Error("the command line does not count")
	}
	if words, err := o.load(pseudo.Language); err != nil || words.Catalog().Language() != pseudo.Language {
		t.Errorf("the words were not found: %v", err)
	}
	if _, err := o.load("tlh"); err == nil {
		t.Error("a language without words was loaded")
	}
	before := w.words
	if w.view.setLanguage("tlh"); w.words != before || !w.dialogs.IsOpen() {
		t.Error("a language that can't be read was taken, or nobody was told")
	}
}

func TestASentenceGoesWithTheLanguageThatItIsIn(t *testing.T) {
	w := speaking(t, Options{})
	w.Say("soup")
	w.view.setLanguage("en")
	if said := w.state().Said; said != "" {
		t.Errorf("in a window that shows no sentence any more, the state says %q", said)
	}
}

func TestTheWindowTellsTheWordsOfAFolder(t *testing.T) {
	lesson, err := fs.ReadFile(tutorials.Files(), "en/lessons/who-are-you.md")
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(lesson), "Title: Two questions at the airport", "Title: Our two questions", 1)
	if changed == string(lesson) {
		t.Fatal("the lesson has no such title any more")
	}
	folder := fstest.MapFS{"en/lessons/who-are-you.md": {Data: []byte(changed)}}
	w := opening(t, looktest.Bare(t), Options{
		Words: tutorials.Over(folder), Language: "en", Voice: tutorials.Everyone, Address: "lesson/who-are-you/two-questions",
	})
	w.view.setLanguage("en") // the window of the test was given the words that are built in
	if said := strings.Join(texts(w.win.Content()), "\n"); !strings.Contains(said, "Our two questions") {
		t.Errorf("the screen does not say it:\n%s", said)
	}
}
