package practice

import (
	"strings"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/setup"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// draw is the form at the left, and at the right what comes of it.
func (c *configurer) draw(s *sheet) {
	say, kind := c.room.manner.Words.Catalog(), string(c.client.Kind)
	s.column.Add(0, s.text(page.Plain(say.Text("setup.kind."+kind), page.Face{Size: titleSize, Bold: true}, look.Ink)))
	s.column.Add(6, s.text(page.Prose(say.Text("setup.line."+kind), wordsSize, look.InkSoft)...))
	s.column.Add(look.Gutter, s.beside(c.form(s), c.result(s)))
}

// form is what an administrator fills in.
func (c *configurer) form(s *sheet) *page.Column {
	say := c.room.manner.Words.Catalog()
	card := s.stock.Card(look.Card, look.Line, cardPad)
	card.Add(0, heading(s, say.Text("setup.form")))
	c.field(s, card, "redirect-uris", c.held[0])
	card.Add(4, s.text(page.Plain(say.Text("setup.fields"), page.Face{Size: look.Small}, look.InkSoft)))
	if c.client.Kind != setup.Service && c.client.Kind != setup.Backend || len(c.client.Origins) > 0 {
		c.field(s, card, "origins", c.held[1])
	}
	for i, row := range c.settings() {
		words := []page.Paragraph{{Spans: []page.Span{
			{Text: say.Text("setup.switch." + row.id), Ink: look.Ink, Face: page.Face{Size: look.Body}},
			{Text: "   " + say.Text("setup.console."+row.id), Ink: look.InkSoft, Face: page.Face{Size: look.Small}},
		}}}
		before := look.Gap + 2
		if i == 0 {
			before = look.Gutter
		}
		card.Add(before, s.stock.TickBox(*row.on, func() { c.turn(row.on) }, words))
		c.slip(s, card, row.id)
	}
	if !c.client.Equal(setup.Advised(c.client.Kind)) { // the last, so that no field moves away under whoever types
		reset := s.stock.Button(say.Text("setup.as-advised"), "", func() { c.begin(c.client.Kind); c.room.show() })
		card.Add(look.Gutter, s.stock.Bar([]*page.Button{reset}, nil))
	}
	return card
}

// field is a line to type into, below what it is for, and above what the provider has against it.
func (c *configurer) field(s *sheet, card *page.Column, id string, held *page.Holder) {
	say := c.room.manner.Words.Catalog()
	card.Add(look.Gutter-4, s.text(page.Paragraph{Spans: []page.Span{
		{Text: say.Text("setup.switch." + id), Ink: look.Ink, Face: page.Face{Size: look.Body}},
		{Text: "   " + say.Text("setup.console."+id), Ink: look.InkSoft, Face: page.Face{Size: look.Small}},
	}}))
	card.Add(4, held)
	c.slip(s, card, id)
}

// slip says at its field what the provider does not take.
func (c *configurer) slip(s *sheet, card *page.Column, id string) {
	refused := c.trial.Refused
	if refused == nil || fieldOf(refused.Field) != id {
		return
	}
	words := s.text(page.Plain(refused.Err.Error(), page.Face{Size: look.Small}, look.Caution))
	card.Add(4, s.stock.Signed("warn", look.Caution, words))
}

// fieldOf is the row of the form that a name of the provider's belongs to.
func fieldOf(key string) string {
	switch key {
	case "origins", "redirect_uris":
		return strings.ReplaceAll(key, "_", "-")
	case "pkce_optional":
		return "pkce"
	case "client_secret", "token_endpoint_auth_method":
		return "client-authentication"
	case "grant_types":
		return "service-account"
	case "response_types":
		return "standard-flow"
	}
	return "redirect-uris"
}

// result says what the provider, a walk and whoever means harm make of it, and where that can be seen and taken.
func (c *configurer) result(s *sheet) *page.Column {
	say := c.room.manner.Words.Catalog()
	card := s.stock.Card(look.Card, look.Line, cardPad)
	card.Add(0, heading(s, say.Text("setup.result")))
	c.outcome(s, card)
	if t := &c.trial; t.Run != nil { // what the provider does not take is not walked either
		label := "setup.to-walk"
		if !t.Works() {
			label = "setup.to-failing-walk"
		}
		walk := s.button(say.Text(label), c.walk)
		walk.Primary = true
		card.Add(look.Gutter, s.stock.Bar([]*page.Button{walk}, nil))
	}
	card.Add(look.Gap, s.stock.Bar([]*page.Button{
		s.stock.Button(say.Text("setup.copy-serve"), "", c.copyTOML), s.stock.Button(say.Text("setup.copy-keycloak"), "", c.copyKeycloak),
	}, nil))
	return card.Add(look.Gap, s.stock.Bar([]*page.Button{s.stock.Button(say.Text("setup.copy-import"), "", c.copyImport)}, nil))
}

// outcome says sentence by sentence what came of it.
func (c *configurer) outcome(s *sheet, card *page.Column) {
	say := c.room.manner.Words.Catalog()
	told := func(good bool, words string) {
		sign, ink := "pass", look.Pass
		if !good {
			sign, ink = "warn", look.Caution
		}
		card.Add(look.Gutter-4, s.stock.Signed(sign, ink, s.text(page.Prose(words, look.Body, look.Ink)...)))
	}
	switch t := &c.trial; {
	case c.err != nil:
		told(false, say.Text("setup.failed", "error", markup.Escape(c.err.Error())))
		return
	case t.Refused != nil:
		told(false, say.Text("setup.refused"))
		return
	case t.Works():
		told(true, say.Text("setup.taken"))
		told(true, say.Text("setup.works"))
	default:
		told(true, say.Text("setup.taken"))
		told(false, c.ended())
		if t.Asked != "" {
			card.Add(6, s.text(page.Prose(say.Text("setup.other-address", "address", t.Asked), look.Small, look.InkSoft)...))
		}
	}
	see := func(r setup.Risk) {
		card.Add(6, s.stock.Bar([]*page.Button{s.stock.Button(say.Text("setup.see-risk"), "", func() { c.visit(r.Walk) })}, nil))
	}
	for _, r := range c.trial.Risks {
		told(false, say.Text("setup.risk."+r.ID))
		see(r)
	}
	for _, r := range c.trial.Stopped {
		told(true, say.Text("setup.stopped."+r.ID))
		see(r)
	}
}

// ended says where the walk ended, and by which rule.
func (c *configurer) ended() string {
	say, t := c.room.manner.Words.Catalog(), &c.trial
	if t.Kept {
		return say.Text("setup.kept")
	}
	if t.Broken == nil {
		return say.Text("setup.ended")
	}
	f, _ := flows.Find(t.Walk.Part(0))
	n := tutorials.Narrator{Words: c.room.manner.Words, Voice: c.room.manner.Voice, Lens: c.room.manner.Lens, Flow: f.ID}
	return say.Text("setup.ended-at", "step", n.Step(t.Run.Messages[t.At].Step).Title, "rule", n.Rule(t.Broken.ID, t.Broken.Rule),
		"section", t.Broken.Spec.String())
}
