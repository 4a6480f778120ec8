package connect

import (
	"errors"
	"io"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/intake"
	"github.com/grantwalk/grantwalk/flows/live"
)

// openSaved opens a session, a login or a HAR file as if it had just been served.
func (s *start) openSaved() {
	if !s.free() {
		return
	}
	s.window.Files().Open(".json", s.read)
}

// openHAR is openSaved for what a browser recorded.
func (s *start) openHAR() {
	if !s.free() {
		return
	}
	s.window.Files().Open(".har", s.read)
}

// read opens what was saved. What cannot be read changes nothing.
func (s *start) read(name string, from io.Reader) {
	if !s.free() {
		return
	}
	var brought *intake.Brought
	s.meanwhile(func() (err error) {
		brought, err = intake.Read(from, time.Now())
		return err //nolint:wrapcheck // it is told with the name of the file
	}, func(err error) { s.understood(name, brought, err) })
}

// understood shows what a file held, or says that it can't.
func (s *start) understood(name string, brought *intake.Brought, err error) {
	if err == nil && !slices.Contains([]intake.Kind{intake.Run, intake.HAR, intake.Log}, brought.Kind) {
		err = errors.New(s.words.say("open.foreign"))
	}
	if err != nil {
		s.window.Notice(s.words.say("open.unreadable", "file", name), err)
		return
	}
	s.looker.openFile(name, live.Tape(brought.Trace))
}
