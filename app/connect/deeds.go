package connect

import (
	"net/http"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
)

// deeds are the orders that need no more than a press.
type deeds struct {
	tools

	server *server
	realm  func() string
	held   *held
	people *people
	setup  *setup
}

// done says that an order was carried out.
func (d *deeds) done(id string) func() {
	return func() { d.window.Say(d.words.say("order." + id)) }
}

// trouble strikes one request that fits.
func (d *deeds) trouble(kind, by string) func() {
	return func() {
		body := map[string]any{"kind": kind, "times": 1}
		if by != "" {
			body["by"] = by
		}
		d.server.order(http.MethodPost, "/trouble/"+d.realm(), body, nil, d.done("trouble"))
	}
}

// clock moves the clock of the server.
func (d *deeds) clock(by string) func() {
	return func() {
		d.server.order(http.MethodPut, "/clock/"+d.realm(), map[string]string{"by": by}, nil, d.done("clock"))
	}
}

// rotate has new keys sign.
func (d *deeds) rotate() {
	d.server.order(http.MethodPost, "/keys/"+d.realm(), nil, nil, d.done("rotate"))
}

// commands are the orders.
func (d *deeds) commands() []room.Command {
	off := !d.server.operable()
	deed := func(id string, do func(), keys ...room.Key) room.Command {
		return room.Command{ID: "live." + id, Menu: room.MenuTools, Words: d.words.say("deed." + id), Keys: keys, Off: off, Do: do}
	}
	hold := deed("hold", d.held.arm, room.Keys(fyne.KeyH)...)
	hold.On = d.held.Armed != nil
	return []room.Command{
		hold,
		deed("expired", d.trouble("expired-token", "")),
		deed("slow", d.trouble("delay", "3s")),
		deed("unavailable", d.trouble("unavailable", "")),
		deed("forward", d.clock("10m")),
		deed("back", d.clock("-10m")),
		deed("rotate", d.rotate),
		deed("people", d.people.open),
		deed("setup", d.setup.open),
	}
}

// section lists them at the left.
func (d *deeds) section() room.Section {
	s := room.Section{Title: d.words.say("deeds")}
	for _, c := range d.commands() {
		if c.ID == "live.setup" { // it stands with the server
			continue
		}
		s.Rows = append(s.Rows, room.Row{Label: c.Words, On: c.On, Choice: c.On, Off: c.Off, Do: c.Do})
	}
	return s
}
