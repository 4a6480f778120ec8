package page_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
)

// passage is a text on a window, and what was copied of it.
func passage(t *testing.T, words string) (s *page.Selectable, copied *string) {
	t.Helper()
	looktest.App(t)
	k, copied := page.NewKit(), new(string)
	k.Copy = func(text string) { *copied = text }
	s = page.NewSelectable(k)
	s.Set(page.Prose(words, look.Body, look.Ink)...)
	w := test.NewTempWindow(t, s)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 200))
	return s, copied
}

func drag(s *page.Selectable, from, to fyne.Position) {
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: to}, Dragged: fyne.NewDelta(to.X-from.X, to.Y-from.Y)})
	s.DragEnd()
}

func TestWhatIsMarkedIsCopiedAsItWouldBeWritten(t *testing.T) {
	const words = "One **bold** word and a good many others, so that the line is broken.\n\nAnother paragraph."
	s, copied := passage(t, words)
	drag(s, fyne.NewPos(0, 3), fyne.NewPos(199, 199))
	s.TypedShortcut(&fyne.ShortcutCopy{})
	if want := "One bold word and a good many others, so that the line is broken.\nAnother paragraph."; *copied != want {
		t.Errorf("copied %q, want %q", *copied, want)
	}
	s.FocusLost()
	if s.Marked() != "" || !s.Disabled() {
		t.Error("it is marked still, and would be stopped at by keyboard")
	}
	drag(s, fyne.NewPos(199, 3), fyne.NewPos(0, 3)) // backwards, within one line
	if got := s.Marked(); got == "" || len(got) > 40 || got[:8] != "One bold" {
		t.Errorf("marked %q", got)
	}
}

func TestADoubleClickMarksItAll(t *testing.T) {
	s, _ := passage(t, "A sentence for a mail.")
	s.DoubleTapped(nil)
	if got := s.Marked(); got != "A sentence for a mail." {
		t.Errorf("marked %q", got)
	}
	if s.Set(page.Prose("Another one.", look.Body, look.Ink)...); s.Marked() != "" {
		t.Error("other words are marked as well")
	}
}
