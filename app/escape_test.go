package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Whatever in a dialog has the keyboard, Escape closes what lies on top.
func TestEscapeClosesADialogWhereverTheKeyboardIs(t *testing.T) {
	w := opening(t, test.NewTempApp(t), at("token"))
	for _, id := range []string{"window.search", "run.export", "what-if.mistake", "bench.pkce", "bench.token", "window.keys", "window.about"} {
		for i := range stopsOf(w, id) {
			w.act(id)
			for range i + 1 {
				w.win.Canvas().FocusNext()
			}
			f := w.win.Canvas().Focused()
			if f == nil {
				continue
			}
			escape(w)
			escape(w) // a field is left first
			if w.dialogs.IsOpen() {
				t.Errorf("%s: Escape at a %T leaves it open", id, f)
				w.dialogs.Dismiss()
			}
		}
	}
}

// stopsOf counts the stops of Tab in a dialog.
func stopsOf(w *window, id string) int {
	w.act(id)
	defer w.dialogs.Dismiss()
	stops := map[fyne.Focusable]bool{}
	for range 60 {
		w.win.Canvas().FocusNext()
		f := w.win.Canvas().Focused()
		if f == nil || stops[f] {
			break
		}
		stops[f] = true
	}
	return len(stops)
}

// escape is pressed where the keyboard is.
func escape(w *window) {
	if f := w.win.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		return
	}
	typeKeys(w, fyne.KeyEscape)
}
