package app

import (
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/tutorials"
)

// place is a row of the table of rooms.
type place struct {
	id, title string
	open      func(room.Window, *tutorials.Library, Options) room.Room
}

// places are the rooms of the window; it begins in the first.
func places() []place {
	return []place{
		{"walk", "Walk", func(w room.Window, words *tutorials.Library, o Options) room.Room {
			o.Walk.Version = o.Version
			return walk.New(w, words, o.Walk)
		}},
	}
}

// placeCommands go from room to room, where there is more than one.
func (w *window) placeCommands() []room.Command {
	var table []room.Command
	for i, p := range w.places {
		table = append(table, room.Command{
			ID: "place." + p.id, Menu: room.MenuGo, Words: w.words.Catalog().Called("command.place", p.title), Apart: i == 0,
			On: p.id == w.here, Do: func() { w.enter(p) },
		})
	}
	if len(table) == 1 {
		return nil
	}
	return table
}

// enter shows a room. One that was left is as it was left.
func (w *window) enter(p place) {
	r, entered := w.rooms[p.id]
	if !entered {
		r = p.open(w, w.words, w.options)
		w.rooms[p.id] = r
		r.Tell(w.manner())
	}
	w.dialogs.Dismiss()
	w.room, w.here = r, p.id
	w.frame.Hold(r.Content())
	if w.begun && !entered {
		r.Open(func() {})
	}
	w.Changed()
}

// begin opens the room in which the window begins; ready is called when it stands there.
func (w *window) begin(ready func()) {
	w.begun = true
	w.room.Open(ready)
}
