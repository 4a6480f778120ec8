package learn

import (
	"io"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials/leaflet"
)

// printCard saves what to take along from the lesson as a page, and opens it
// where the person can print it.
func (r *Room) printCard() {
	room.Print(r.window, r.manner.Words.Catalog(), r.lesson().ID+".html", func(to io.Writer) error {
		return leaflet.Card(to, r.manner.Words, r.lesson(), r.manner.Voice)
	})
}
