package mockidp

import "time"

// stranger is why tokens of somebody end who is no longer among the people.
const stranger = "the person is no longer among the people of the realm"

// adopt has what is remembered speak of clients and people as they are now, and
// ends what belongs to those who are gone. What is handed to requests is never
// changed under them: a session is replaced, and of the rest the token endpoint looks at the present itself, see [tenant.current].
func (m *memory) adopt(t *tenant, now time.Time) {
	m.sessions.adopt(&t.directory, now)
	m.codes.adopt(&t.directory, m.tokens, now)
	m.families.adopt(t.setup, m.tokens, now)
	m.devices.adopt(&t.directory, m.tokens, now)
}

// gone reports whether somebody is no longer there; nobody is not gone.
func (d *directory) gone(person *Person) bool {
	return person != nil && d.people[person.Username] == nil
}

func (all *sessions) adopt(people *directory, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.Change(func(s *session) (*session, bool) {
		if people.gone(s.person) {
			all.tokens.endVisit(s.visit, s.person.Username, now)
			return s, false
		}
		now := *s
		now.person = people.renewed(s.person)
		return &now, true
	})
}

func (all *codes) adopt(people *directory, given *tokens, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.Change(func(c *code) (*code, bool) {
		if people.gone(c.person) {
			given.end(c.license, c.client.ClientID, stranger, now)
		}
		return c, true
	})
}

func (all *families) adopt(is *setup, given *tokens, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.lifetimes = is.lifetimesOf
	all.kept.Change(func(f *family) (*family, bool) {
		if is.gone(f.person) {
			given.end(f.license, f.client.ClientID, stranger, now)
		}
		return f, true
	})
}

func (all *devices) adopt(people *directory, given *tokens, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.byCode.Change(func(d *device) (*device, bool) {
		if d.allowed != nil && people.gone(d.allowed.person) {
			given.end(d.allowed.license, d.client.ClientID, stranger, now)
		}
		return d, true
	})
}
