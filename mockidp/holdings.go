package mockidp

import "time"

// Holdings are what somebody, or a client, was given and still has.
type Holdings struct {
	Sessions      int `json:"sessions"`
	Codes         int `json:"codes"`
	RefreshTokens int `json:"refresh_tokens"`
	Devices       int `json:"devices"` // that wait, or may come for their tokens
}

// held counts what belongs to a client, and to a person; an empty name is anybody.
func (m *memory) held(client, username string, now time.Time) Holdings {
	of := func(c *Client, p *Person) bool {
		return (client == "" || c != nil && c.ClientID == client) && (username == "" || p != nil && p.Username == username)
	}
	return Holdings{
		Sessions: m.sessions.held(of, now), Codes: m.codes.held(of, now),
		RefreshTokens: m.families.held(of, now), Devices: m.devices.held(of, now),
	}
}

// plus adds what is held under another issuer of the realm.
func (h Holdings) plus(o Holdings) Holdings {
	return Holdings{h.Sessions + o.Sessions, h.Codes + o.Codes, h.RefreshTokens + o.RefreshTokens, h.Devices + o.Devices}
}

// held counts sessions, which are of a person and of no client.
func (all *sessions) held(of func(*Client, *Person) bool, now time.Time) int {
	all.mu.Lock()
	defer all.mu.Unlock()
	return all.kept.Count(func(s *session) bool { return !s.visit.ended.Load() && of(nil, s.person) }, now)
}

func (all *codes) held(of func(*Client, *Person) bool, now time.Time) int {
	all.mu.Lock()
	defer all.mu.Unlock()
	return all.kept.Count(func(c *code) bool { return of(c.client, c.person) && !c.used && c.license.over() == "" }, now)
}

func (all *families) held(of func(*Client, *Person) bool, now time.Time) int {
	all.mu.Lock()
	defer all.mu.Unlock()
	return all.kept.Count(func(f *family) bool { return of(f.client, f.person) && f.license.over() == "" }, now)
}

func (all *devices) held(of func(*Client, *Person) bool, now time.Time) int {
	all.mu.Lock()
	defer all.mu.Unlock()
	return all.byCode.Count(func(d *device) bool {
		var person *Person
		if d.allowed != nil {
			person = d.allowed.person
		}
		return of(d.client, person)
	}, now)
}
