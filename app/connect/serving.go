package connect

import (
	"errors"
	"net"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/tape"
)

// serve lets the window answer at the port that was typed.
func (s *start) serve() {
	if !s.free() || s.provider == nil {
		return
	}
	port := strings.TrimSpace(s.port.Text)
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		wrong := s.words.say("port.wrong", "port", port)
		if port == "" {
			wrong = s.words.say("port.none")
		}
		s.failed(wrong)
		return
	}
	wish := tape.Wish{
		Listen: net.JoinHostPort("127.0.0.1", port), Config: strings.TrimSpace(s.config.Text),
		Realms: strings.FieldsFunc(s.realms.Text, func(c rune) bool { return c == ',' || c == ' ' }),
	}
	var begun *tape.Server
	s.meanwhile(func() (err error) {
		begun, err = s.provider(s.errands.ctx, wish)
		if err == nil && s.errands.closed() {
			err = begun.End()
		}
		return err
	}, func(err error) { s.served(begun, port, err) })
}

// served looks at the server that began, or says why it could not.
func (s *start) served(begun *tape.Server, port string, err error) {
	switch {
	case errors.Is(err, tape.ErrPortUsed):
		s.wrong = s.words.say("port.used", "port", port)
	case errors.Is(err, tape.ErrPortDenied):
		s.wrong = s.words.say("port.denied", "port", port)
	case err != nil:
		s.wrong = err.Error()
	default:
		s.looker.begin(begun, true)
	}
}
