package room

import (
	"bytes"
	"io"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Print saves a page of HTML to where the person says, and opens it in the
// program from which it can be printed. Nothing is saved of a page that cannot
// be written whole.
func Print(w Window, say *catalog.Catalog, name string, write func(io.Writer) error) {
	var page bytes.Buffer
	if err := write(&page); err != nil {
		w.Fail(err)
		return
	}
	w.Files().Save(name, func(to io.Writer) error {
		_, err := to.Write(page.Bytes())
		return err //nolint:wrapcheck // who saves says what it is about
	}, func(at fyne.URI) {
		w.Say(say.Text("guide.printed", "file", at.Name()))
		if err := w.Files().Launch(at); err != nil {
			w.Notice(say.Text("guide.not-opened"), err)
		}
	})
}
