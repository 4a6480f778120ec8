package connect

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// holding is what the server says of requests that wait.
type holding struct {
	Armed *struct{}     `json:"armed"`
	Held  []heldRequest `json:"held"`
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

// change is a field of a request that is held, with what it is to be.
type change struct {
	of    *[]trace.Field
	index int
	field *field
}

// arm holds the next request of the app that is looked at, or of any; once more
// it holds none.
func (r *Room) arm() {
	if r.held.Armed != nil || len(r.held.Held) > 0 {
		r.order(http.MethodDelete, "/hold", nil, nil, func() {
			r.held = holding{}
			r.window.Say("")
			r.show(r.at)
		})
		return
	}
	r.order(http.MethodPut, "/hold", map[string]string{"client": r.wanted.Client}, &r.held, func() {
		r.window.Say(r.say()("order.hold"))
		r.window.Changed()
	})
}

// askHeld asks what waits, and shows it.
func (r *Room) askHeld() {
	var now holding
	r.order(http.MethodGet, "/hold", nil, &now, func() {
		before := len(r.held.Held)
		r.held = now
		switch {
		case len(now.Held) > 0:
			r.window.Say("")
			r.turn(pageHeld)
		case before > 0 && r.page == pageHeld:
			r.turn(pageServer)
		}
		r.window.Changed()
	})
}

// drawHeld shows the request that waits longest.
func (r *Room) drawHeld() {
	s, say := r.sheet, r.say()
	if len(r.held.Held) == 0 {
		s.soften(say("held.none"))
		return
	}
	if first := r.held.Held[0]; r.waits.ID != first.ID { // what was typed stays while others come
		r.waits, r.changes = first, nil
		for _, fields := range []*[]trace.Field{&r.waits.Query, &r.waits.Form, &r.waits.Header} {
			for i, f := range *fields {
				c := change{fields, i, newField(func() { r.window.Focus(nil) })}
				c.field.SetText(f.Value)
				c.field.showWhole(false)
				r.changes = append(r.changes, c)
			}
		}
	}
	h := &r.waits
	where := r.whereOnce(logins.Endpoint(h.Endpoint), trace.ValueOf(h.Form, "grant_type"))
	s.column.Add(look.Gap, s.prose(say("held.words", "client", r.called(h.Client), "at", where,
		"time", h.Until.Local().Format(time.TimeOnly))))
	address, _, _ := strings.Cut(h.URL, "?")
	s.column.Add(look.Gap, s.text(page.Plain(h.Method+" "+address, page.Face{Size: look.Small, Mono: true}, look.Ink)))
	r.drawHeldFields("held.query", &h.Query)
	r.drawHeldFields("held.form", &h.Form)
	s.column.Add(look.Gutter, s.bar(s.filled(say("held.send"), r.sendOn)))
	s.column.Add(look.Gutter, s.soft(say("held.trouble")))
	s.column.Add(look.Gap, s.bar(
		s.button(say("held.expired"), func() { r.troubled("expired-token", "") }),
		s.button(say("held.unsigned"), func() { r.troubled("unsigned-token", "") }),
		s.button(say("held.unavailable"), func() { r.troubled("unavailable", "") }),
		s.button(say("held.drop"), func() { r.troubled("drop", "") }),
		s.button(say("held.slow"), func() { r.troubled("delay", "3s") }),
	))
	r.drawHeldFields("held.header", &h.Header)
}

func (r *Room) drawHeldFields(id string, of *[]trace.Field) {
	s := r.sheet
	if len(*of) == 0 {
		return
	}
	card := s.card(r.say()(id))
	for i, c := range r.changes {
		if c.index < len(*of) && r.changes[i].of == of {
			card.Add(look.Gap, s.soft((*of)[c.index].Name))
			card.Add(2, c.field.held)
		}
	}
	s.column.Add(look.Gutter, card)
}

// sendOn sends the request on, with what was changed.
func (r *Room) sendOn() {
	h := &r.waits
	body, names := map[string]any{}, map[*[]trace.Field]string{&h.Query: "query", &h.Form: "form", &h.Header: "header"}
	for _, c := range r.changes {
		fields := *c.of
		if fields[c.index].Value != c.field.Text {
			fields[c.index].Value = c.field.Text
			body[names[c.of]] = fields
		}
	}
	r.decide(body)
}

// troubled has the request answered with trouble of its own.
func (r *Room) troubled(kind, by string) {
	r.decide(map[string]any{"trouble": map[string]string{"kind": kind, "by": by}})
}

func (r *Room) decide(body map[string]any) {
	r.order(http.MethodPost, "/hold/"+strconv.Itoa(r.waits.ID), body, nil, r.askHeld)
}
