package connect

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/tape"
)

// orderTime is how long a server elsewhere has to answer an order.
const orderTime = 5 * time.Second

// order sends an order to the server, out of the way of whoever draws, and says
// what it says against it; then is called where it did it.
func (r *Room) order(method, path string, body, out any, then func()) {
	r.ask(method, path, body, out, func(err error) {
		if err != nil {
			r.window.Notice(r.say()("order.refused"), err)
			return
		}
		r.news()
		then()
	})
}

// ask is order for whoever says by themselves what came of it.
func (r *Room) ask(method, path string, body, out any, then func(error)) {
	orders, server := r.orders, r.server
	r.away(func() error {
		ctx, stop := context.WithTimeout(r.ctx, orderTime)
		defer stop()
		return orders.Do(ctx, method, path, body, out)
	}, func(err error) {
		if r.ctx.Err() == nil && server != nil && r.server == server {
			then(err)
		}
	})
}

// elsewhere does work on another goroutine and goes on with what came of it on the one that draws.
func (r *Room) elsewhere(work func() error, then func(error)) {
	r.busy.Go(func() {
		err := work()
		if r.ctx.Err() == nil {
			fyne.Do(func() { then(err) })
		}
	})
}

// operable reports whether the server takes orders.
func (r *Room) operable() bool { return r.server != nil && (r.orders.In != nil || r.orders.At != "") }

// realm is the one that orders are for: that of the login that shows, or the first.
func (r *Room) realm() string {
	if login := r.log.Login(r.at); login != nil {
		for _, e := range login.Exchanges {
			if name := realmIn(e.Path()); name != "" {
				return name
			}
		}
	}
	if len(r.server.Realms) == 0 {
		return ""
	}
	return r.server.Realms[0].Name
}

// realmIn is the realm that a path is of; "" where it is of none.
func realmIn(path string) string {
	_, below, found := strings.Cut(path, "/realms/")
	if !found {
		return ""
	}
	name, _, _ := strings.Cut(below, "/")
	return name
}

// done says that an order was carried out.
func (r *Room) done(id string) func() {
	return func() { r.window.Say(r.say()("order." + id)) }
}

// deeds are the orders that need no more than a press.
func (r *Room) deeds() []room.Command {
	say := r.say()
	off := !r.operable()
	trouble := func(kind string, more map[string]any) func() {
		return func() {
			body := map[string]any{"kind": kind, "times": 1}
			for k, v := range more {
				body[k] = v
			}
			r.order(http.MethodPost, "/trouble/"+r.realm(), body, nil, r.done("trouble"))
		}
	}
	clock := func(by string) func() {
		return func() {
			r.order(http.MethodPut, "/clock/"+r.realm(), map[string]string{"by": by}, nil, r.done("clock"))
		}
	}
	deed := func(id string, keys []room.Key, do func()) room.Command {
		return room.Command{ID: "live." + id, Menu: room.MenuTools, Words: say("deed." + id), Keys: keys, Off: off, Do: do}
	}
	held := deed("hold", room.Keys(fyne.KeyH), r.arm)
	held.On = r.held.Armed != nil
	return []room.Command{
		held,
		deed("expired", nil, trouble("expired-token", nil)),
		deed("slow", nil, trouble("delay", map[string]any{"by": "3s"})),
		deed("unavailable", nil, trouble("unavailable", nil)),
		deed("forward", nil, clock("10m")),
		deed("back", nil, clock("-10m")),
		deed("rotate", nil, func() { r.order(http.MethodPost, "/keys/"+r.realm(), nil, nil, r.done("rotate")) }),
		deed("people", nil, r.openPeople),
		deed("setup", nil, r.openSetup),
	}
}

// section lists the deeds in the rail.
func (r *Room) section() room.Section {
	s := room.Section{Title: r.say()("deeds")}
	for _, c := range r.deeds() {
		if c.ID == "live.setup" { // it stands with the server
			continue
		}
		s.Rows = append(s.Rows, room.Row{Label: c.Words, On: c.On, Choice: c.On, Off: c.Off, Do: c.Do})
	}
	return s
}

// signedIn is a session of somebody.
type signedIn struct {
	ID       string    `json:"id"`
	Username string    `json:"username"`
	Since    time.Time `json:"since"`
	Clients  []string  `json:"clients"`
}

// openPeople asks who is signed in and shows them.
func (r *Room) openPeople() {
	var all []signedIn
	r.order(http.MethodGet, "/sessions/"+r.realm(), nil, &all, func() {
		r.people = all
		r.turn(pagePeople)
	})
}

// drawPeople shows who is signed in, and what can be done about it.
func (r *Room) drawPeople() {
	s, say, realm := r.sheet, r.say(), url.PathEscape(r.realm())
	if len(r.people) == 0 {
		s.soften(say("people.none"))
	}
	for _, p := range r.people {
		card := s.card(p.Username)
		words := say("people.since", "time", p.Since.Local().Format(time.TimeOnly))
		if len(p.Clients) > 0 {
			words += " " + say("people.told", "apps", fmt.Sprint(p.Clients))
		}
		card.Add(4, s.soft(words))
		at := "/sessions/" + realm + "/" + url.PathEscape(p.ID)
		card.Add(cardGap, s.bar(
			s.button(say("people.end"), func() { r.order(http.MethodDelete, at, nil, nil, r.openPeople) }),
			s.button(say("people.logout"), func() { r.order(http.MethodPost, at+"/logout", nil, nil, r.done("logout")) }),
			s.button(say("people.revoke"), func() {
				r.order(http.MethodDelete, "/grants/"+realm+"/"+url.PathEscape(p.Username), nil, nil, r.openPeople)
			}),
		))
		s.column.Add(cardGap, card)
	}
}

// told says what was done to the server, in a line.
func (r *Room) told(e *live.Event) string {
	words := r.say()("event."+e.Deed, "says", e.Says, "client", r.called(e.Client), "person", e.Person)
	return e.At.Local().Format(time.TimeOnly) + " · " + words
}

// since reports whether one of some deeds was done between two lists of events, the
// newest first.
func since(before, now []live.Event, is func(deed string) bool) bool {
	for _, e := range now {
		if len(before) > 0 && e == before[0] {
			return false
		}
		if is(e.Deed) {
			return true
		}
	}
	return false
}

// setupNow reports whether an event says that somebody else may log in now.
func setupNow(deed string) bool {
	return deed == tape.ConfigChanged || deed == tape.EntryChanged || deed == tape.EntryRemoved
}

// heldNow reports whether an event says that what is held has changed.
func heldNow(deed string) bool {
	switch deed {
	case tape.RequestHeld, tape.RequestSentOn, tape.RequestChanged, tape.RequestFailed, tape.RequestTimedUp, tape.RequestGone:
		return true
	}
	return false
}
