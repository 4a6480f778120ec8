package connect

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// holding is what the server says of requests that wait.
type holding struct {
	Armed *struct{}     `json:"armed"`
	Held  []heldRequest `json:"held"`
}

// held is the page of requests that wait for somebody to decide.
type held struct {
	tools
	holding

	server  *server
	client  func() string // whose next request is held; "" for anybody's
	waits   heldRequest   // the one that shows
	changes []change      // of it
}

// heldRequest is one that waits for somebody to decide.
type heldRequest struct {
	ID       int           `json:"id"`
	Until    time.Time     `json:"until"`
	Endpoint string        `json:"endpoint"`
	Client   string        `json:"client"`
	Method   string        `json:"method"`
	URL      string        `json:"url"`
	Header   []trace.Field `json:"header"`
	Query    []trace.Field `json:"query"`
	Form     []trace.Field `json:"form"`
}

// patience is how long a request waits at most: somebody reads it, thinks, and types
// something else. A client that does not wait so long goes, which the page says.
const patience = "2m"

// change is a field of a request that is held, with what it is to be.
type change struct {
	of    *[]trace.Field
	index int
	field *field
}

// arm holds the next request of the app that is looked at, or of any; once more
// it holds none.
func (h *held) arm() {
	if h.Armed != nil || len(h.Held) > 0 {
		h.server.order(http.MethodDelete, "/hold", nil, nil, func() {
			h.holding = holding{}
			h.window.Say("")
			h.leaves.redraw()
		})
		return
	}
	var now holding
	h.server.order(http.MethodPut, "/hold", map[string]string{"client": h.client(), "for": patience}, &now, func() {
		h.holding = now
		h.window.Say(h.words.say("order.hold"))
		h.window.Changed()
	})
}

// look asks what waits, and shows it.
func (h *held) look() {
	var now holding
	h.server.order(http.MethodGet, "/hold", nil, &now, func() {
		before := len(h.Held)
		h.holding = now
		switch {
		case len(now.Held) > 0:
			h.window.Say("")
			h.leaves.turn(h)
		case before > 0:
			h.leaves.gone(h)
		}
		h.window.Changed()
	})
}

// row leads to what waits.
func (h *held) row() room.Row {
	return room.Row{Label: h.words.say("held.row"), Sign: "H", Here: h.leaves.shows(h), Do: func() { h.leaves.turn(h) }}
}

// holds is part of leaf: somebody changes the request.
func (h *held) holds() bool { return true }

// draw is part of leaf: it shows the request that waits longest.
func (h *held) draw() fyne.CanvasObject {
	s, say := h.sheet, h.words.say
	s.begin(say("held.heading"))
	if len(h.Held) == 0 {
		s.soften(say("held.none"))
		return s
	}
	h.take(h.Held[0])
	one := &h.waits
	where := h.words.whereOnce(logins.Endpoint(one.Endpoint), trace.ValueOf(one.Form, "grant_type"))
	s.column.Add(look.Gap, s.prose(say("held.words", "client", h.words.called(one.Client), "at", where,
		"time", one.Until.Local().Format(time.TimeOnly))))
	address, _, _ := strings.Cut(one.URL, "?")
	s.column.Add(look.Gap, s.text(page.Plain(one.Method+" "+address, page.Face{Size: look.Small, Mono: true}, look.Ink)))
	h.drawFields("held.query", &one.Query)
	h.drawFields("held.form", &one.Form)
	s.column.Add(look.Gutter, s.bar(s.filled(say("held.send"), h.sendOn)))
	s.column.Add(look.Gutter, s.soft(say("held.trouble")))
	s.column.Add(look.Gap, s.bar(
		s.button(say("held.expired"), func() { h.troubled("expired-token", "") }),
		s.button(say("held.unsigned"), func() { h.troubled("unsigned-token", "") }),
		s.button(say("held.unavailable"), func() { h.troubled("unavailable", "") }),
		s.button(say("held.drop"), func() { h.troubled("drop", "") }),
		s.button(say("held.slow"), func() { h.troubled("delay", "3s") }),
	))
	h.drawFields("held.header", &one.Header)
	return s
}

// take makes the fields of a request; what was typed stays while others come.
func (h *held) take(first heldRequest) {
	if h.waits.ID == first.ID {
		return
	}
	h.waits, h.changes = first, nil
	for _, fields := range []*[]trace.Field{&h.waits.Query, &h.waits.Form, &h.waits.Header} {
		for i, f := range *fields {
			c := change{fields, i, h.newField()}
			c.field.SetText(f.Value)
			c.field.showWhole(false)
			h.changes = append(h.changes, c)
		}
	}
}

func (h *held) drawFields(id string, of *[]trace.Field) {
	if len(*of) == 0 {
		return
	}
	s := h.sheet
	card := s.card(h.words.say(id))
	for _, c := range h.changes {
		if c.index < len(*of) && c.of == of {
			c.field.Called = (*of)[c.index].Name
			card.Add(look.Gap, s.soft(c.field.Called))
			card.Add(2, c.field.held)
		}
	}
	s.column.Add(look.Gutter, card)
}

// sendOn sends the request on, with what was changed.
func (h *held) sendOn() {
	one := &h.waits
	body, names := map[string]any{}, map[*[]trace.Field]string{&one.Query: "query", &one.Form: "form", &one.Header: "header"}
	for _, c := range h.changes {
		fields := *c.of
		if fields[c.index].Value != c.field.Text {
			fields[c.index].Value = c.field.Text
			body[names[c.of]] = fields
		}
	}
	h.decide(body)
}

// troubled has the request answered with trouble of its own.
func (h *held) troubled(kind, by string) {
	h.decide(map[string]any{"trouble": map[string]string{"kind": kind, "by": by}})
}

func (h *held) decide(body map[string]any) {
	h.server.order(http.MethodPost, "/hold/"+strconv.Itoa(h.waits.ID), body, nil, h.look)
}
