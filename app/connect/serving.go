package connect

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/tape"
)

// serve lets the window answer at the port that was typed.
func (r *Room) serve() {
	if !r.free() || r.options.Serve == nil {
		return
	}
	port := strings.TrimSpace(r.port.Text)
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		r.wrong = r.say()("port.wrong", "port", port)
		if port == "" {
			r.wrong = r.say()("port.none")
		}
		r.draw()
		return
	}
	wish := tape.Wish{
		Listen: net.JoinHostPort("127.0.0.1", port), Config: strings.TrimSpace(r.config.Text),
		Realms: strings.FieldsFunc(r.realms.Text, func(c rune) bool { return c == ',' || c == ' ' }),
	}
	var s *tape.Server
	r.meanwhile(func() (err error) {
		s, err = r.options.Serve(r.ctx, wish)
		if err == nil && r.ctx.Err() != nil { // the room was closed
			err = s.End()
		}
		return err
	}, func(err error) { r.served(s, port, err) })
}

// served looks at the server that began, or says why it could not.
func (r *Room) served(s *tape.Server, port string, err error) {
	switch {
	case errors.Is(err, tape.ErrPortUsed):
		r.wrong = r.say()("port.used", "port", port)
	case errors.Is(err, tape.ErrPortDenied):
		r.wrong = r.say()("port.denied", "port", port)
	case err != nil:
		r.wrong = err.Error()
	default:
		r.begin(s, true)
		return
	}
	r.draw()
}

// attach looks on at a server that was started with --control.
func (r *Room) attach() {
	if !r.free() {
		return
	}
	at := strings.TrimSpace(r.control.Text)
	at = strings.TrimSuffix(strings.TrimSuffix(at, "/trouble"), "/")
	if at != "" && !strings.Contains(at, "://") {
		at = "http://" + at
	}
	if at == "" || strings.TrimSpace(r.key.Text) == "" {
		r.wrong = r.say()("attach.empty")
		r.draw()
		return
	}
	kept := tape.New(tape.Bounds{})
	r.begin(&tape.Server{Tape: kept}, false)
	ctx, stop := context.WithCancel(r.ctx)
	before := r.stop
	r.stop = func() { stop(); before() }
	key, server := strings.TrimSpace(r.key.Text), r.server
	r.orders = tape.Orders{At: at, Key: key}
	r.window.Changed() // what can be done to it is listed
	r.learnRealms()
	r.busy.Go(func() {
		_, err := kept.Follow(ctx, at+"/exchanges", key, 0)
		fyne.Do(func() { r.detached(server, err) })
	})
}

// learnRealms asks a server who can log in there and where it sends them back to.
// One that is not there says so by its stream.
func (r *Room) learnRealms() {
	var said struct {
		Realms []tape.Realm `json:"realms"`
	}
	r.ask(http.MethodGet, "/realms", nil, &said, func(err error) {
		if err != nil {
			return
		}
		r.server.Realms = said.Realms
		r.log.Know(knownOf(r.server))
		r.show(r.at)
	})
}

// detached tells that the other server ended, or was never reached. What was seen stays.
func (r *Room) detached(s *tape.Server, err error) {
	if r.server != s || r.ctx.Err() != nil {
		return
	}
	if kept := s.Tape.Last(); kept > 0 {
		r.window.Say(r.say()("attach.ended"))
		return
	}
	r.leave()
	var refused *tape.RefusedError
	switch {
	case errors.As(err, &refused):
		r.wrong = r.say()("attach.refused", "reason", refused.Error())
	case err != nil && !errors.Is(err, context.Canceled):
		r.wrong = r.say()("attach.failed") + " " + err.Error()
	default:
		r.wrong = r.say()("attach.failed")
	}
	r.show(0)
	if refused != nil {
		r.window.Focus(r.key.Field) // what is typed next is another key, and no commands
	}
}

// finish ends what serve or attach began.
func (r *Room) finish() {
	s := r.leave()
	if s == nil || s.End == nil {
		r.show(0)
		return
	}
	r.meanwhile(s.End, func(err error) { // requests in flight come to their end first
		r.fail(err)
		r.show(0)
	})
}

// pause keeps what shows as it is; what crosses meanwhile is read afterwards.
func (r *Room) pause() {
	r.paused = !r.paused
	r.news()
	r.window.Changed()
}

// clear shows only what comes from now on.
func (r *Room) clear() {
	if r.log == nil {
		return
	}
	r.log.Clear()
	r.newest = true
	r.show(0)
}
