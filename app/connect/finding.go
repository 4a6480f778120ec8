package connect

import (
	"fmt"
	"time"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/tutorials"
)

// drawFinding says how a login came out, and why.
func (r *Room) drawFinding() {
	s, login := r.finding, r.log.Login(r.at)
	s.clear()
	d := r.log.Diagnose(r.at)
	s.column.Add(0, s.soft(r.over(login, &d)))
	switch {
	case len(d.Causes) > 0:
		r.drawCause(&d)
	case d.Stop != nil:
		s.column.Add(4, s.head(r.say()("stopped"), look.Title, look.Fail))
		s.column.Add(look.Gap, s.prose(r.diagnose("text.nothing", "answer", answered(d.Stop))))
	case login.State() == logins.Done:
		s.column.Add(4, s.head(r.say()("done"), look.Title, look.Pass))
		s.column.Add(look.Gap, s.prose(r.say()("done-words")))
	default:
		s.column.Add(4, s.head(r.say()("waits"), look.Title, look.Ink))
		s.column.Add(look.Gap, s.prose(r.say()("waits-words")))
	}
	if d.Stop != nil {
		r.drawCheck(d.Stop)
	}
	flow := live.FlowOf(login)
	s.column.Add(look.Gutter, s.bar(
		s.button(r.say()("see-messages"), r.toggle),
		s.button(r.say()("walk-right"), func() { r.window.Go(address.At("walk", flow)) }),
	))
	s.Refresh()
}

// diagnose says what is filed for diagnoses, wherever they are told.
func (r *Room) diagnose(id string, pairs ...string) string {
	return r.manner.Words.Catalog().Text("diagnose."+id, pairs...)
}

func (r *Room) over(login *logins.Login, d *diagnosis.Diagnosis) string {
	client := login.Client
	if client == "" {
		client = r.diagnose("text.nobody")
	}
	at := login.Last().Endpoint
	if d.Stop != nil {
		at = d.Stop.Endpoint
	}
	return login.Began().Format(time.TimeOnly) + " · " + client + " · " + r.endpoint(at)
}

func (r *Room) endpoint(at logins.Endpoint) string {
	if at == logins.Other {
		return r.diagnose("at.elsewhere")
	}
	return r.diagnose("at." + string(at))
}

func answered(e *logins.Exchange) string {
	said := fmt.Sprint(e.Status())
	if code := e.Error(); code != "" {
		said += " " + code
	}
	if words := e.Description(); words != "" {
		said += ": " + words
	}
	return said
}

func (r *Room) drawCause(d *diagnosis.Diagnosis) {
	s, voice, first := r.finding, r.manner.Voice, &d.Causes[0]
	cause, known := r.manner.Words.Cause(first.ID)
	if !known {
		cause.Title = map[tutorials.Voice]string{voice: first.Says}
	}
	ink := look.Fail
	if d.Stop == nil {
		ink = look.Caution
	}
	s.column.Add(4, s.head(cause.Title[voice], look.Title, ink))
	s.column.Add(2, s.soft(r.diagnose("sure."+string(first.Sure))))
	s.column.Add(look.Gap, s.prose(cause.Happened[voice]))
	if len(first.Evidence) > 0 && voice == tutorials.Developer {
		s.column.Add(look.Gutter, s.head(r.diagnose("text.seen"), look.Body, look.Ink))
		for _, e := range first.Evidence {
			s.column.Add(4, s.text(seen(e)))
		}
	}
	if voice == tutorials.Developer {
		s.column.Add(look.Gutter, s.head(r.diagnose("text.why"), look.Body, look.Ink))
		for i, why := range cause.Why {
			s.column.Add(4, s.prose(fmt.Sprint(i+1, ". ", why)))
		}
	}
	s.column.Add(look.Gutter, s.head(r.diagnose("text.change"), look.Body, look.Ink))
	s.column.Add(4, s.prose(cause.Cure))
	for _, stack := range r.stacks() {
		if line := r.manner.Words.CureIn(cause, stack); line != "" && voice == tutorials.Developer {
			s.column.Add(4, s.prose("**"+r.diagnose("stack."+stack)+"** "+line))
		}
	}
	r.drawOthers(d)
}

// stacks are those whose cure is told.
func (r *Room) stacks() []string {
	if r.stack == "" {
		return tutorials.Stacks()
	}
	return []string{r.stack}
}

func seen(e diagnosis.Evidence) page.Paragraph {
	mono := page.Face{Size: look.Small, Mono: true}
	return page.Paragraph{Runs: []page.Run{
		{Text: e.Where + "  ", Ink: look.InkSoft, Face: page.Face{Size: look.Small}},
		{Text: e.Field + " ", Ink: look.Ink, Face: mono},
		{Text: e.Value, Ink: look.Ink, Face: mono, On: look.CardSoft},
	}}
}

// drawOthers lists what else it could be, and what nobody knows.
func (r *Room) drawOthers(d *diagnosis.Diagnosis) {
	s, voice := r.finding, r.manner.Voice
	if len(d.Causes) > 1 {
		s.column.Add(look.Gutter, s.head(r.diagnose("text.also"), look.Body, look.Ink))
	}
	for _, c := range d.Causes[1:] {
		title := c.Says
		if cause, ok := r.manner.Words.Cause(c.ID); ok {
			title = cause.Title[voice]
		}
		s.column.Add(4, s.prose("- "+title+" ("+r.diagnose("sure."+string(c.Sure))+")"))
	}
	if len(d.Unknown) > 0 && voice == tutorials.Developer {
		s.column.Add(look.Gutter, s.head(r.diagnose("text.not-known"), look.Body, look.Ink))
		for _, u := range d.Unknown {
			s.column.Add(4, s.soft(r.diagnose("unknown."+string(u))))
		}
	}
}

// drawCheck is the rule that the request broke.
func (r *Room) drawCheck(e *logins.Exchange) {
	c := e.Broken()
	if c == nil {
		return
	}
	s := r.finding
	words := r.narrator().Rule(c.ID, c.Rule)
	s.column.Add(look.Gutter, s.stock.Signed(look.IconCross, look.Fail, s.prose("**"+words+"**")))
	if r.manner.Voice != tutorials.Developer {
		return
	}
	mono := page.Face{Size: look.Small, Mono: true}
	line := func(name, value string) {
		if value == "" {
			return
		}
		s.column.Add(4, s.text(page.Paragraph{Runs: []page.Run{
			{Text: name + " ", Ink: look.InkSoft, Face: page.Face{Size: look.Small}}, {Text: value, Ink: look.Ink, Face: mono},
		}}))
	}
	line(r.say()("section"), c.Spec.String())
	line(r.say()("expected"), c.Expected)
	line(r.say()("got"), c.Got)
	if c.Reason != "" {
		s.column.Add(4, s.soft(c.Reason))
	}
}

// toggle turns from the diagnosis to the messages and back.
func (r *Room) toggle() {
	if r.at == 0 {
		return
	}
	r.message = !r.message
	r.draw()
	r.window.Changed()
}

// noteOf is how the list tells of a run.
func (r *Room) noteOf(run live.Run) string {
	switch run.State {
	case logins.Stopped:
		return r.say()("run.stopped")
	case logins.Done:
		return r.say()("run.done")
	case logins.Waiting:
	}
	return r.say()("run.waiting")
}
