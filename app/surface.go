package app

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/frame"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials"
)

// surface is what every part of the window stands on. Another language brings
// other words, another frame and other dialogs, so no part keeps one of them.
type surface struct {
	app      fyne.App
	win      fyne.Window
	settings *settings
	words    *tutorials.Library
	frame    *frame.Frame
	dialogs  *room.Dialogs
	changed  func() // has header, rail, menus and state shown as they are now
}

// text is what the window says by that id.
func (s *surface) text(id string, pairs ...string) string {
	return s.words.Catalog().Text(id, pairs...)
}

// manner is how everything is told now.
func (s *surface) manner() room.Manner {
	return room.Manner{Words: s.words, Voice: s.settings.voice, Lens: s.settings.lens, Still: s.settings.reduceMotion}
}

// Focus gives the keyboard to a part of the room, or with nil to the room itself.
func (s *surface) Focus(part fyne.Focusable) {
	if part == nil {
		s.win.Canvas().Unfocus()
		return
	}
	s.win.Canvas().Focus(part)
}

// Show opens a dialog.
func (s *surface) Show(d room.Dialog) { s.dialogs.Show(d) }

// Dismiss closes the dialog that is open.
func (s *surface) Dismiss() { s.dialogs.Dismiss() }

// Copy puts a text on the clipboard.
func (s *surface) Copy(text string) { s.app.Clipboard().SetContent(text) }

// Pasted is what lies on the clipboard.
func (s *surface) Pasted() string { return s.app.Clipboard().Content() }

// Size is that of all that can be drawn on.
func (s *surface) Size() fyne.Size { return s.win.Canvas().Size() }
