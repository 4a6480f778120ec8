package app

import (
	"slices"

	"github.com/grantwalk/grantwalk/app/home"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/tutorials"
)

// place is a row of the table of rooms.
type place struct {
	id, title string
	open      func(room.Window, *tutorials.Library, Options) room.Room
}

// Ids of rooms that the window itself leads to.
const (
	placeHome = "home"
	placeWalk = "walk"
)

// places are the rooms of the window.
func places() []place {
	return []place{
		{placeHome, "Home", func(w room.Window, words *tutorials.Library, o Options) room.Room {
			return home.New(w, words.Catalog(), o.home)
		}},
		{placeWalk, "Walk", func(w room.Window, words *tutorials.Library, o Options) room.Room {
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
	r, entered := w.roomOf(p), w.opened[p.id]
	w.opened[p.id] = true
	w.dialogs.Dismiss()
	w.frame.Clear()
	w.Focus(nil) // what had the keyboard is not to be seen any more
	if p.id != placeHome {
		w.settings.saveMet()
	}
	w.room, w.here = r, p.id
	w.frame.Hold(r.Content())
	w.Changed()
	if w.begun && !entered { // last, because it goes on beside us
		r.Open(w.stands)
	}
}

// roomOf is the room of a place, made when it is needed first.
func (w *window) roomOf(p place) room.Room {
	r, made := w.rooms[p.id]
	if !made {
		r = p.open(w, w.words, w.options)
		w.rooms[p.id] = r
		r.Tell(w.manner())
	}
	return r
}

// first is the place that the window begins in: home for whoever was never
// anywhere else and asks for nothing.
func (w *window) first() place {
	if o := w.options; !w.settings.met && o.Voice == "" && o.Lens == "" && !o.Walk.Asks() {
		return w.placeOf(placeHome)
	}
	return w.placeOf(placeWalk)
}

// placeOf is the row with that id.
func (w *window) placeOf(id string) place {
	return w.places[slices.IndexFunc(w.places, func(p place) bool { return p.id == id })]
}

// homeCalls are what home asks of the window.
func (w *window) homeCalls() home.Calls {
	return home.Calls{Through: w.through, Back: w.goWalking, Where: w.where}
}

// through goes through a door of home.
func (w *window) through(d home.Door) {
	w.settings.saveVoice(d.Voice)
	w.settings.saveLens(d.Lens)
	if r, ok := w.roomOf(w.placeOf(placeWalk)).(*walk.Room); ok {
		r.Visit(d.Flow, d.Tab)
	}
	w.tell()
	w.goWalking()
}

func (w *window) goWalking() { w.enter(w.placeOf(placeWalk)) }

func (w *window) goHome() { w.enter(w.placeOf(placeHome)) }

// where is the place in the walk to go on at.
func (w *window) where() (at home.Place, open bool) {
	if r, ok := w.rooms[placeWalk].(*walk.Room); ok {
		at.Flow, at.Step, at.Steps, open = r.Where()
	}
	return at, open
}

// begin opens the room in which the window begins; ready is called when it stands there.
func (w *window) begin(ready func()) {
	w.begun = true
	w.fit(w.Size()) // the scale of the screen is known now
	w.room.Open(ready)
}
