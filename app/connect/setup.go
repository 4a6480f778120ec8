package connect

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// setupKey is a key that a client, a person or a scope may have.
type setupKey struct {
	Name    string `json:"key"`
	Words   string `json:"words"`
	Example string `json:"example"`
	Kind    string `json:"kind"`
	Needed  bool   `json:"needed"`
}

// setupListed is what a server says of who can log in to a realm.
type setupListed struct {
	File      string                                  `json:"file"`
	Unwritten int                                     `json:"unwritten"`
	Lists     map[string][]map[string]json.RawMessage `json:"lists"`
	Keys      map[string][]setupKey                   `json:"keys"`
}

// setup is the page of clients, people and scopes.
type setup struct {
	tools
	setupListed

	server *server
	of     func() string // the realm to begin with
	realm  string
	over   string // why the file is not written unasked; "" while there is no reason
	entry  *entry // that is filled in; nil while the lists show
}

// setupLists are the lists, in the order of the page.
func setupLists() []string { return []string{"client", "person", "scope"} }

// open asks who can log in, and shows it.
func (u *setup) open() { u.openRealm(u.of()) }

func (u *setup) openRealm(realm string) {
	var listed setupListed
	u.server.order(http.MethodGet, "/setup/"+url.PathEscape(realm), nil, &listed, func() {
		u.setupListed, u.realm, u.over, u.entry = listed, realm, "", nil
		u.sheet.scroll.Rewind()
		u.leaves.turn(u)
	})
}

// fill opens the form of an entry of a list, or with -1 of a new one.
func (u *setup) fill(list string, at int) {
	realm, name, said := u.realm, "", map[string]json.RawMessage(nil)
	if at >= 0 {
		name, said = u.nameOf(list, at), u.Lists[list][at]
	}
	e := newEntry(u.tools, list, name, u.Keys[list], said)
	e.redraw, e.back = func() { u.leaves.turn(u) }, func() { u.openRealm(realm) }
	e.amend = func(method, name string, object, ended any, then func(error)) {
		u.server.ask(method, "/setup/"+url.PathEscape(realm)+"/"+list+"/"+url.PathEscape(name), object, ended, then)
	}
	e.news = u.server.news
	u.entry = e
	u.sheet.scroll.Rewind()
	u.leaves.turn(u)
	if at < 0 {
		u.window.Focus(e.boxes[0].field.Field)
	}
}

// holds is part of leaf: somebody types there.
func (u *setup) holds() bool { return true }

// draw is part of leaf: it shows who can log in, or the form of one of them.
func (u *setup) draw() fyne.CanvasObject {
	s, say := u.sheet, u.words.say
	s.begin(say("who.heading"))
	if u.entry != nil {
		u.entry.draw()
		return s
	}
	s.column.Add(look.Gap, s.prose(say("who.words")))
	u.drawRealms()
	for _, list := range setupLists() {
		card := s.card(say("who." + list + ".title"))
		card.Add(look.Gap, s.soft(say("who."+list+".words")))
		var names []*page.Button
		for i := range u.Lists[list] {
			names = append(names, s.button(u.nameOf(list, i), func() { u.fill(list, i) }))
		}
		if len(names) > 0 {
			card.Add(look.Gap, s.bar(names...))
		}
		card.Add(look.Gutter, s.bar(s.button(say("who."+list+".add"), func() { u.fill(list, -1) }))) // no name among the names
		s.column.Add(look.Gutter, card)
	}
	u.drawFile()
	return s
}

// drawRealms chooses whose lists show, where there are several.
func (u *setup) drawRealms() {
	if len(u.server.Realms) < 2 {
		return
	}
	var realms []*page.Button
	for i := range u.server.Realms {
		name := u.server.Realms[i].Name
		b := u.sheet.button(u.words.say("realm", "realm", name), func() { u.openRealm(name) })
		b.Chosen = name == u.realm
		realms = append(realms, b)
	}
	u.sheet.column.Add(look.Gutter, u.sheet.bar(realms...))
}

// nameOf is what an entry of a list is called.
func (l *setupListed) nameOf(list string, i int) string {
	if len(l.Keys[list]) == 0 {
		return strconv.Itoa(i + 1)
	}
	return textOf(l.Lists[list][i][l.Keys[list][0].Name], "text")
}
