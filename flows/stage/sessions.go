package stage

import (
	"maps"
	"sync"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// maxLogins bounds the sign-ins that are under way at once, and what else an app remembers.
const maxLogins = 1000

// sessions are what an app with pages remembers of browsers, by what each of them shows.
type sessions struct {
	mu       sync.Mutex
	logins   map[string]*login   // that left for the provider
	visitors map[string]*visitor // who are signed in
	heard    map[string]bool     // logout tokens, by jti
}

func newSessions() *sessions {
	return &sessions{logins: map[string]*login{}, visitors: map[string]*visitor{}, heard: map[string]bool{}}
}

// put remembers one thing more; where there are too many, none of the others.
func put[V any](all map[string]V, name string, one V) {
	if len(all) >= maxLogins {
		clear(all)
	}
	all[name] = one
}

// leave keeps a sign-in until the browser comes back.
func (s *sessions) leave(session string, l *login) {
	s.mu.Lock()
	defer s.mu.Unlock()
	put(s.logins, session, l)
}

// back returns the sign-in that a browser left for, once.
func (s *sessions) back(session string) *login {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.logins[session]
	delete(s.logins, session)
	return l
}

// keep has somebody be signed in.
func (s *sessions) keep(session string, v *visitor) {
	s.mu.Lock()
	defer s.mu.Unlock()
	put(s.visitors, session, v)
}

// visitor is who is signed in; nil where nobody is.
func (s *sessions) visitor(session string) *visitor {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.visitors[session]
}

// only is the visitor of a story with one person.
func (s *sessions) only() *visitor {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.visitors {
		return v
	}
	return nil
}

// forget throws away the tokens of somebody who has to sign in again.
func (s *sessions) forget(v *visitor) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.visitors, func(_ string, other *visitor) bool { return other == v })
}

// hasHeard reports whether a logout token came before (OpenID Connect Back-Channel Logout 1.0 section 2.6).
func (s *sessions) hasHeard(jti string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.heard[jti]
}

// hear forgets everybody whom a logout token speaks of, by session where it
// names one (OpenID Connect Back-Channel Logout 1.0 section 2.7).
func (s *sessions) hear(said trace.JWT) {
	s.mu.Lock()
	defer s.mu.Unlock()
	put(s.heard, said.Claim("jti"), true)
	maps.DeleteFunc(s.visitors, func(_ string, v *visitor) bool {
		own, _ := trace.DecodeJWT(v.tokens.IDToken)
		if sid := said.Claim("sid"); sid != "" && own.Claim("sid") != "" {
			return own.Claim("sid") == sid
		}
		return v.subject == said.Claim("sub")
	})
}
