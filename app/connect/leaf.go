package connect

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
)

// leaf is something that the room can show.
type leaf interface {
	draw() fyne.CanvasObject // as it is now; nil where it can't be drawn
	holds() bool             // somebody works there, whom a login that comes must not take elsewhere
}

// leaves turns the room to its leaves.
type leaves interface {
	turn(to leaf)         // shows one: another than before from its top
	stay(at leaf)         // is turn for somebody who went there: the newest login no longer shows by itself
	gone(one leaf)        // shows where apps log in instead of one, if that is where somebody is
	shows(one leaf) bool  // it is what shows now
	redraw()              // draws what shows as it is now
	showLogin(number int) // shows a login in its place
}

// tools are what every part of the room works with.
type tools struct {
	window  room.Window
	words   *words
	sheet   *sheet // on which most of them draw
	errands *errands
	leaves  leaves
}

// newField returns an empty field, which Escape leaves.
func (t *tools) newField() *field {
	f := &field{Field: page.NewField(func() { t.window.Focus(nil) })}
	f.held = page.NewHolder(f.Field, nil)
	return f
}

// copy puts a text on the clipboard, and says so.
func (t *tools) copy(text string) {
	t.window.Copy(text)
	t.window.Say(t.words.say("copied", "text", text))
}
