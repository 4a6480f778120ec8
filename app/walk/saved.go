package walk

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/app/room"
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
	r.window.Files().Fetch(uris[0], r.readRun)
}

const (
	mostRead  = 64 << 20 // of a file: more than any run can be, so that the reader says so
	readsLong = 1 << 20  // from here on a file takes longer to understand than a person waits without a sign
)

// readRun opens a saved run, or says what is wrong with the file and changes
// nothing. A large one is understood beside the window, which goes on meanwhile.
func (r *Room) readRun(name string, from io.Reader) {
	content, err := io.ReadAll(io.LimitReader(from, mostRead))
	if err != nil || len(content) < readsLong {
		if err == nil {
			r.understood(name, content)
			return
		}
		r.unreadable(name, err)
		return
	}
	waiting := true
	r.window.Show(r.patience(name, len(content), func() { waiting = false }))
	r.beside(func() {
		run, err := export.ReadJSON(bytes.NewReader(content))
		fyne.Do(func() {
			if !waiting { // who closed it thought again
				return
			}
			r.window.Dismiss()
			if err != nil {
				r.unreadable(name, err)
				return
			}
			r.openSaved(name, run)
		})
	})
}

// understood opens a run that is small enough to be understood at once.
func (r *Room) understood(name string, content []byte) {
	run, err := export.ReadJSON(bytes.NewReader(content))
	if err != nil {
		r.unreadable(name, err)
		return
	}
	r.openSaved(name, run)
}

func (r *Room) unreadable(name string, err error) {
	r.window.Notice(r.words.Catalog().Text("player.saved.unreadable", "file", plainName(name)), err)
}

// patience says that a large file is being understood, and lets a person think again.
func (r *Room) patience(name string, size int, closed func()) room.Dialog {
	say := r.words.Catalog()
	goes := widget.NewProgressBarInfinite()
	stop := page.NewButton(say.Text("frame.cancel"), r.window.Dismiss)
	stop.OnKey = r.window.Typed
	words := page.NewLine(say.Text("player.saved.size", "n", strconv.Itoa((size+1<<19)>>20)), look.Body, look.InkSoft)
	return room.Dialog{
		Title: say.Text("player.saved.opening", "file", plainName(name)),
		Content: container.NewBorder(words, container.NewHBox(layout.NewSpacer(), stop), nil, nil,
			container.NewVBox(layout.NewSpacer(), goes, layout.NewSpacer())),
		Size: fyne.NewSize(460, 200), First: stop, Closed: func() { goes.Stop(); closed() },
	}
}

// openSaved shows a run that was saved. The flow that is being walked ends.
func (r *Room) openSaved(name string, run *trace.Trace) {
	p, err := player.Saved(run)
	if err != nil {
		r.unreadable(name, err)
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
