package app

import (
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
		{guide.Place, "Look up and teach", learn.Place, guide.Heads(), func(w room.Window, words *tutorials.Library, o Options) room.Room {
			return guide.New(w, words, o.runs)
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
			return connect.New(w, words, o.Connect)
		}, nil},
		{lookup.Place, "Look up", "", lookup.Heads(), func(w room.Window, words *tutorials.Library, _ Options) room.Room {
			return lookup.New(w, words, providerName)
		}, lookup.Named},
	}
}

// IsAddress reports whether a word of the command line is the address of something in the window.
func IsAddress(text string) bool {
	a, err := address.Parse(text)
	_, known := (&rooms{places: places()}).of(a.Place)
	return err == nil && known
}

// issuer is that of a provider that a room is connected to; "" where there is none.
func (r *rooms) issuer() string {
	if c, ok := r.made[connect.Place].(*connect.Room); ok {
		return c.Issuer()
	}
	return ""
}
