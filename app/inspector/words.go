package inspector

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// maxPicture is how high an illustration may be, picturePart of how much of the pane it may take.
const (
	maxPicture  float32 = 150
	picturePart float32 = 0.28
)

// spot is where the illustration stands.
type spot int

const (
	nowhere spot = iota
	afterFirst
	onTop
)

// spotFor keeps the illustration from pushing the words out of a low pane.
func spotFor(tall float32) spot {
	switch {
	case tall < 260:
		return nowhere
	case tall < 380:
		return afterFirst
	}
	return onTop
}

// wordsView is the step in plain words.
type wordsView struct {
	*sheet
	act     func(id string)
	picture *page.Picture
}

func newWordsView(k *kit, act func(id string)) *wordsView {
	v := &wordsView{sheet: newSheet(k), act: act, picture: page.NewPicture().On(k.Easel)}
	v.picture.Most = func() float32 { return min(maxPicture, picturePart*k.tall) }
	return v
}

func (v *wordsView) build(c *Content) {
	root, w := v.start(), c.Words
	gap := float32(0)
	put := func(b page.Part) {
		root.Add(gap, b)
		gap = look.Gutter
	}
	if w.Lost != "" {
		put(v.banner("warn", v.kit.say.Text("telling.outcome.lost"), w.Lost, look.Fail, look.FailGround))
	}
	if w.Refused != "" {
		put(v.refusal(w))
		v.addActions(root, c.Actions)
	}
	illustrate := func(here spot) {
		if w.Picture != nil && spotFor(v.kit.tall) == here {
			put(v.Card(look.CardSoft, look.Line, 6).Add(0, v.picture.Set(w.Picture)))
			w.Picture = nil
		}
	}
	illustrate(onTop)
	if w.AsIn != "" {
		put(v.Soft(w.AsIn))
		root.Add(4, v.Bar([]*page.Button{v.Button(w.Skip, "", func() { v.act(ActionSkip) })}, nil))
	}
	if w.Done != "" {
		put(v.banner(look.IconCheck, v.kit.say.Text("inspector.words.achieved"), w.Done, look.Pass, look.PassGround))
	}
	if w.Refused == "" {
		v.addActions(root, c.Actions)
	}
	if len(c.Known) > 0 {
		put(v.knownCard(c.Known))
	}
	if w.Mistake != "" {
		put(v.banner("pencil", w.Mistake, w.Tries, look.Caution, look.CautionGround))
	}
	if w.Lesson != "" {
		put(v.Selectable(page.Prose(v.kit.say.Text("inspector.words.lesson")+" "+w.Lesson, look.Body, look.Ink)...))
	}
	leads := leadsOf(c)
	for i, text := range []string{w.Likeness, w.Happened, w.Why} {
		if text != "" {
			put(v.Selectable(page.Prose(leads[i]+text, look.Body, look.Ink)...))
			illustrate(afterFirst)
		}
	}
	v.putTrade(root, put, c)
	if w.Risk != "" {
		put(v.banner("warn", leads[3], w.Risk, look.Caution, look.CautionGround))
	}
	v.putLast(put, c)
}

// putTrade puts what the trade calls the things of a step.
func (v *wordsView) putTrade(root *page.Column, put func(page.Part), c *Content) {
	if len(c.Trade) > 0 {
		put(v.Soft(v.kit.say.Text("inspector.words.trade")))
		root.Add(4, v.tradeBar(c.Trade))
	}
}

// putLast puts what people ask, what is held, and what there is to note.
func (v *wordsView) putLast(put func(page.Part), c *Content) {
	if asked := c.Words.Asked; asked != "" {
		put(v.Text(page.Prose(v.kit.say.Text("inspector.words.asked")+" "+asked, look.Body, look.Ink)...))
	}
	if lives := v.lifeList(c.Lives); lives != nil {
		put(lives)
	}
	if note := quietNote(c); note != "" {
		put(v.Soft(note))
	}
}

