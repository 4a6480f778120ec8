package connect

import (
	"errors"
	"io"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/intake"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/tape"
)

// saveAll writes all that is listed as one session.
func (r *Room) saveAll() {
	if r.log == nil {
		return
	}
	t, left := r.log.Session()
	r.window.Files().Save("logins.json", func(w io.Writer) error { return export.JSON(w, t) }, func(at fyne.URI) {
		words := r.say()("saved-all", "file", at.Name())
		if left > 0 {
			words += " " + r.manner.Words.Catalog().Count("connect.left-out", left)
		}
		r.window.Say(words)
	})
}

// openSaved opens a session, a login or a HAR file as if it had just been served.
func (r *Room) openSaved() {
	if !r.free() {
		return
	}
	r.window.Files().Open(".json", r.read)
}

// openHAR is openSaved for what a browser recorded.
func (r *Room) openHAR() {
	if !r.free() {
		return
	}
	r.window.Files().Open(".har", r.read)
}

// read opens what was saved. What cannot be read changes nothing.
func (r *Room) read(name string, from io.Reader) {
	if !r.free() {
		return
	}
	var brought *intake.Brought
	r.meanwhile(func() (err error) {
		brought, err = intake.Read(from, time.Now())
		return err //nolint:wrapcheck // it is told with the name of the file
	}, func(err error) { r.understood(name, brought, err) })
}

// understood shows what a file held, or says that it can't.
func (r *Room) understood(name string, brought *intake.Brought, err error) {
	if err == nil && !slices.Contains([]intake.Kind{intake.Run, intake.HAR, intake.Log}, brought.Kind) {
		err = errors.New(r.say()("open.foreign"))
	}
	if err != nil {
		r.window.Notice(r.say()("open.unreadable", "file", name), err)
		return
	}
	r.begin(&tape.Server{Tape: live.Tape(brought.Trace)}, false)
	r.saved = name
	r.news()
	if r.at == 0 {
		r.openList()
	}
}
