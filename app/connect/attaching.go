package connect

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/tape"
)

// attach looks on at a server that was started with --control.
func (s *start) attach() {
	if !s.free() {
		return
	}
	at := strings.TrimSpace(s.control.Text)
	at = strings.TrimSuffix(strings.TrimSuffix(at, "/trouble"), "/")
	if at != "" && !strings.Contains(at, "://") {
		at = "http://" + at
	}
	key := strings.TrimSpace(s.key.Text)
	if at == "" || key == "" {
		s.failed(s.words.say("attach.empty"))
		return
	}
	kept := tape.New(tape.Bounds{})
	other := s.looker.begin(&tape.Server{Tape: kept}, false)
	ctx, stop := context.WithCancel(s.errands.ctx)
	before := other.stop
	other.stop = func() { stop(); before() }
	other.orders = tape.Orders{At: at, Key: key}
	s.window.Changed() // what can be done to it is listed
	other.learnRealms()
	s.errands.busy.Go(func() {
		_, err := kept.Follow(ctx, at+"/exchanges", key, 0)
		fyne.Do(func() { s.detached(other, err) })
	})
}

// detached tells that the other server ended, or was never reached. What was seen stays.
func (s *start) detached(from *server, err error) {
	if from.left || s.errands.closed() {
		return
	}
	if from.Tape.Last() > 0 {
		s.window.Say(s.words.say("attach.ended"))
		return
	}
	s.looker.leave()
	var refused *tape.RefusedError
	switch {
	case errors.As(err, &refused):
		s.failed(s.words.say("attach.refused", "reason", refused.Error()))
		s.window.Focus(s.key.Field) // what is typed next is another key, and no commands
	case err != nil && !errors.Is(err, context.Canceled):
		s.failed(s.words.say("attach.failed") + " " + err.Error())
	default:
		s.failed(s.words.say("attach.failed"))
	}
}
