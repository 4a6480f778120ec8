package app

import (
	"errors"
	"fmt"
	"io"
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// files is how the window reaches files: small, so that a test, or a platform
// without dialogs, brings its own.
type files interface {
	// open asks for a file and hands it over; nothing is called when the person thinks again.
	open(read func(name string, from io.Reader))
	// save asks where to, by a name that is offered.
	save(name string, write func(io.Writer) error)
}

// fileDialogs are Fyne's own.
type fileDialogs struct{ w *window }

func (f fileDialogs) open(read func(string, io.Reader)) {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			f.w.notice("This file can't be opened", err)
		case file != nil:
			read(file.URI().Name(), file)
			_ = file.Close() // it was only read
		}
	}, f.w.win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".json"}))
	f.show(d)
}

func (f fileDialogs) save(name string, write func(io.Writer) error) {
	d := dialog.NewFileSave(func(file fyne.URIWriteCloser, err error) {
		if err == nil && file == nil {
			return
		}
		if err == nil {
			err = errors.Join(write(file), file.Close())
		}
		if err != nil {
			f.w.notice("This file can't be written", err)
			return
		}
		f.w.screen.Hint("Saved: " + file.URI().Name())
	}, f.w.win)
	d.SetFileName(name)
	f.show(d)
}

// show gives a file dialog the room that the window has, and Escape.
func (f fileDialogs) show(d *dialog.FileDialog) {
	d.SetOnClosed(f.w.dialogs.Hold(d.Hide))
	d.Show()
	size := f.w.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(900, size.Width-48), min(620, size.Height-48))) // only now: before, it has no window
}

// openRun asks for a saved run and opens it.
func (w *window) openRun() { w.files.open(w.readRun) }

// dropped opens the file that was let go over the window.
func (w *window) dropped(_ fyne.Position, uris []fyne.URI) {
	switch {
	case len(uris) == 0:
		return
	case len(uris) > 1:
		w.notice("One file at a time", fmt.Errorf("%d files were dropped; drop the one run that you want to see", len(uris)))
		return
	}
	file, err := storage.Reader(uris[0])
	if err != nil {
		w.notice("This file can't be opened", err)
		return
	}
	w.readRun(uris[0].Name(), file)
	_ = file.Close() // it was only read
}

// readRun opens a saved run, or says what is wrong with the file and changes nothing.
func (w *window) readRun(name string, from io.Reader) {
	run, err := export.ReadJSON(from)
	if err != nil {
		w.notice(plainName(name)+" can't be opened", err)
		return
	}
	w.openSaved(name, run)
}

// openSaved shows a run that was saved. The flow that is being walked ends.
func (w *window) openSaved(name string, run *trace.Trace) {
	p, err := player.Saved(run)
	if err != nil {
		w.notice(plainName(name)+" can't be opened", err)
		return
	}
	w.dialogs.Dismiss()
	w.screen.Stop()
	if w.walk != nil {
		if err := w.walk.Close(); err != nil {
			w.fail(err)
		}
		w.walk = nil
	}
	w.savedAs = plainName(name)
	w.settings.flow = p.Flow().ID // for now: the next start opens the flow of before
	w.put(p)
	w.changed()
}

// plainName is the name of a file as one short line.
func plainName(name string) string {
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	runes := []rune(name)
	for i, r := range runes {
		if r < ' ' || r == 0x7f {
			runes[i] = '?'
		}
	}
	const longest = 60
	if len(runes) > longest {
		runes = append(runes[:longest-1], '…')
	}
	return string(runes)
}

// isSaved reports whether what is shown is a saved run.
func (w *window) isSaved() bool {
	p := w.screen.Player()
	return p != nil && p.IsSaved()
}

// notice says what could not be done, and why. Nothing is broken.
func (w *window) notice(title string, err error) {
	text := widget.NewLabel(sentence(err.Error()))
	text.Wrapping = fyne.TextWrapWord
	fine := page.NewButton("OK", func() { w.dialogs.Dismiss() })
	fine.Primary = true
	fine.OnKey = w.typed
	w.show(title, container.NewBorder(nil, container.NewHBox(layout.NewSpacer(), fine), nil, nil, text), 520, 220)
	w.win.Canvas().Focus(fine)
}

// sentence makes one of the text of an error.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	runes := []rune(text)
	if runes[0] >= 'a' && runes[0] <= 'z' {
		runes[0] += 'A' - 'a'
	}
	if last := runes[len(runes)-1]; last != '.' && last != '?' {
		runes = append(runes, '.')
	}
	return string(runes)
}

// savedMark is what the header says of a run that nobody walks.
const savedMark = "Saved run"

// mark tells in the header that a run is a saved one, and not being walked.
func (h *header) mark() {
	h.status.Words = savedMark
	h.status.Ground, h.status.Ink = look.CautionGround, look.Caution
	h.audience.SetText("read only, from " + h.w.savedAs)
	h.about.Title = savedMark + ": " + h.about.Title
	h.about.Short = savedMark + ": " + h.about.Short
}