// refusal says why it stopped, and which two values did not agree.
func (v *wordsView) refusal(w Words) *page.Column {
	card := v.banner("fail", v.kit.say.Text("inspector.words.stopped"), w.Refused, look.Fail, look.FailGround)
	if w.Stopped != "" {
		card = v.banner(look.IconShield, w.Stopped, w.Refused, look.Pass, look.PassGround)
	}
	if w.RefusedExpected == "" && w.RefusedGot == "" {
		return card
	}
	check := trace.Check{Result: trace.Fail}
	v.addValue(card, 6, v.compared("expected", w.RefusedExpected, check))
	v.addValue(card, 0, v.compared("got", w.RefusedGot, check))
	return card
}

// addActions offers what to do next, under the card that says how the run ended.
func (v *wordsView) addActions(root *page.Column, actions []Action) {
	if len(actions) == 0 {
		return
	}
	buttons := make([]*page.Button, 0, len(actions))
	for i, a := range actions {
		b := v.Button(a.Label, "", func() { v.act(a.ID) })
		b.Primary = i == 0 // the one to press next
		buttons = append(buttons, b)
	}
	root.Add(gapIf(!root.Empty(), 10), v.Bar(buttons, nil))
}

// knownCard lists the words that one now knows.
func (v *wordsView) knownCard(words []TradeWord) *page.Column {
	card := v.Card(look.CardSoft, look.Line, 14)
	return card.Add(0, v.Heading(v.kit.say.Text("inspector.words.known"))).Add(8, v.tradeBar(words))
}

// tradeBar offers words of the trade, each to be explained.
func (v *wordsView) tradeBar(words []TradeWord) *page.Bar {
	buttons := make([]*page.Button, 0, len(words))
	for _, w := range words {
		buttons = append(buttons, v.Button(w.Title, "", func() { v.kit.Link(w.Link) }))
	}
	return v.Bar(buttons, nil)
}

// leadsOf are the words that the four texts begin with.
func leadsOf(c *Content) [4]string {
	if c.Words.Opening {
		return [4]string{"", "", c.say.Text("inspector.words.when") + " ", c.say.Text("inspector.words.when-not")}
	}
	risk := c.say.Text("inspector.words.risk")
	if c.Words.Refused != "" {
		risk = c.say.Text("inspector.words.remember")
	}
	return [4]string{
		c.say.Text("inspector.words.likeness") + " ", c.say.Text("inspector.words.happened") + " ", c.say.Text("inspector.words.why") + " ", risk,
	}
}

// quietNote says what kind of arrow this is where that is not plain to see.
func quietNote(c *Content) string {
	if c.Message == nil {
		if c.Words == (Words{}) {
			return c.say.Text("inspector.words.coming") // before the first step there are words of the flow
		}
		return ""
	}
	switch c.Message.Kind {
	case trace.Gesture:
		return gestureNote(c)
	case trace.Note:
		if _, ok := c.Message.DeedOf(); ok {
			return ""
		}
		return c.say.Text("inspector.words.alone", "party", partyName(c, c.Message.From))
	}
	return ""
}

func gestureNote(c *Content) string {
	if act := c.Message.Act; act != nil {
		switch act.Verb {
		case "clicks":
			return c.say.Text("inspector.act.clicks")
		case "types":
			return c.say.Text("inspector.act.types")
		case "agrees", "refuses":
			return c.say.Text("inspector.act.decides")
		case "reads", "sees":
			return c.say.Text("inspector.act.looks")
		}
	}
	return c.say.Text("inspector.act.anything")
}

// banner is a card with a sign and a bold title.
func (s *sheet) banner(sign, title, text string, ink, ground fyne.ThemeColorName) *page.Column {
	card := s.Card(ground, "", 14)
	head := page.Plain(title, page.Face{Size: look.Body, Bold: true}, ink)
	card.Add(0, s.Signed(sign, ink, s.Text(head)))
	card.Add(4, s.Selectable(page.Prose(text, look.Body, look.Ink)...))
	return card
}
