package app

import (
	"errors"
	"fmt"
	"io"
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/grantwalk/grantwalk/app/room"
)

// fileDialogs are Fyne's own.
type fileDialogs struct{ w *window }

var _ room.Files = fileDialogs{}

// Open asks for a file of that kind.
func (f fileDialogs) Open(extension string, read func(string, io.Reader)) {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			f.w.Notice(f.w.words.Catalog().Text("frame.file.unreadable"), err)
		case file != nil:
			read(file.URI().Name(), file)
			_ = file.Close() // it was only read
		}
	}, f.w.win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{extension}))
	f.show(d)
}

// Save asks where to.
func (f fileDialogs) Save(name string, write func(io.Writer) error, saved func(at fyne.URI)) {
	d := dialog.NewFileSave(func(file fyne.URIWriteCloser, err error) {
		if err == nil && file == nil {
			return
		}
		if err == nil {
			err = errors.Join(write(file), file.Close())
		}
		if err != nil {
			f.w.Notice(f.w.words.Catalog().Text("frame.file.unwritable"), err)
			return
		}
		saved(file.URI())
	}, f.w.win)
	d.SetFileName(name)
	f.show(d)
}

// Launch opens a file with the program that the system has for it.
func (f fileDialogs) Launch(at fyne.URI) error {
	where, err := url.Parse(at.String())
	if err != nil {
		return fmt.Errorf("open %s: %w", at.Name(), err)
	}
	return f.w.app.OpenURL(where)
}

// show gives a file dialog the room that the window has, and Escape.
func (f fileDialogs) show(d *dialog.FileDialog) {
	d.SetOnClosed(f.w.dialogs.Hold(d.Hide))
	d.Show()
	size := f.w.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(900, size.Width-48), min(620, size.Height-48))) // only now: before, it has no window
}
