package connect

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/tape"
)

// show shows a run, or without one the page.
func (r *Room) show(run int) {
	if run > 0 && (r.log == nil || r.log.Login(run) == nil) {
		run = 0
	}
	other := run != r.at
	r.at = run
	if other {
		r.message = false
	}
	r.draw()
	r.window.Changed()
}

// draw puts into the window what shows.
func (r *Room) draw() {
	if r.at == 0 && r.page == pageList && r.log != nil {
		r.drawList()
		r.put(r.book.content)
		return
	}
	if r.at == 0 {
		r.drawPage()
		r.put(r.sheet)
		return
	}
	login := r.log.Login(r.at)
	r.drawn = len(login.Exchanges)
	t := r.log.Trace(r.at)
	p, err := player.Named(t, login.Client)
	if err != nil {
		r.window.Fail(err)
		return
	}
	r.drawFinding()
	here := len(t.Messages) - 1
	if old := r.screen.Player(); r.message && old != nil && old.Cursor() >= 0 {
		here = min(old.Cursor(), here)
	} else if stop := t.Failed(); stop >= 0 {
		here = max(stop, t.Response(stop))
	}
	if err := p.Seek(here); err != nil {
		r.window.Fail(err)
		return
	}
	r.screen.Tell(r.narrator())
	r.screen.Open(p)
	if r.message {
		r.screen.Beside(nil)
	} else {
		r.screen.Beside(page.NewCard(r.finding, 1))
	}
	r.put(r.screen)
}

// put shows the page, or the run.
func (r *Room) put(o fyne.CanvasObject) {
	for _, other := range r.content.Objects {
		if other != o {
			other.Hide()
		}
	}
	o.Show()
	o.Refresh()
}

// drawPage is the page on which one connects, and then waits.
func (r *Room) drawPage() {
	s, say := r.sheet, r.say()
	s.clear()
	s.column.Add(0, s.head(r.heading(), look.Title, look.Ink))
	switch {
	case r.server != nil && r.page == pageExam:
		r.drawExam()
	case r.server != nil && r.page == pagePeople:
		r.drawPeople()
	case r.server != nil && r.page == pageHeld:
		r.drawHeld()
	case r.server != nil && r.page == pageSetup:
		r.drawSetup()
	case r.server != nil:
		r.drawWaiting()
	default:
		s.column.Add(look.Gap, s.prose(say("intro")))
		if r.between {
			s.column.Add(look.Gutter, s.stock.Signed(look.IconClock, look.Primary, s.prose(say("between"))))
		}
		if r.wrong != "" {
			s.column.Add(look.Gutter, s.stock.Signed(look.IconCross, look.Fail, s.prose(r.wrong)))
		}
		r.drawServe()
		r.drawAttach()
		r.drawOpen()
	}
	s.Refresh()
}

// heading is what stands over the page.
func (r *Room) heading() string {
	id := "heading"
	if r.server != nil {
		switch r.page {
		case pagePeople:
			id = "people.heading"
		case pageHeld:
			id = "held.heading"
		case pageSetup:
			id = "who.heading"
		case pageExam:
			return r.examTitle()
		case pageServer, pageList:
		}
	}
	return r.say()(id)
}

func (r *Room) drawServe() {
	if r.options.Serve != nil {
		r.drawForm("serve", r.sheet.filled(r.say()("serve.begin"), r.whenFree(r.serve)), labelled{"serve.port", r.port},
			labelled{"serve.config", r.config}, labelled{"serve.realms", r.realms})
	}
}

func (r *Room) drawAttach() {
	begin := r.sheet.button(r.say()("attach.begin"), r.whenFree(r.attach))
	r.drawForm("attach", begin, labelled{"attach.address", r.control}, labelled{"attach.key", r.key})
}

// whenFree is what a button does; nil, which disables it, while nothing can be begun.
func (r *Room) whenFree(do func()) func() {
	if r.between {
		return nil
	}
	return do
}

// drawOpen offers what was saved.
func (r *Room) drawOpen() {
	s, say := r.sheet, r.say()
	card := s.card(say("open.title"))
	card.Add(look.Gap, s.prose(say("open.words")))
	card.Add(look.Gap, s.bar(s.button(say("open.begin"), r.whenFree(r.openSaved)), s.button(say("open.har"), r.whenFree(r.openHAR))))
	s.column.Add(look.Gutter, card)
}

// labelled is a field with the id of what stands over it.
type labelled struct {
	label string
	field *field
}

// drawForm is a card with fields and the button that begins.
func (r *Room) drawForm(id string, begin *page.Button, fields ...labelled) {
	s, say := r.sheet, r.say()
	card := s.stock.Card(look.Card, look.Line, cardPad)
	card.Add(0, s.head(say(id+".title"), look.Heading, look.Ink))
	card.Add(look.Gap, s.prose(say(id+".words")))
	for _, f := range fields {
		card.Add(look.Gap, s.soft(say(f.label)))
		card.Add(4, f.field.held)
	}
	card.Add(look.Gap, s.bar(begin))
	s.column.Add(look.Gutter, card)
}

// drawWaiting says how an app gets here.
func (r *Room) drawWaiting() {
	s, say := r.sheet, r.say()
	waiting := "waiting"
	switch {
	case r.saved != "":
		waiting = "waiting-saved"
	case !r.ours:
		waiting = "waiting-elsewhere"
	}
	s.column.Add(look.Gap, s.prose(say(waiting)))
	if n := r.log.Around(); n > 0 {
		s.column.Add(look.Gap, s.soft(r.manner.Words.Catalog().Count("connect.no-login", n)))
	}
	r.drawEvents(r.log.Events(), "events")
	for i := range r.server.Realms {
		r.drawRealm(&r.server.Realms[i])
	}
	if r.operable() {
		s.column.Add(look.Gutter, s.prose(say("change")))
		s.column.Add(look.Gap, s.bar(
			s.button(say("deed.setup"), r.openSetup),
			s.button(say("change-setup"), func() { r.window.Go(address.At("setup", "spa")) }),
		))
	}
}

// drawEvents lists what was done to the server, as far as there is anything.
func (r *Room) drawEvents(events []live.Event, id string) {
	const most = 8
	s := r.sheet
	if r.at > 0 {
		s = r.finding
	}
	if len(events) > 0 {
		s.column.Add(look.Gutter, s.head(r.say()(id), look.Body, look.Ink))
	}
	for i := range events[:min(len(events), most)] {
		s.column.Add(4, s.soft(r.told(&events[i])))
	}
}

func (r *Room) drawRealm(realm *tape.Realm) {
	s, say := r.sheet, r.say()
	card := s.stock.Card(look.Card, look.Line, cardPad)
	card.Add(0, s.head(say("realm", "realm", realm.Name), look.Heading, look.Ink))
	card.Add(look.Gap, s.soft(say("issuer")))
	card.Add(2, s.text(page.Plain(realm.Issuer, page.Face{Size: look.Body, Mono: true}, look.Ink)))
	card.Add(look.Gap, s.bar(
		s.button(say("copy-issuer"), func() { r.copy(realm.Issuer) }),
		s.button(say("copy-discovery"), func() { r.copy(realm.Issuer + "/.well-known/openid-configuration") }),
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

func (r *Room) copy(text string) {
	r.window.Copy(text)
	r.window.Say(r.say()("copied", "text", text))
}
