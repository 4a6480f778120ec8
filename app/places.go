package app

import (
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/app/connect"
	"github.com/grantwalk/grantwalk/app/guide"
	"github.com/grantwalk/grantwalk/app/home"
	"github.com/grantwalk/grantwalk/app/learn"
	"github.com/grantwalk/grantwalk/app/lookup"
	"github.com/grantwalk/grantwalk/app/practice"
	"github.com/grantwalk/grantwalk/app/present"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// place is a row of the table of rooms.
type place struct {
	id, title string
	under     string   // the place whose button on the bar stands for it; "" for one with a button of its own
	heads     []string // with which the addresses of its room begin, besides its id
	open      func(room.Window, *tutorials.Library, Options) room.Room
	named     func(room.Manner, address.Address) string // says what an address leads to; nil: the title does
}

// placeHome is the one room that the window itself leads to.
const placeHome = address.Home

// places are the rooms of the window.
func places() []place {
	return []place{
		{placeHome, "Home", "", nil, func(w room.Window, words *tutorials.Library, o Options) room.Room {
			h := home.New(w, words.Catalog(), o.home)
			h.Again = func() int { return practice.Due(w.Store(), time.Now) }
			return h
		}, nil},
		{learn.Place, "Lessons", "", []string{learn.PlaceLesson}, func(w room.Window, words *tutorials.Library, o Options) room.Room {
			return learn.New(w, words, learn.Options{Provider: o.Walk.Provider, Now: time.Now})
		}, nil},
		{practice.Place, "Check yourself", learn.Place, practice.Heads(), func(w room.Window, words *tutorials.Library, o Options) room.Room {
			return practice.New(w, words, practice.Options{
				Provider: o.Walk.Provider, Now: time.Now,
				Lessons: func(words *tutorials.Library) []string { return learn.Finished(w.Store(), words) },
			})
		}, practice.Named},
		{guide.Place, "Look up and teach", learn.Place, guide.Heads(), func(w room.Window, words *tutorials.Library, _ Options) room.Room {
			return guide.New(w, words)
		}, guide.Named},
		{walk.Place, "Walk", "", []string{walk.PlaceWorkbench}, func(w room.Window, words *tutorials.Library, o Options) room.Room {
			o.Walk.Version = o.Version
			return walk.New(w, words, o.Walk)
		}, walk.Named},
		{present.Place, "Present", "", nil, func(w room.Window, words *tutorials.Library, o Options) room.Room {
			o.Present.Provider = o.Walk.Provider
			return present.New(w, words, o.Present)
		}, present.Named},
		{connect.Place, "Connect", "", nil, func(w room.Window, words *tutorials.Library, o Options) room.Room {
			return connect.New(w, words, connect.Options{Serve: o.Serve})
		}, nil},
		{lookup.Place, "Look up", "", lookup.Heads(), func(w room.Window, words *tutorials.Library, _ Options) room.Room {
			return lookup.New(w, words, providerName)
		}, lookup.Named},
	}
}

// IsAddress reports whether a word of the command line is the address of something in the window.
func IsAddress(text string) bool {
	a, err := address.Parse(text)
	_, known := (&window{places: places()}).placeOf(a.Place)
	return err == nil && known
}

// placeCommands go from room to room, where there is more than one.
func (w *window) placeCommands() []room.Command {
	var table []room.Command
	for i, p := range w.places {
		table = append(table, room.Command{
			ID: "place." + p.id, Menu: room.MenuGo, Words: w.titleOf(p), Apart: i == 0,
			On: p.id == w.here, Do: func() { w.Go(address.At(p.id)) },
		})
	}
	if len(table) == 1 {
		return nil
	}
	return table
}

func (w *window) titleOf(p place) string { return w.words.Catalog().Called("command.place", p.title) }

// enter shows a room. One that was left is as it was left.
func (w *window) enter(p place) {
	r := w.roomOf(p)
	w.opened[p.id] = true
	if p.id != placeHome {
		w.settings.saveMet()
	}
	if p.id == placeHome || p.id == lookup.Place {
		w.shut() // what is read there stands beside nothing
	}
	if w.here != p.id {
		w.dialogs.Dismiss()
		w.frame.Clear()
		w.Focus(nil) // what had the keyboard is not to be seen any more
		w.room, w.here = r, p.id
		w.frame.Hold(r.Content())
	}
	w.Changed()
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

// placeOf is the row to whose room an address that begins so leads.
func (w *window) placeOf(head string) (place, bool) {
	i := slices.IndexFunc(w.places, func(p place) bool { return p.id == head || slices.Contains(p.heads, head) })
	if i < 0 {
		return w.places[0], false
	}
	return w.places[i], true
}

// begin opens the room in which the window begins; ready is called when it stands there.
func (w *window) begin(ready func()) {
	w.begun = true
	w.fit(w.Size()) // the scale of the screen is known now
	w.room.Open(ready)
}
