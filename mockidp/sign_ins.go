package mockidp

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

const maxSignIns = 64 // of one visit that an ID token can name

// An ID token says by sid which visit it is of, but only to clients that are
// told of its end. Of any other it says whom it speaks of and when they signed
// in, to the second, which names the visit as well.

// namesSession reports whether the client's ID tokens hold sid: it must be able
// to tell which of its sessions a logout is about (OpenID Connect Back-Channel
// Logout 1.0 section 2.1).
func (c *Client) namesSession() bool { return c.hearsOfLogout() || c.IDTokenSID }

// signedIn notes, under the lock of the sessions, that the person of a visit
// signed in.
func (v *visit) signedIn(at time.Time) {
	v.signIns = append(v.signIns, unix(at))
	v.signIns = slices.Delete(v.signIns, 0, max(0, len(v.signIns)-maxSignIns))
}

// named reports whether an ID token is of the visit of a session.
func (all *sessions) named(s *session, sid, subject string, authTime int64) bool {
	all.mu.Lock()
	defer all.mu.Unlock()
	return s.is(sid, subject, authTime)
}

// is asks for the lock of the sessions.
func (s *session) is(sid, subject string, authTime int64) bool {
	if sid != "" {
		return sid == s.visit.sid
	}
	return subject == s.person.Subject && slices.Contains(s.visit.signIns, authTime)
}

// of returns a session of the visit that an ID token names, or nil.
func (all *sessions) of(sid, subject string, authTime int64, now time.Time) *session {
	all.mu.Lock()
	defer all.mu.Unlock()
	s, _ := all.kept.Find(func(s *session) bool { return !s.visit.ended.Load() && s.is(sid, subject, authTime) }, now)
	return s
}

// signInsApart are those that began no session: by password grant.
type signInsApart struct {
	mu   sync.Mutex // guards kept
	kept shelf.Shelf[struct{}]
}

func newSignInsApart(life time.Duration, full *fullness) signInsApart {
	return signInsApart{kept: newShelf[struct{}](full, limitApart, life, maxApart)}
}

func (all *signInsApart) note(subject string, authTime int64, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.PutOf(subject, signInKey(subject, authTime), struct{}{}, now)
}

func (all *signInsApart) has(subject string, authTime int64, now time.Time) bool {
	all.mu.Lock()
	defer all.mu.Unlock()
	_, ok := all.kept.Get(signInKey(subject, authTime), now)
	return ok
}

func signInKey(subject string, authTime int64) string {
	return subject + "\x00" + strconv.FormatInt(authTime, 10)
}
