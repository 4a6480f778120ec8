package app

import (
	"io"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func TestTheFileDialogsOpenAndEscapeClosesThem(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{})
	for name, show := range map[string]func(){
		"open": func() { w.files.Open(".json", func(string, io.Reader) {}) },
		"save": func() { w.files.Save("run.json", func(io.Writer) error { return nil }, func(fyne.URI) {}) },
	} {
		show()
		if !w.dialogs.IsOpen() || w.win.Canvas().Overlays().Top() == nil {
			t.Fatalf("%s: no dialog is open", name)
		}
		if field, ok := w.win.Canvas().Focused().(*widget.Entry); name == "save" && (!ok || field.SelectedText() != "run") {
			t.Errorf("%s: what is typed does not take the place of the name: %T", name, w.win.Canvas().Focused())
		}
		typeKeys(w, fyne.KeyEscape)
		if w.dialogs.IsOpen() {
			t.Errorf("%s: it is still open", name)
		}
	}
}
