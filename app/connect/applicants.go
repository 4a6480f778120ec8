package connect

import (
	"slices"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/tape"
)

// applicant is an app that can be examined.
type applicant struct {
	realm string
	tape.Client
}

// same reports whether both are the same app.
func (a *applicant) same(as *applicant) bool { return a.realm == as.realm && a.ID == as.ID }

// applicants are the apps of a server that people log in with, of which somebody
// chooses one.
type applicants struct {
	server *server
	chosen applicant
}

// all are in the order of the server.
func (l *applicants) all() []applicant {
	var all []applicant
	if !l.server.operable() {
		return nil
	}
	for _, realm := range l.server.Realms {
		for _, c := range realm.Clients {
			if len(c.RedirectURIs) > 0 {
				all = append(all, applicant{realm.Name, c})
			}
		}
	}
	return all
}

// next is the app that is examined next: the one that was chosen, else the one
// that logged in last, else the only one; or none.
func (l *applicants) next() applicant {
	all := l.all()
	if i := slices.IndexFunc(all, func(a applicant) bool { return a.same(&l.chosen) }); i >= 0 {
		return all[i]
	}
	if len(all) == 0 {
		return applicant{}
	}
	newest, _ := l.server.log.Find(live.Filter{}, inRail)
	for _, run := range newest {
		if i := slices.IndexFunc(all, func(a applicant) bool { return a.ID == run.Client }); i >= 0 {
			return all[i]
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	return applicant{}
}

// draw lets somebody choose one, and begin.
func (l *applicants) draw(t *tools, begin func()) {
	s, say := t.sheet, t.words.say
	s.column.Add(look.Gap, s.prose(say("sitting.intro")))
	all, now := l.all(), l.next()
	if len(all) == 0 {
		s.column.Add(look.Gutter, s.prose(say("sitting.none")))
		return
	}
	for _, realm := range l.server.Realms {
		var buttons []*page.Button
		for _, a := range all {
			if a.realm != realm.Name {
				continue
			}
			b := s.button(a.ID, func() { l.chosen = a; t.leaves.redraw() })
			b.Chosen = a.same(&now)
			buttons = append(buttons, b)
		}
		if len(buttons) > 0 {
			s.column.Add(look.Gutter, s.card(say("sitting.choose", "realm", realm.Name)).Add(look.Gap, s.bar(buttons...)))
		}
	}
	if now.ID == "" {
		s.column.Add(look.Gutter, s.prose(say("sitting.choose-first")))
		return
	}
	s.column.Add(look.Gutter, s.bar(s.filled(say("sitting.begin", "client", now.ID), begin)))
	s.column.Add(look.Gap, s.soft(say("sitting.by-itself")))
}
