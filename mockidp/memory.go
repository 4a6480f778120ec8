package mockidp

// stranger is why tokens of somebody end who is no longer among the people.
const stranger = "the person is no longer among the people of the realm"

// adopt has what is remembered speak of clients and people as they are now, and
// ends what belongs to those who are gone. What is handed to requests is never
// changed under them: a session is replaced, and of the rest the token endpoint looks at the present itself, see [tenant.current].
func (m *memory) adopt(t *tenant) {
	m.sessions.adopt(&t.directory)
	m.codes.adopt(&t.directory)
	m.families.adopt(t.setup)
	m.devices.adopt(&t.directory)
}

// gone reports whether somebody is no longer there; nobody is not gone.
func (d *directory) gone(person *Person) bool {
	return person != nil && d.people[person.Username] == nil
}

func (all *sessions) adopt(people *directory) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.Change(func(s *session) (*session, bool) {
		if people.gone(s.person) {
			s.visit.ended.Store(true)
			return s, false
		}
		now := *s
		now.person = people.renewed(s.person)
		return &now, true
	})
}

func (all *codes) adopt(people *directory) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.Change(func(c *code) (*code, bool) {
		if people.gone(c.person) {
			c.license.end(stranger)
		}
		return c, true
	})
}

func (all *families) adopt(now *setup) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.lifetimes = now.lifetimesOf
	all.kept.Change(func(f *family) (*family, bool) {
		if now.gone(f.person) {
			f.license.end(stranger)
		}
		return f, true
	})
}

func (all *devices) adopt(people *directory) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.byCode.Change(func(d *device) (*device, bool) {
		if d.allowed != nil && people.gone(d.allowed.person) {
			d.allowed.license.end(stranger)
		}
		return d, true
	})
}
