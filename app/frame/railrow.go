package frame

import (
	"cmp"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
)

// entry is one row of the rail.
type entry struct {
	button *page.Button
	note   *page.Line
	line   fyne.CanvasObject // button and indent
	row    room.Row
}

// indent is how far a row stands in.
func indent(row room.Row) float32 {
	if row.Indent {
		return 16
	}
	return 0
}

// set shows what holds now.
func (e *entry) set(row room.Row) {
	e.row = row
	icon := ""
	switch {
	case row.On:
		icon = look.IconCheck
	case row.Choice:
		icon = "blank" // keeps the words of all choices in line
	}
	if ink := cmp.Or(row.Ink, look.InkSoft); e.note.Words != row.Note || e.note.Ink != ink {
		e.note.Ink = ink
		e.note.SetText(row.Note)
		e.note.Refresh()
		e.button.Refresh() // the label has another room now
	}
	e.button.Set(row.Label, icon)
	e.button.SetChosen(row.Here)
	e.button.SetHolds(row.Holds)
	if row.Off {
		e.button.Disable()
	} else {
		e.button.Enable()
	}
}
