package connect

import (
	"cmp"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/explain"
)

// finding is beside the diagram of a login: how it came out, and why.
type finding struct {
	tools // the sheet is its own

	messages func() // shows those of the login in its place
	keeping  func() []room.Command
}

// tell says how the login with a number came out.
func (f *finding) tell(log *live.Log, number int) {
	s, say := f.sheet, f.words.say
	login, d := log.Login(number), log.Diagnose(number)
	s.clear()
	s.column.Add(0, s.soft(f.over(login, &d)))
	outcome := func(id string, ink fyne.ThemeColorName, words string) {
		s.column.Add(4, s.head(say(id), look.Title, ink))
		s.column.Add(look.Gap, s.prose(words))
	}
	switch {
	case len(d.Causes) > 0:
		f.drawCause(&d)
	case d.Stop != nil:
		outcome("stopped", look.Fail, explain.Nothing(f.words.Words, &d))
	case login.State() == logins.Done:
		outcome("done", look.Pass, say("done-words"))
	default:
		outcome("waits", look.Ink, say("waits-words"))
	}
	if d.Stop != nil {
		f.drawCheck(d.Stop)
	}
	s.drawEvents(f.words, say("events-during"), log.EventsOf(number))
	flow := live.FlowOf(login)
	s.column.Add(look.Gutter, s.bar(append([]*page.Button{
		s.button(say("see-messages"), f.messages),
		s.button(say("walk-right"), func() { f.window.Go(address.At("walk", flow)) }),
	}, s.does(f.keeping()...)...)...))
	s.Refresh()
}

func (f *finding) over(login *logins.Login, d *diagnosis.Diagnosis) string {
	at := login.Last()
	if d.Stop != nil {
		at = d.Stop
	}
	where := f.words.whereOnce(at.Endpoint, at.Param("grant_type"))
	if d.Stop != nil {
		where = f.words.say("stopped-where", "where", where)
	}
	return login.Began().Format(time.TimeOnly) + " · " + f.words.called(login.Client) + " · " + where
}

func (f *finding) drawCause(d *diagnosis.Diagnosis) {
	s, voice, first := f.sheet, f.words.Voice, &d.Causes[0]
	cause, _ := f.words.Words.Causes().Cause(first.ID)
	ink := look.Fail
	if d.Stop == nil {
		ink = look.Caution
	}
	s.column.Add(4, s.head(explain.Title(f.words.Words, voice, first), look.Title, ink))
	s.column.Add(2, s.soft(f.words.say("sure."+string(first.Sure))))
	s.column.Add(look.Gap, s.prose(cause.Happened[voice]))
	if f.words.developer() {
		f.drawCure(first, &cause, settingOf(d))
	}
	f.drawOthers(d)
}

// drawCure is for who can change the app: what shows it, why it usually happens, and what to do.
func (f *finding) drawCure(c *diagnosis.Cause, cause *tutorials.Cause, setting diagnosis.Setting) {
	s := f.sheet
	part := func(id string) { s.column.Add(look.Gutter, s.head(f.words.diagnose("text."+id), look.Body, look.Ink)) }
	part("seen")
	where := ""
	for _, e := range c.Evidence {
		e = explain.Seen(f.words.Words, e)
		if e.Where != where {
			where = e.Where
			s.column.Add(4, s.soft(where))
		}
		s.column.Add(2, s.text(seen(e)))
	}
	part("why")
	stack := cmp.Or(f.words.stack, setting.Stack)
	for i, why := range explain.Whys(cause.Why, setting, stack) {
		s.column.Add(4, s.prose(fmt.Sprint(i+1, ". ", why)))
	}
	part("change")
	s.column.Add(4, s.prose(cause.Cure))
	if line := f.words.Words.Causes().CureAt(c.ID, setting.Provider); line != "" {
		s.column.Add(4, s.prose(line))
	}
	switch line := f.words.Words.Causes().CureIn(cause.Cures, stack); {
	case c.OfOther():
	case line != "":
		s.column.Add(4, s.prose("**"+f.words.diagnose("stack."+stack)+"** "+line))
	case stack == "" && cause.Cures != "":
		s.column.Add(4, s.soft(f.words.say("stack-open")))
	}
}

// settingOf is what took part in a login, as far as it shows.
func settingOf(d *diagnosis.Diagnosis) diagnosis.Setting {
	if d.Login == nil {
		return diagnosis.Setting{}
	}
	return diagnosis.SettingOf(&logins.Log{Exchanges: d.Login.Exchanges}, "")
}

func seen(e diagnosis.Evidence) page.Paragraph {
	return page.Paragraph{Indent: look.Gap, Spans: []page.Span{
		{Text: e.Field + ": ", Ink: look.InkSoft, Face: page.Face{Size: look.Small}},
		{Text: e.Value, Ink: look.Ink, Face: page.Face{Size: look.Small, Mono: true}, On: look.CardSoft},
	}}
}

// drawOthers lists what else it could be, and what nobody knows.
func (f *finding) drawOthers(d *diagnosis.Diagnosis) {
	s, voice := f.sheet, f.words.Voice
	others := explain.Others(f.words.Words, voice, d)
	if len(others) > 0 {
		s.column.Add(look.Gutter, s.head(f.words.diagnose("text.also"), look.Body, look.Ink))
	}
	for _, c := range others {
		s.column.Add(4, s.prose("- "+explain.Title(f.words.Words, voice, c)+" ("+f.words.diagnose("sure."+string(c.Sure))+")"))
	}
	if len(d.Unknown) > 0 && f.words.developer() {
		s.column.Add(look.Gutter, s.head(f.words.diagnose("text.not-known"), look.Body, look.Ink))
		for _, u := range d.Unknown {
			s.column.Add(4, s.soft(f.words.diagnose("unknown."+string(u))))
		}
	}
}

// drawCheck is the rule that the request broke.
func (f *finding) drawCheck(e *logins.Exchange) {
	c := e.Broken()
	if c == nil {
		return
	}
	s := f.sheet
	words := f.words.narrator().Rule(c.ID, c.Rule)
	s.column.Add(look.Gutter, s.head(f.words.say("rule"), look.Body, look.Ink))
	s.column.Add(4, s.stock.Signed(look.IconCross, look.Fail, s.prose(words)))
	if !f.words.developer() {
		return
	}
	mono := page.Face{Size: look.Small, Mono: true}
	line := func(name, value string) {
		if value == "" {
			return
		}
		s.column.Add(4, s.stock.Pair(s.soft(name), s.text(page.Plain(value, mono, look.Ink)))) // below each other: a letter may differ
	}
	line(f.words.say("section"), c.Spec.String())
	line(f.words.say("expected"), c.Expected)
	line(f.words.say("got"), c.Got)
	if c.Reason != "" {
		s.column.Add(4, s.soft(c.Reason))
	}
}
