// Package connect is the room in which developers connect their own app: the
// window serves, or looks on at a server that runs elsewhere on this machine,
// and each login of the app is told as a walk, with a diagnosis of what is
// wrong.
//
// What is served and who answers the room is handed; it knows no provider and no
// other room. What crosses it reads from a tape, as package live tells it.
package connect

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Place is where addresses lead that this room opens.
const Place = "connect"

// Options are what the room is handed.
type Options struct {
	Serve tape.Serve // nil where this program can't serve
}

// Room is where an app is connected. It puts its parts together, each of which
// has a file of its own, and turns from one to another.
type Room struct {
	tools

	content *fyne.Container
	start   *start
	book    *book
	login   *login
	page    leaf // that shows where no login does
	newest  bool // whichever login is the newest shows

	server    *server // nil: nothing is looked at
	addresses *addresses
	people    *people
	held      *held
	setup     *setup
	deeds     *deeds
	exam      *examiner
}

var (
	_ room.Room    = (*Room)(nil)
	_ room.Parted  = (*Room)(nil)
	_ room.Dropper = (*Room)(nil)
)

// New returns the room, with nothing connected.
func New(w room.Window, library *tutorials.Library, o Options) *Room {
	r := &Room{newest: true}
	r.tools = tools{
		window: w, words: &words{Manner: room.Manner{Words: library}}, sheet: newSheet(w, mostWide), errands: newErrands(), leaves: r,
	}
	r.start, r.book, r.login = newStart(r.tools, o.Serve, r), newBook(r.tools, r.listing), newLogin(r.tools)
	r.equip(nil)
	r.arrange()
	return r
}

// equip makes the parts that belong to a server; to none, nil, where nothing is looked at.
func (r *Room) equip(s *server) {
	realm := func() string { return s.realmOf(s.log.Login(r.login.number)) }
	r.server, r.login.server, r.login.number = s, s, 0
	r.book.reset(s)
	r.people = &people{tools: r.tools, server: s, realm: realm}
	r.held = &held{tools: r.tools, server: s, client: func() string { return r.book.wanted.Client }}
	r.setup = &setup{tools: r.tools, server: s, of: realm}
	r.addresses = &addresses{tools: r.tools, server: s, change: r.setup.open, ending: r.ending}
	r.deeds = &deeds{tools: r.tools, server: s, realm: realm, held: r.held, people: r.people, setup: r.setup}
	r.exam = &examiner{tools: r.tools, server: s, applicants: &applicants{server: s}}
	r.page = r.start
	if s != nil {
		r.page = r.addresses
	}
}

// arrange lays one over the other what can show.
func (r *Room) arrange() {
	r.content = container.NewStack(r.sheet, r.book.content, r.login.screen)
	r.book.content.Hide()
}

// Content is the page, or the login that shows.
func (r *Room) Content() fyne.CanvasObject { return r.content }

// Regions are those of the login, where one shows.
func (r *Room) Regions() []room.Region {
	switch {
	case r.login.number > 0:
		return r.login.screen.Regions()
	case r.page == r.book:
		return []room.Region{{Area: r.content, First: r.book.search}}
	}
	area := room.Region{Area: r.content}
	if stops := page.Stops(r.sheet); len(stops) > 0 {
		area.First = stops[0]
	}
	return []room.Region{area}
}

// Drop opens a file that was let go over the room.
func (r *Room) Drop(files []fyne.URI) { r.start.drop(files) }

// Address has nothing below the place: what was served is gone with the window.
func (r *Room) Address() address.Address { return address.At(Place) }

// Go has one page.
func (r *Room) Go(address.Address) {}

// Open begins where nothing is connected.
func (r *Room) Open(ready func()) {
	r.draw()
	ready()
}

// Tell tells in another voice or language.
func (r *Room) Tell(m room.Manner) {
	other := m.Words != r.words.Words
	r.words.Manner = m
	if other {
		r.login.furnish()
		r.arrange()
	}
	r.login.screen.ReduceMotion(m.Still)
	r.login.screen.Tell(r.words.narrator())
	r.redraw()
}

// Remember keeps nothing: what crossed holds secrets.
func (r *Room) Remember() {}

// Close ends the server, and looking on.
func (r *Room) Close() error {
	s := r.leave()
	r.errands.close()
	if s == nil || s.End == nil {
		return nil
	}
	return s.End() // nobody draws any more
}

// looking reports whether there is a server that is looked at.
func (r *Room) looking() bool { return r.server != nil }

// begin looks at a server from now on.
func (r *Room) begin(s *tape.Server, ours bool) *server {
	ctx, stop := context.WithCancel(r.errands.ctx)
	r.equip(&server{
		Server: s, ours: ours, log: live.New(s.Tape, knownOf(s)), orders: tape.Orders{In: s.Control, Key: s.Key},
		errands: r.errands, stop: stop, news: r.news, learned: r.redraw,
		refused: func(err error) { r.window.Notice(r.words.say("order.refused"), err) },
	})
	r.newest, r.start.wrong = true, ""
	r.errands.watch(ctx, s.Tape, r.news)
	r.window.Focus(nil)
	r.sheet.scroll.Rewind()
	r.redraw()
	return r.server
}

// openFile looks at what a file kept of a server.
func (r *Room) openFile(name string, t *tape.Tape) {
	r.begin(&tape.Server{Tape: t}, false).saved = name
	r.news()
	if r.login.number == 0 {
		r.book.open()
	}
}

// leave looks at nothing any more, and returns what it looked at. The logins that were seen are gone.
func (r *Room) leave() *server {
	s := r.server
	if s != nil {
		s.left = true
		r.exam.stop()
		s.stop()
		r.equip(nil)
	}
	return s
}

// Issuer is that of the first realm of the server that is looked at; "" for none.
func (r *Room) Issuer() string {
	if !r.looking() || len(r.server.Realms) == 0 {
		return ""
	}
	return r.server.Realms[0].Issuer
}
