package guide

import (
	"bytes"
	"io"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
	"github.com/grantwalk/grantwalk/tutorials/leaflet"
)

// print saves a paper as one page of HTML, and opens it where the person can print it.
func (r *Room) print(p *tutorials.Paper) {
	say := r.manner.Words.Catalog()
	var out bytes.Buffer
	if err := leaflet.Paper(&out, r.manner.Words, p); err != nil {
		r.window.Fail(err)
		return
	}
	r.window.Files().Save(p.ID+".html", func(to io.Writer) error {
		_, err := to.Write(out.Bytes())
		return err
	}, func(at fyne.URI) {
		r.window.Say(say.Text("guide.printed", "file", at.Name()))
		if err := r.window.Files().Launch(at); err != nil {
			r.window.Notice(say.Text("guide.not-opened"), err)
		}
	})
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
