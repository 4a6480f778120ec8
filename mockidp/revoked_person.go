package mockidp

import (
	"slices"
	"time"
)

// takenBack is why tokens of somebody end whose grants the operator revoked.
const takenBack = "all that the person allowed was revoked"

// revoke ends what a person allowed and has not ended with a session.
func (m *memory) revoke(username string, now time.Time) {
	is := func(p *Person) bool { return p != nil && p.Username == username }
	m.codes.revoke(is, m.tokens, now)
	m.families.revoke(is, m.tokens, now)
	m.devices.revoke(is, m.tokens, now)
}

func (all *codes) revoke(is func(*Person) bool, given *tokens, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.Change(func(c *code) (*code, bool) {
		if is(c.person) {
			given.end(c.license, c.client.ClientID, takenBack, now)
		}
		return c, true
	})
}

func (all *families) revoke(is func(*Person) bool, given *tokens, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.Change(func(f *family) (*family, bool) {
		if is(f.person) {
			given.end(f.license, f.client.ClientID, takenBack, now)
		}
		return f, true
	})
}

func (all *devices) revoke(is func(*Person) bool, given *tokens, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.byCode.Change(func(d *device) (*device, bool) {
		if d.allowed != nil && is(d.allowed.person) {
			given.end(d.allowed.license, d.client.ClientID, takenBack, now)
		}
		return d, true
	})
}

// all returns the sessions that go on.
func (all *sessions) all(now time.Time) []*session {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.Clear(now)
	var found []*session
	all.kept.Change(func(s *session) (*session, bool) {
		if !s.visit.ended.Load() {
			found = append(found, s)
		}
		return s, true
	})
	return found
}

// list is all in the terms of whoever operates the realm.
func (all *sessions) list(now time.Time) []SignedIn {
	var list []SignedIn
	for _, s := range all.all(now) {
		in := SignedIn{ID: s.name(), Username: s.person.Username, Since: s.authTime}
		for _, r := range all.readersOf(s) {
			in.Clients = append(in.Clients, r.client)
		}
		list = append(list, in)
	}
	return list
}

// readersOf are the clients that want to be told of the end of a session.
func (all *sessions) readersOf(s *session) []reader {
	all.mu.Lock()
	defer all.mu.Unlock()
	return slices.Clone(s.visit.readers)
}
