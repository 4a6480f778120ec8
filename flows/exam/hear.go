package exam

import (
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// hear takes one exchange, and the login that it is joined to, or nil.
func (s *Sitting) hear(e *logins.Exchange, of *logins.Login) {
	if e.Preflight {
		return
	}
	switch e.Endpoint {
	case logins.Authorization, logins.Pushed:
		if e.Client() == s.client.ID && (e.Param("response_type") != "" || e.Param("request") != "") {
			s.asked = asks(e)
		}
	case logins.Token:
		s.token(e)
		return
	}
	if bearer := e.Bearer(); bearer != "" {
		if l := s.loginWith(func(l *login) bool { return l.access == bearer }); l != nil {
			l.used = append(l.used, e)
		}
		return
	}
	if of != nil && of.Client != "" && of.Client != s.client.ID {
		return // another client may be sent back to the same address
	}
	if to, fields := back(e); s.isOurs(to) {
		s.answered(e, trace.ValueOf(fields, "code"), trace.ValueOf(fields, "error"))
	}
}

// answered is a login that begins, as far as we are concerned, or nothing where
// the provider had to ask the person first (OpenID Connect Core section 3.1.2.6).
func (s *Sitting) answered(e *logins.Exchange, code, refused string) {
	l := &login{question: -1, code: code, asked: s.asked, answer: e}
	switch {
	case e.Trouble() != nil && s.waits:
		l.question = s.next
		s.next++
		if done := s.done(); done != 0 {
			s.provider.Cancel(done)
		}
	case refused != "":
		return
	}
	s.logins = append(s.logins, l)
}

func (s *Sitting) token(e *logins.Exchange) {
	code, renewed := e.Param("code"), e.Param("refresh_token")
	l := s.loginWith(func(l *login) bool {
		return code != "" && l.code == code || renewed != "" && l.refresh == renewed
	})
	switch {
	case l == nil:
		return
	case code == "":
		l.used = append(l.used, e)
	default:
		l.redeemed = e
		l.access, l.idToken = e.Came("access_token"), e.Came("id_token")
	}
	if next := e.Came("refresh_token"); next != "" {
		l.refresh = next
	}
}

// loginWith is the latest login that something is true of, or nil.
func (s *Sitting) loginWith(is func(*login) bool) *login {
	for _, l := range slices.Backward(s.logins) {
		if is(l) {
			return l
		}
	}
	return nil
}

// first is the first ordinary login that succeeded, or nil.
func (s *Sitting) first() *login {
	for _, l := range s.logins {
		if l.question < 0 && l.access != "" {
			return l
		}
	}
	return nil
}

// last is the ordinary login after all questions, or nil.
func (s *Sitting) last() *login {
	if n := len(s.logins); n > 1 && s.next >= len(s.questions) && s.logins[n-1].question < 0 && s.logins[n-1].redeemed != nil {
		return s.logins[n-1]
	}
	return nil
}

// isOurs reports whether an address is a redirection URI of the client. The port
// of one on this machine is free (RFC 8252 section 7.3).
func (s *Sitting) isOurs(address string) bool {
	if address == "" {
		return false
	}
	return slices.ContainsFunc(s.client.RedirectURIs, func(registered string) bool {
		registered, _, _ = strings.Cut(registered, "?")
		return registered == address || withoutPort(registered) == withoutPort(address) && withoutPort(address) != ""
	})
}

// withoutPort is an address on this machine without its port, or "".
func withoutPort(address string) string {
	u, err := url.Parse(address)
	if err != nil || !slices.Contains([]string{"127.0.0.1", "::1", "localhost"}, u.Hostname()) {
		return ""
	}
	return u.Scheme + "://" + u.Hostname() + u.EscapedPath()
}
