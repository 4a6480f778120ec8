//go:build !race

package app

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
)

// goneFor are the commands that leave the room or the program.
func goneFor(id string) bool {
	return slices.Contains([]string{"window.quit", "window.full", "going.home", "going.back", "going.forward"}, id)
}

// opensDialogs are the commands that open a dialog in a room, by trying all of them.
func opensDialogs(t *testing.T, w *window, address string) []string {
	t.Helper()
	var opens []string
	for c := range room.All(w.table()) {
		if c.Off || c.Do == nil || goneFor(c.ID) || !c.Opens && c.Menu == room.MenuView {
			continue
		}
		if c.Opens || c.Menu == room.MenuHelp || c.ID == "window.search" {
			opens = append(opens, c.ID)
		}
	}
	if len(opens) < 4 {
		t.Fatalf("in %s only %q open a dialog: this test sees too little", address, opens)
	}
	return opens
}

// Whatever in a dialog has the keyboard, one press of Escape closes it.
func TestEscapeClosesADialogWhereverTheKeyboardIs(t *testing.T) {
	for _, address := range []string{"walk/authorization-code-pkce/token", "connect"} {
		w := opening(t, looktest.Bare(t), Options{Address: address})
		for _, id := range opensDialogs(t, w, address) {
			w.act(id)
			if w.dialogs.IsOpen() { // else it is a sheet or a pane, see below
				stops := len(stopsIn(w.win.Canvas().Overlays().Top()))
				w.dialogs.Dismiss()
				closes(t, w, id, stops)
			}
		}
	}
}

// closes opens a dialog once for each of its stops, and presses Escape there.
func closes(t *testing.T, w *window, id string, stops int) {
	t.Helper()
	if stops == 0 {
		t.Errorf("%s: nothing in the dialog can have the keyboard, not even what closes it", id)
	}
	for i := range stops {
		w.act(id)
		stop := stopsIn(w.win.Canvas().Overlays().Top())[i]
		w.win.Canvas().Focus(stop)
		escape(w)
		if w.dialogs.IsOpen() {
			t.Errorf("%s: Escape at a %T leaves it open", id, stop)
			w.dialogs.Dismiss()
		}
	}
}

// So it does with what is read beside a room, and with the pane in which a
// request is changed, where a field is left first: what was typed is not lost.
func TestEscapeClosesASheetAndAPaneWhereverTheKeyboardIs(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	w.win.Resize(fyne.NewSize(1440, 900))
	read := func() fyne.CanvasObject { w.Read(addressIn("glossary/pkce")); return w.reader.sheet.Content() }
	for i := range stopsIn(read()) {
		w.win.Canvas().Focus(stopsIn(read())[i])
		escape(w)
		if w.reader.sheet != nil {
			t.Errorf("Escape at the %dth stop leaves the sheet open", i+1)
			w.reader.shut()
		}
	}
	change := func() []fyne.Focusable { w.act("walk.tamper"); return stopsIn(w.rooms.shown.Content()) }
	seen := 0
	for i, stop := range change() {
		w.win.Canvas().Focus(stop)
		escape(w)
		if _, field := stop.(*page.Field); field {
			seen++
			escape(w)
		}
		if now(t, w).Tamper {
			t.Errorf("Escape at a %T, the %dth stop, leaves the pane open", stop, i+1)
		} else {
			change()
		}
	}
	if seen == 0 {
		t.Error("there is no field in the pane: this test sees too little")
	}
}

// A menu that hangs at something closes too, and nothing below it.
func TestEscapeClosesAMenuAlone(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	w.win.Resize(fyne.NewSize(1440, 900))
	w.Read(addressIn("glossary/pkce"))
	hung := 0
	for _, stop := range stopsIn(w.win.Content()) {
		b, ok := stop.(*page.Button)
		if !ok || b.Icon != "down" && (b.Icon != "open" || !b.IconLast) { // the lens, and the choices above the diagram
			continue
		}
		b.Tapped(nil)
		if w.win.Canvas().Overlays().Top() == nil {
			continue
		}
		hung++
		escape(w)
		if w.win.Canvas().Overlays().Top() != nil || w.reader.sheet == nil {
			t.Errorf("Escape in the menu of %q leaves it open, or closes the sheet too", b.Label)
		}
	}
	if hung < 4 {
		t.Errorf("only %d menus hang at something: this test sees too little", hung)
	}
}

// stopsIn are all that can have the keyboard in an object, the toolkit's own included.
func stopsIn(o fyne.CanvasObject) []fyne.Focusable {
	if o == nil || !o.Visible() {
		return nil
	}
	var stops []fyne.Focusable
	if f, ok := o.(fyne.Focusable); ok {
		if d, can := o.(fyne.Disableable); !can || !d.Disabled() {
			stops = append(stops, f)
		}
	}
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		parts = o.Objects
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	}
	for _, part := range parts {
		stops = append(stops, stopsIn(part)...)
	}
	return stops
}
