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
		return (client == "" || c.ClientID == client) && (username == "" || p != nil && p.Username == username)
	}
	return Holdings{
		Sessions: m.sessions.held(client, username, now), Codes: m.codes.held(of, now),
		RefreshTokens: m.families.held(of, now), Devices: m.devices.held(of, now),
	}
}

// plus adds what is held under another issuer of the realm.
func (h Holdings) plus(o Holdings) Holdings {
	return Holdings{h.Sessions + o.Sessions, h.Codes + o.Codes, h.RefreshTokens + o.RefreshTokens, h.Devices + o.Devices}
}

// held counts sessions of a person; clients have none.
func (all *sessions) held(client, username string, now time.Time) int {
	n := 0
	for _, s := range all.all(now) {
		if client == "" && s.person.Username == username {
			n++
		}
	}
	return n
}

func (all *codes) held(of func(*Client, *Person) bool, now time.Time) int {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.Clear(now)
	n := 0
	all.kept.Change(func(c *code) (*code, bool) {
		if of(c.client, c.person) && !c.used && c.license.over() == "" {
			n++
		}
		return c, true
	})
	return n
}

func (all *families) held(of func(*Client, *Person) bool, now time.Time) int {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.Clear(now)
	n := 0
	all.kept.Change(func(f *family) (*family, bool) {
		if of(f.client, f.person) && f.license.over() == "" {
			n++
		}
		return f, true
	})
	return n
}

func (all *devices) held(of func(*Client, *Person) bool, now time.Time) int {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.byCode.Clear(now)
	n := 0
	all.byCode.Change(func(d *device) (*device, bool) {
		var person *Person
		if d.allowed != nil {
			person = d.allowed.person
		}
		if of(d.client, person) {
			n++
		}
		return d, true
	})
	return n
}
