package mockidp

import (
	"time"
)

// greeter begins sessions.
type greeter struct {
	draw   *source
	herald *herald
}

// begin signs a person in and replaces the session that the browser had. Its
// cookie is always a new one, so a value planted before signing in is worth
// nothing afterwards.
func (g *greeter) begin(t *tenant, person *Person, old *session, now time.Time) (*session, error) {
	id, err := g.draw.random(32)
	if err != nil {
		return nil, err
	}
	s := &session{id: id, person: person, authTime: now, consents: map[string][]string{}}
	if old != nil {
		if old.person.Username == person.Username {
			t.sessions.remove(old.id)
			s.visit, s.consents = old.visit, t.sessions.consents(old)
		} else if _, err := g.herald.endVisit(t, old, now); err != nil { // somebody else sits there now, and goes on
			return nil, err
		}
	}
	if s.visit == nil {
		sid, err := g.draw.newID()
		if err != nil {
			return nil, err
		}
		s.visit = t.tokens.visit(sid)
	}
	t.sessions.put(s, now)
	return s, nil
}

// mustAsk reports whether the person has to see the consent page. Who is
// trusted is granted what it asks for.
func (t *tenant) mustAsk(s *session, req *approved) bool {
	if req.client.Trusted {
		return false
	}
	return req.askConsent || !t.sessions.agreed(s, req.client.ClientID, t.permissions(req.client, req.scopes, &req.claims))
}
