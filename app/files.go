package app

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"

	"github.com/grantwalk/grantwalk/app/page"
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
	f.show(d, "open")
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
	offer(f.show(d, "save"), name)
}

// Launch opens a file with the program that the system has for it.
func (f fileDialogs) Launch(at fyne.URI) error {
	where, err := url.Parse(at.String())
	if err != nil {
		return fmt.Errorf("open %s: %w", at.Name(), err)
	}
	return f.w.app.OpenURL(where)
}

// offer marks the name that is offered, all but its ending, so that another one is typed over it.
func offer(field *page.Field, name string) {
	if field == nil || field.Text != name {
		return
	}
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	field.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	for range strings.TrimSuffix(name, filepath.Ext(name)) {
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	field.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

// show gives a file dialog the room that the window has, its words, and Escape,
// and returns the field of the name, if it has one. Files stand in a list, which
// is read faster than a grid.
func (f fileDialogs) show(d *dialog.FileDialog, does string) *page.Field {
	say := f.w.words.Catalog()
	d.SetTitleText(say.Text("frame.file." + does + "-title"))
	d.SetConfirmText(say.Text("frame.file." + does))
	d.SetDismissText(say.Text("frame.cancel"))
	d.SetView(dialog.ListView)
	d.SetOnClosed(f.w.dialogs.Hold(d.Hide))
	d.Show()
	field := f.own()
	size := f.w.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(900, size.Width-48), min(620, size.Height-48))) // only now: before, it has no window
	return field
}
