package guide

import (
	"io"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
	"github.com/grantwalk/grantwalk/tutorials/leaflet"
)

// print saves a paper as one page of HTML, and opens it where the person can print it.
func (r *Room) print(p *tutorials.Paper) {
	room.Print(r.window, r.manner.Words.Catalog(), p.ID+".html", func(to io.Writer) error { return leaflet.Paper(to, r.manner.Words, p) })
}

// Tried says in which version somebody ran the settings, or that nobody did.
func Tried(say *catalog.Catalog, p *tutorials.Paper) string {
	switch {
	case p.Tried != "":
		return say.Text("guide.tried", "client", p.Tried, "version", p.Version)
	case p.Pin != "":
		return say.Text("guide.tested", "version", p.Version)
	}
	return say.Text("guide.untried", "version", p.Version)
}
