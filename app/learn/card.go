package learn

import (
	"bytes"
	"io"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/tutorials/leaflet"
)

// printCard saves what to take along from the lesson as a page, and opens it
// where the person can print it.
func (r *Room) printCard() {
	say := r.manner.Words.Catalog()
	var out bytes.Buffer
	if err := leaflet.Card(&out, r.manner.Words, r.lesson(), r.manner.Voice); err != nil {
		r.window.Fail(err)
		return
	}
	r.window.Files().Save(r.lesson().ID+".html", func(to io.Writer) error {
		_, err := to.Write(out.Bytes())
		return err
	}, func(at fyne.URI) {
		r.window.Say(say.Text("guide.printed", "file", at.Name()))
		if err := r.window.Files().Launch(at); err != nil {
			r.window.Notice(say.Text("guide.not-opened"), err)
		}
	})
}
