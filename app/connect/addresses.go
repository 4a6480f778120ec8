package connect

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/tape"
)

// addresses is the page that says how an app gets here, while no login shows.
type addresses struct {
	tools

	server *server
	change func() // who can log in
	ending func() room.Command
}

// holds is part of leaf.
func (a *addresses) holds() bool { return false }

// draw is part of leaf.
func (a *addresses) draw() fyne.CanvasObject {
	s, say, server := a.sheet, a.words.say, a.server
	s.begin(say("heading"))
	waiting := "waiting"
	if server.log.Newest() > 0 {
		waiting = "came"
	}
	switch {
	case server.saved != "":
		waiting += "-saved"
	case !server.ours:
		waiting += "-elsewhere"
	}
	s.column.Add(look.Gap, s.prose(say(waiting)))
	if n := server.log.Around(); n > 0 {
		s.column.Add(look.Gap, s.soft(a.words.count("no-login", n)))
	}
	s.drawEvents(a.words, say("events"), server.log.Events())
	for i := range server.Realms {
		a.drawRealm(&server.Realms[i])
	}
	if server.operable() {
		s.column.Add(look.Gutter, s.prose(say("change")))
		s.column.Add(look.Gap, s.bar(
			s.button(say("deed.setup"), a.change),
			s.button(say("change-setup"), func() { a.window.Go(address.At("setup", "spa")) }),
		))
	}
	s.column.Add(look.Gutter, s.bar(s.does(a.ending())...))
	return s
}

// drawRealm tells whom an app can log in with, and as which client.
func (a *addresses) drawRealm(realm *tape.Realm) {
	s, say := a.sheet, a.words.say
	card := s.card(say("realm", "realm", realm.Name))
	card.Add(look.Gap, s.soft(say("issuer")))
	card.Add(2, s.text(page.Plain(realm.Issuer, page.Face{Size: look.Body, Mono: true}, look.Ink)))
	card.Add(look.Gap, s.bar(
		s.button(say("copy-issuer"), func() { a.copy(realm.Issuer) }),
		s.button(say("copy-discovery"), func() { a.copy(realm.Issuer + "/.well-known/openid-configuration") }),
	))
	mono := func(words string) page.Cell {
		return page.Cell{page.Plain(words, page.Face{Size: look.Small, Mono: true}, look.Ink)}
	}
	plain := func(words string) page.Cell {
		return page.Cell{page.Plain(words, page.Face{Size: look.Small}, look.Ink)}
	}
	var rows [][]page.Cell
	for _, c := range realm.Clients {
		where := plain(say("no-browser"))
		if len(c.RedirectURIs) > 0 {
			where = where[:0]
			for _, uri := range c.RedirectURIs {
				where = append(where, mono(uri)...)
			}
		}
		secret := plain(say("public"))
		if c.Secret != "" {
			secret = mono(c.Secret)
		}
		rows = append(rows, []page.Cell{mono(c.ID), secret, where})
	}
	card.Add(look.Gap, s.table([]string{say("client"), say("secret"), say("redirects")}, rows...))
	if len(realm.People) > 0 {
		rows = rows[:0:0]
		for _, p := range realm.People {
			rows = append(rows, []page.Cell{mono(p.Username), mono(p.Password), plain(p.About)})
		}
		card.Add(look.Gap, s.table([]string{say("person"), say("password"), say("about")}, rows...))
	}
	s.column.Add(look.Gutter, card)
}
