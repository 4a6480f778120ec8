package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/grantwalk/grantwalk/app/room"
)

// region gives the keyboard to the next region of the window, or while Shift is
// held to the one before. Fyne tells of no Shift that is held with such a key.
func (w *window) region() {
	by := +1
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0 {
		by = -1
	}
	w.toRegion(by)
}

func (w *window) toRegion(by int) { w.Focus(w.frame.Next(w.win.Canvas().Focused(), by, w.regions())) }

// regions are those of the room, and what is read beside it.
func (w *window) regions() []room.Region { return append(w.rooms.regions(), w.reader.regions()...) }
