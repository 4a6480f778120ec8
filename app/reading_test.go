//go:build !race

package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/tutorials"
)

// searched types into the field of search and reads the first hit beside what shows.
func searched(t *testing.T, w *window, text string) {
	t.Helper()
	w.act("window.search")
	field, ok := w.win.Canvas().Focused().(fyne.Shortcutable)
	if !ok {
		t.Fatal("the field of search has not the keyboard")
	}
	test.Type(w.win.Canvas().Focused(), text)
	field.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
}

func TestSearchReadsAPageBesideTheWalkWhichGoesOn(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	w.win.Resize(fyne.NewSize(1440, 900))
	searched(t, w, "rfc 7636 4.6")
	if s := now(t, w); s.Beside != "standards/rfc7636/4.6" || s.Room != "walk" || w.dialogs.IsOpen() {
		t.Fatalf("%q is read beside %s, and a dialog is open: %t", s.Beside, s.Room, w.dialogs.IsOpen())
	}
	typeKeys(w, fyne.KeyRight)
	if s := now(t, w); s.Step != "token-response" || s.Beside == "" {
		t.Errorf("Right leads to %s, beside which %q is read", s.Step, s.Beside)
	}
	w.view.setVoice(tutorials.Developer)
	if s := now(t, w); s.Beside != "standards/rfc7636/4.6" {
		t.Errorf("in another voice %q is read", s.Beside)
	}
}

func TestWhatSearchFindsOtherwiseOpensInItsPlace(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	searched(t, w, "refresh token")
	typeKeys(w, fyne.KeyEscape)
	w.goHome()
	searched(t, w, "rfc 7636 4.6")
	if s := now(t, w); s.Beside != "" || s.Address != "standards/rfc7636/4.6" {
		t.Errorf("from home the page opens at %s, and beside it %q", s.Address, s.Beside)
	}
}

func TestASheetTurnsByItsLinksAndBackAndOpensWhole(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	w.Read(addressIn("glossary/pkce"))
	w.Read(addressIn("glossary/code-verifier"))
	press := func() { // the first button at the head
		for _, f := range w.reader.sheet.Stops() {
			if b, ok := f.(*page.Button); ok {
				b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
				return
			}
		}
	}
	press()
	if s := now(t, w); s.Beside != "glossary/pkce" {
		t.Errorf("back in the sheet leads to %q", s.Beside)
	}
	press()
	if s := now(t, w); s.Beside != "" || s.Address != "glossary/pkce" {
		t.Errorf("opened whole it stands at %s, and beside it %q", s.Address, s.Beside)
	}
}

func TestEscapeTakesTheTopmostAwayOneAtATime(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	w.win.Resize(fyne.NewSize(1024, 640))
	w.act("walk.who-sees")
	w.Read(addressIn("glossary/pkce"))
	w.act("window.rail")
	w.act("window.search")
	type open struct{ dialog, rail, sheet bool }
	for i, want := range []open{{false, true, true}, {false, false, true}, {false, false, false}} {
		escape(w)
		if got := (open{w.dialogs.IsOpen(), w.frame.Floats(), w.reader.sheet != nil}); got != want {
			t.Errorf("after Escape, %d times, %+v is open, want %+v", i+1, got, want)
		}
	}
}

func TestF6LeadsIntoTheSheetAndEscapeOutOfIt(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	w.win.Resize(fyne.NewSize(1440, 900))
	w.Read(addressIn("glossary/pkce"))
	for range 4 {
		w.toRegion(+1)
	}
	if f := w.win.Canvas().Focused(); !page.Within(w.reader.sheet.Content(), f) {
		t.Fatalf("after diagram, story and bar F6 leads to a %T", f)
	}
	escape(w)
	if w.reader.sheet != nil || w.win.Canvas().Focused() != nil {
		t.Errorf("Escape leaves the sheet open: %t, and the keyboard with %T", w.reader.sheet != nil, w.win.Canvas().Focused())
	}
}
