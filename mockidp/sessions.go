package mockidp

import (
	"slices"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// sessions are the people of a realm who are signed in, each with one browser.
type sessions struct {
	mu   sync.Mutex // guards kept, the consents of each session and the readers of each visit
	kept shelf.Shelf[*session]

	tokens *tokens // that end with a visit
}

// session is a person signed in with one browser.
type session struct {
	id       string // secret, in the cookie
	visit    *visit
	person   *Person
	authTime time.Time
	consents map[string][]string // by client_id: scopes agreed to
}

// name tells a session from every other, and is no secret.
func (s *session) name() string { return keys.Digest(s.id) }

func newSessions(life time.Duration, tokens *tokens, full *fullness) sessions {
	return sessions{kept: newShelf[*session](full, limitSessions, life, maxSessions), tokens: tokens}
}

// get returns the session with this id, or nil.
func (all *sessions) get(id string, now time.Time) *session {
	all.mu.Lock()
	defer all.mu.Unlock()
	s, _ := all.kept.Get(id, now)
	if s != nil && s.visit.ended.Load() {
		return nil
	}
	return s
}

// put stores a session. The tokens of one that gives way to it go on.
func (all *sessions) put(s *session, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	s.visit.signedIn(s.authTime)
	all.kept.PutOf(s.person.Username, s.id, s, now)
}

// remove forgets a session and lets its visit go on.
func (all *sessions) remove(id string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.Remove(id)
}

// end ends a session and its visit, and returns the clients that want to be
// told; none when that was done before.
func (all *sessions) end(s *session, now time.Time) []reader {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.Remove(s.id)
	if !all.tokens.endVisit(s.visit, s.person.Username, now) {
		return nil
	}
	return s.visit.readers
}

// endAll signs everybody out.
func (all *sessions) endAll(now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.RemoveIf(func(s *session) bool {
		all.tokens.endVisit(s.visit, s.person.Username, now)
		return true
	})
}

// remember notes that a client got tokens in a visit, where it wants to be told
// of its end.
func (all *sessions) remember(v *visit, c *Client, issuer string) {
	if v == nil || !c.hearsOfLogout() {
		return
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	if i := slices.IndexFunc(v.readers, func(r reader) bool { return r.client == c.ClientID }); i >= 0 {
		v.readers[i].issuer = issuer
	} else if len(v.readers) < maxRegistered {
		v.readers = append(v.readers, reader{c.ClientID, issuer})
	}
}

// agreed reports whether every scope was consented to in this session.
func (all *sessions) agreed(s *session, client string, scopes []string) bool {
	all.mu.Lock()
	defer all.mu.Unlock()
	return len(wire.Without(scopes, s.consents[client])) == 0
}

// decide remembers a consent for the rest of the session. What was asked and
// not granted now is not agreed to any more.
func (all *sessions) decide(s *session, client string, asked, granted []string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	s.consents[client] = append(wire.Without(s.consents[client], asked), granted...)
}

// consent lists the scopes that were agreed to for a client.
func (all *sessions) consent(s *session, client string) []string {
	all.mu.Lock()
	defer all.mu.Unlock()
	return slices.Clone(s.consents[client])
}

// consents returns a copy of all that was agreed to in a session.
func (all *sessions) consents(s *session) map[string][]string {
	all.mu.Lock()
	defer all.mu.Unlock()
	c := make(map[string][]string, len(s.consents))
	for client, scopes := range s.consents {
		c[client] = slices.Clone(scopes)
	}
	return c
}

// forget removes what was agreed to for a client.
func (all *sessions) forget(client string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.RemoveIf(func(s *session) bool {
		delete(s.consents, client)
		return false
	})
}
