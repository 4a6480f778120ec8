package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"github.com/grantwalk/grantwalk/app/picker"
	"github.com/grantwalk/grantwalk/app/room"
)

// fileDialogs ask for files in a dialog over the window. A file may lie on a disk
// that is asleep or in another house: it is read and written out of the way of
// whoever draws.
type fileDialogs struct {
	*surface

	typed  func(*fyne.KeyEvent) bool
	notice func(title string, err error)
	away   func(work func() error, then func(error))
}

// mostRead bounds what is taken from a file: it is more than any saved run can
// be, so that whoever reads it says so.
const mostRead = 64 << 20

var _ room.Files = fileDialogs{}

// Open asks for a file of that kind.
func (f fileDialogs) Open(extension string, read func(string, io.Reader)) {
	f.ask(picker.Question{Ending: extension}, func(path string, _ bool) {
		f.take(filepath.Base(path), func() (io.ReadCloser, error) {
			return os.Open(path) //nolint:gosec // whoever looks at the window picked it
		}, read)
	})
}

// Fetch reads a file that was dropped.
func (f fileDialogs) Fetch(at fyne.URI, read func(string, io.Reader)) {
	f.take(at.Name(), func() (io.ReadCloser, error) { return storage.Reader(at) }, read)
}

// take reads a file and hands it over.
func (f fileDialogs) take(name string, open func() (io.ReadCloser, error), read func(string, io.Reader)) {
	var content []byte
	f.away(func() error {
		file, err := open()
		if err != nil {
			return err
		}
		content, err = io.ReadAll(io.LimitReader(file, mostRead))
		return errors.Join(err, file.Close())
	}, func(err error) {
		if err != nil {
			f.notice(f.text("frame.file.unreadable"), err)
			return
		}
		read(name, bytes.NewReader(content))
	})
}

// Save asks where to.
func (f fileDialogs) Save(name string, write func(io.Writer) error, saved func(at fyne.URI)) {
	f.ask(picker.Question{Save: true, Name: name, Ending: filepath.Ext(name)}, func(path string, fresh bool) {
		f.away(func() error { return writeTo(path, fresh, write) }, func(err error) {
			if err != nil {
				f.notice(f.text("frame.file.unwritable"), err)
				return
			}
			saved(storage.NewFileURI(path))
		})
	})
}

// writeTo writes a file, in a folder that is made first where that is fresh.
func writeTo(path string, fresh bool, write func(io.Writer) error) error {
	if fresh {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return err
		}
	}
	file, err := os.Create(path) //nolint:gosec // whoever looks at the window picked it
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}

// Launch opens a file with the program that the system has for it.
func (f fileDialogs) Launch(at fyne.URI) error {
	where, err := url.Parse(at.String())
	if err != nil {
		return fmt.Errorf("open %s: %w", at.Name(), err)
	}
	return f.app.OpenURL(where)
}

// ask begins in the folder of last time, and closes before it tells what was picked.
func (f fileDialogs) ask(q picker.Question, picked func(path string, fresh bool)) {
	say, does := f.words.Catalog(), "open"
	if q.Save {
		does = "save"
	}
	q.Folder = f.settings.folder
	p := picker.New(say, q, picker.Calls{
		Key: f.typed, Leave: f.Dismiss, Focus: f.Focus, Elsewhere: f.away,
		Picked: func(path string, fresh bool) {
			f.settings.saveFolder(filepath.Dir(path))
			f.Dismiss()
			picked(path, fresh)
		},
	})
	f.dialogs.Show(room.Dialog{
		Title: say.Text("frame.file." + does + "-title"), Content: p.Content(), Size: fyne.NewSize(760, 600), First: p.First(),
	})
	p.Begin()
}
