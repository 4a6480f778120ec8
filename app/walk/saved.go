package walk

import (
	"fmt"
	"io"
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// openRun asks for a saved run and opens it.
func (r *Room) openRun() { r.window.Files().Open(".json", r.readRun) }

// Drop opens the file that was let go over the window.
func (r *Room) Drop(uris []fyne.URI) {
	switch {
	case len(uris) == 0:
		return
	case len(uris) > 1:
		r.window.Notice(r.words.Catalog().Text("player.saved.one"),
			fmt.Errorf("%d files were dropped; drop the one run that you want to see", len(uris)))
		return
	}
	file, err := storage.Reader(uris[0])
	if err != nil {
		r.window.Notice(r.words.Catalog().Text("frame.file.unreadable"), err)
		return
	}
	r.readRun(uris[0].Name(), file)
	_ = file.Close() // it was only read
}

// readRun opens a saved run, or says what is wrong with the file and changes nothing.
func (r *Room) readRun(name string, from io.Reader) {
	run, err := export.ReadJSON(from)
	if err != nil {
		r.window.Notice(r.words.Catalog().Text("player.saved.unreadable", "file", plainName(name)), err)
		return
	}
	r.openSaved(name, run)
}

// openSaved shows a run that was saved. The flow that is being walked ends.
func (r *Room) openSaved(name string, run *trace.Trace) {
	p, err := player.Saved(run)
	if err != nil {
		r.window.Notice(r.words.Catalog().Text("player.saved.unreadable", "file", plainName(name)), err)
		return
	}
	r.window.Dismiss()
	r.screen.Stop()
	if r.walk != nil {
		if err := r.walk.Close(); err != nil {
			r.fail(err)
		}
		r.walk = nil
	}
	r.savedAs = plainName(name)
	r.flow = p.Flow().ID // for now: the next start opens the flow of before
	r.screen.Open(p)
	r.window.Changed()
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
