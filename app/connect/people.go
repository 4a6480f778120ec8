package connect

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"fyne.io/fyne/v2"
)

// signedIn is a session of somebody.
type signedIn struct {
	ID       string    `json:"id"`
	Username string    `json:"username"`
	Since    time.Time `json:"since"`
	Clients  []string  `json:"clients"`
}

// people is the page of those who are signed in.
type people struct {
	tools

	server *server
	realm  func() string
	all    []signedIn // when somebody last asked
}

// open asks who is signed in and shows them.
func (p *people) open() {
	var all []signedIn
	p.server.order(http.MethodGet, "/sessions/"+p.realm(), nil, &all, func() {
		p.all = all
		p.leaves.turn(p)
	})
}

// holds is part of leaf.
func (p *people) holds() bool { return false }

// draw is part of leaf: it shows who is signed in, and what can be done about it.
func (p *people) draw() fyne.CanvasObject {
	s, say, realm := p.sheet, p.words.say, url.PathEscape(p.realm())
	s.begin(say("people.heading"))
	if len(p.all) == 0 {
		s.soften(say("people.none"))
	}
	for _, one := range p.all {
		card := s.card(one.Username)
		words := say("people.since", "time", one.Since.Local().Format(time.TimeOnly))
		if len(one.Clients) > 0 {
			words += " " + say("people.told", "apps", fmt.Sprint(one.Clients))
		}
		card.Add(4, s.soft(words))
		at, grants := "/sessions/"+realm+"/"+url.PathEscape(one.ID), "/grants/"+realm+"/"+url.PathEscape(one.Username)
		card.Add(cardGap, s.bar(
			s.button(say("people.end"), func() { p.server.order(http.MethodDelete, at, nil, nil, p.open) }),
			s.button(say("people.logout"), func() { p.server.order(http.MethodPost, at+"/logout", nil, nil, p.told) }),
			s.button(say("people.revoke"), func() { p.server.order(http.MethodDelete, grants, nil, nil, p.open) }),
		))
		s.column.Add(cardGap, card)
	}
	return s
}

// told says that apps hear of a logout now.
func (p *people) told() { p.window.Say(p.words.say("order.logout")) }
