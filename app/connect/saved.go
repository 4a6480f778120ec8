package connect

import (
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/intake"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/logins"
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

// paste reads what somebody copied: an error, an address, a token, a log.
func (s *start) paste() {
	if !s.free() {
		return
	}
	text := s.window.Pasted()
	if strings.TrimSpace(text) == "" {
		s.failed(s.words.say("paste.empty"))
		return
	}
	s.read(s.words.say("paste.name"), strings.NewReader(text))
}

// drop opens a file that was let go over the room.
func (s *start) drop(files []fyne.URI) {
	switch {
	case len(files) == 0:
	case !s.free():
		s.window.Say(s.words.say("drop.busy"))
	case len(files) > 1:
		s.window.Say(s.words.say("drop.one"))
	default:
		s.window.Files().Fetch(files[0], s.read)
	}
}

// read opens what was brought. What cannot be read changes nothing.
func (s *start) read(name string, from io.Reader) {
	if !s.free() {
		return
	}
	var got *intake.Brought
	var told *diagnosis.Diagnosis
	s.meanwhile(func() (err error) {
		got, told, err = understand(from)
		return err
	}, func(err error) { s.understood(name, got, told, err) })
}

// understand reads what was brought and, where no diagram can be drawn of it, why it says that a login failed.
func understand(from io.Reader) (*intake.Brought, *diagnosis.Diagnosis, error) {
	got, err := intake.Read(from, time.Now())
	if err != nil {
		return nil, nil, err //nolint:wrapcheck // it is told with the name of the file
	}
	if recorded(got) && got.Words == nil {
		return got, nil, nil
	}
	all := diagnosis.Of(logins.Join(got.Trace), got.Known)
	if got.Words != nil { // such as lines of a log among which an address stands
		if told := diagnosis.Of(logins.Join(got.Words.Trace), got.Words.Known); diagnosis.Surer(told, all) {
			all, got = told, got.Words
		}
	}
	if diagnosis.First(all) == nil {
		return got, nil, nil
	}
	return got, &all[0], nil
}

// recorded reports whether it shows who sent what to whom, so that a diagram can be drawn of it.
func recorded(b *intake.Brought) bool {
	return slices.Contains([]intake.Kind{intake.Run, intake.HAR, intake.Log}, b.Kind)
}

// understood shows what was brought, or says that it can't.
func (s *start) understood(name string, got *intake.Brought, told *diagnosis.Diagnosis, err error) {
	switch {
	case err != nil:
	case recorded(got):
		s.looker.openFile(name, live.Tape(got.Trace))
		return
	case told != nil:
		s.leaves.turn(&brought{tools: s.tools, name: name, told: told, again: s.paste, back: func() { s.leaves.turn(s) }})
		return
	default:
		err = errors.New(s.words.say("open.foreign"))
	}
	s.window.Notice(s.words.say("open.unreadable", "file", name), err)
}
