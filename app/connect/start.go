package connect

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/tape"
)

// looker begins to look at a server, or at what a file kept of one, and leaves it.
type looker interface {
	looking() bool
	begin(s *tape.Server, ours bool) *server
	openFile(name string, t *tape.Tape)
	leave() *server // that was looked at; nil: none was
}

// start is the page with which one connects: it lets the window serve, looks on
// at a server elsewhere, or opens what was saved.
type start struct {
	tools

	provider tape.Serve // nil where this program can't serve
	looker   looker
	port     *field
	config   *field
	realms   *field
	control  *field
	key      *field
	wrong    string // why it could not be begun
	between  bool   // what was looked at is ending, or something else is beginning
}

func newStart(t tools, provider tape.Serve, l looker) *start {
	s := &start{
		tools: t, provider: provider, looker: l,
		port: t.newField(), config: t.newField(), realms: t.newField(), control: t.newField(), key: t.newField(),
	}
	s.port.SetText("8180")
	for _, f := range []*field{s.port, s.config, s.realms} {
		f.OnSubmitted = func(string) { s.serve() }
	}
	s.key.OnSubmitted = func(string) { s.attach() }
	return s
}

// free reports whether something can be begun: nothing is looked at, and no
// server is beginning or ending.
func (s *start) free() bool { return !s.looker.looking() && !s.between }

// whenFree is what a button does; nil, which disables it, while nothing can be begun.
func (s *start) whenFree(do func()) func() {
	if s.between {
		return nil
	}
	return do
}

// meanwhile does what takes long between looking at one thing and another, during
// which nothing else is begun, as the page says. Then says what came of it, which
// the page shows where it is still open.
func (s *start) meanwhile(work func() error, then func(error)) {
	s.between, s.wrong = true, ""
	s.errands.away(work, func(err error) {
		s.between = false
		then(err)
		if s.leaves.shows(s) {
			s.leaves.redraw()
		}
		s.window.Changed()
	})
	if s.between {
		s.leaves.redraw()
	}
}

// failed says why it could not be begun.
func (s *start) failed(why string) {
	s.wrong = why
	s.leaves.redraw()
}

// finish ends what serve or attach began.
func (s *start) finish() {
	old := s.looker.leave()
	if old == nil || old.End == nil {
		s.leaves.redraw()
		return
	}
	s.meanwhile(old.End, func(err error) { // requests in flight come to their end first
		if err != nil && !errors.Is(err, context.Canceled) {
			s.wrong = err.Error()
		}
	})
}

// holds is part of leaf.
func (s *start) holds() bool { return false }

// draw is part of leaf.
func (s *start) draw() fyne.CanvasObject {
	sheet, say := s.sheet, s.words.say
	sheet.begin(say("heading"))
	sheet.column.Add(look.Gap, sheet.prose(say("intro")))
	if s.between {
		sheet.column.Add(look.Gutter, sheet.stock.Signed(look.IconClock, look.Primary, sheet.prose(say("between"))))
	}
	sheet.slip(s.wrong)
	s.drawAsking()
	if s.provider != nil {
		s.drawForm("serve", sheet.filled(say("serve.begin"), s.whenFree(s.serve)),
			newAbreast(s.named("serve.port", s.port), s.named("serve.realms", s.realms), 0), s.named("serve.config", s.config))
	}
	attach := sheet.button(say("attach.begin"), s.whenFree(s.attach))
	s.drawForm("attach", attach, newAbreast(s.named("attach.address", s.control), s.named("attach.key", s.key), 0))
	s.drawChoice("open", sheet.button(say("open.begin"), s.whenFree(s.openSaved)), sheet.button(say("open.har"), s.whenFree(s.openHAR)))
	return sheet
}

// drawAsking is the card for whoever has an error: it stands first, and leaves the room below to whoever has time.
func (s *start) drawAsking() {
	sheet, say := s.sheet, s.words.say
	ask := sheet.button(say("paste.begin"), s.whenFree(s.paste))
	card := sheet.card(say("paste.title"))
	card.Add(look.Gap, newAbreast(sheet.prose(say("paste.words")), sheet.bar(ask), ask.MinSize().Width))
	sheet.column.Add(look.Gutter, card)
}

// named is a field with its name over it.
func (s *start) named(label string, f *field) page.Part {
	f.Called = s.words.say(label)
	return page.NewColumn().Add(0, s.sheet.soft(f.Called)).Add(4, f.held)
}

// drawForm is a card with fields and the button that begins.
func (s *start) drawForm(id string, begin *page.Button, fields ...page.Part) {
	sheet, say := s.sheet, s.words.say
	card := sheet.card(say(id + ".title"))
	card.Add(look.Gap, sheet.prose(say(id+".words")))
	for _, f := range fields {
		card.Add(look.Gap, f)
	}
	card.Add(look.Gap, sheet.bar(begin))
	sheet.column.Add(look.Gutter, card)
}

// drawChoice is a card with buttons alone.
func (s *start) drawChoice(id string, buttons ...*page.Button) {
	sheet, say := s.sheet, s.words.say
	card := sheet.card(say(id + ".title"))
	card.Add(look.Gap, sheet.prose(say(id+".words")))
	card.Add(look.Gap, sheet.bar(buttons...))
	sheet.column.Add(look.Gutter, card)
}
