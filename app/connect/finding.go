package connect

import (
	"cmp"
	"fmt"
	"time"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/explain"
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
		s.column.Add(look.Gap, s.prose(explain.Nothing(r.manner.Words, &d)))
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
	r.drawEvents(r.log.EventsOf(r.at), "events-during")
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

// called is the name of a client.
func (r *Room) called(client string) string { return cmp.Or(client, r.diagnose("text.nobody")) }

func (r *Room) over(login *logins.Login, d *diagnosis.Diagnosis) string {
	at := login.Last()
	if d.Stop != nil {
		at = d.Stop
	}
	where := r.whereOnce(at.Endpoint, at.Param("grant_type"))
	if d.Stop != nil {
		where = r.say()("stopped-where", "where", where)
	}
	return login.Began().Format(time.TimeOnly) + " · " + r.called(login.Client) + " · " + where
}

func (r *Room) drawCause(d *diagnosis.Diagnosis) {
	s, voice, first := r.finding, r.manner.Voice, &d.Causes[0]
	cause, _ := r.manner.Words.Causes().Cause(first.ID)
	ink := look.Fail
	if d.Stop == nil {
		ink = look.Caution
	}
	s.column.Add(4, s.head(explain.Title(r.manner.Words, voice, first), look.Title, ink))
	s.column.Add(2, s.soft(r.diagnose("sure."+string(first.Sure))))
	s.column.Add(look.Gap, s.prose(cause.Happened[voice]))
	if voice == tutorials.Developer {
		r.drawCure(first, &cause)
	}
	r.drawOthers(d)
}

// drawCure is for who can change the app: what shows it, why it usually happens, and what to do.
func (r *Room) drawCure(c *diagnosis.Cause, cause *tutorials.Cause) {
	s := r.finding
	part := func(id string) { s.column.Add(look.Gutter, s.head(r.diagnose("text."+id), look.Body, look.Ink)) }
	part("seen")
	where := ""
	for _, e := range c.Evidence {
		if e.Where != where {
			where = e.Where
			s.column.Add(4, s.soft(where))
		}
		s.column.Add(2, s.text(seen(e)))
	}
	part("why")
	for i, why := range cause.Why {
		s.column.Add(4, s.prose(fmt.Sprint(i+1, ". ", why)))
	}
	part("change")
	s.column.Add(4, s.prose(cause.Cure))
	for _, stack := range r.stacks() {
		if line := r.manner.Words.Causes().CureIn(cause.Cures, stack); line != "" {
			s.column.Add(4, s.prose("**"+r.diagnose("stack."+stack)+"** "+line))
		}
	}
}

// stacks are those whose cure is told.
func (r *Room) stacks() []string {
	if r.stack == "" {
		return tutorials.Stacks()
	}
	return []string{r.stack}
}

func seen(e diagnosis.Evidence) page.Paragraph {
	return page.Paragraph{Indent: look.Gap, Runs: []page.Run{
		{Text: e.Field + ": ", Ink: look.InkSoft, Face: page.Face{Size: look.Small}},
		{Text: e.Value, Ink: look.Ink, Face: page.Face{Size: look.Small, Mono: true}, On: look.CardSoft},
	}}
}

// drawOthers lists what else it could be, and what nobody knows.
func (r *Room) drawOthers(d *diagnosis.Diagnosis) {
	s, voice := r.finding, r.manner.Voice
	others := explain.Others(r.manner.Words, voice, d)
	if len(others) > 0 {
		s.column.Add(look.Gutter, s.head(r.diagnose("text.also"), look.Body, look.Ink))
	}
	for _, c := range others {
		s.column.Add(4, s.prose("- "+explain.Title(r.manner.Words, voice, c)+" ("+r.diagnose("sure."+string(c.Sure))+")"))
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
