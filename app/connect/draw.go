package connect

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/player"
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
	if r.at == 0 {
		r.drawPage()
		r.put(r.sheet)
		return
	}
	t := r.log.Trace(r.at)
	p, err := player.Named(t, r.log.Login(r.at).Client)
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

func (r *Room) put(o fyne.CanvasObject) {
	if len(r.content.Objects) == 1 {
		if over, ok := r.content.Objects[0].(*container.ThemeOverride); ok && over.Content == o {
			o.Refresh()
			return
		}
	}
	r.content.Objects = []fyne.CanvasObject{container.NewThemeOverride(o, look.Flat())}
	r.content.Refresh()
}

// drawPage is the page on which one connects, and then waits.
func (r *Room) drawPage() {
	s, say := r.sheet, r.say()
	s.clear()
	s.column.Add(0, s.head(say("heading"), look.Title, look.Ink))
	if r.server == nil {
		s.column.Add(look.Gap, s.prose(say("intro")))
		if r.wrong != "" {
			s.column.Add(look.Gutter, s.stock.Signed(look.IconCross, look.Fail, s.prose(r.wrong)))
		}
		r.drawServe()
		r.drawAttach()
	} else {
		r.drawWaiting()
	}
	s.Refresh()
}

func (r *Room) drawServe() {
	if r.options.Serve == nil {
		return
	}
	s, say := r.sheet, r.say()
	card := s.stock.Card(look.Card, look.Line, cardPad)
	card.Add(0, s.head(say("serve.title"), look.Heading, look.Ink))
	card.Add(look.Gap, s.prose(say("serve.words")))
	card.Add(look.Gap, s.soft(say("serve.port")))
	card.Add(4, r.port.held)
	card.Add(look.Gap, s.bar(s.button(say("serve.begin"), r.serve)))
	s.column.Add(look.Gutter, card)
}

func (r *Room) drawAttach() {
	s, say := r.sheet, r.say()
	card := s.stock.Card(look.Card, look.Line, cardPad)
	card.Add(0, s.head(say("attach.title"), look.Heading, look.Ink))
	card.Add(look.Gap, s.prose(say("attach.words")))
	card.Add(look.Gap, s.soft(say("attach.address")))
	card.Add(4, r.control.held)
	card.Add(look.Gap, s.soft(say("attach.key")))
	card.Add(4, r.key.held)
	card.Add(look.Gap, s.bar(s.button(say("attach.begin"), r.attach)))
	s.column.Add(look.Gutter, card)
}

// drawWaiting says how an app gets here.
func (r *Room) drawWaiting() {
	s, say := r.sheet, r.say()
	s.column.Add(look.Gap, s.prose(say("waiting")))
	if n := r.log.Len(); n > 0 {
		s.column.Add(look.Gap, s.soft(r.manner.Words.Catalog().Count("connect.no-login", n)))
	}
	for i := range r.server.Realms {
		r.drawRealm(&r.server.Realms[i])
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
