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
	v := &wordsView{sheet: newSheet(k), act: act, picture: page.NewPicture()}
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
	if w.Done != "" {
		put(v.banner(look.IconCheck, "What was achieved", w.Done, look.Pass, look.PassGround))
	}
	if w.Refused == "" {
		v.addActions(root, c.Actions)
	}
	leads := leadsOf(w)
	for i, text := range []string{w.Likeness, w.Happened, w.Why} {
		if text != "" {
			put(v.Text(page.Prose(leads[i]+text, look.Body, look.Ink)...))
			illustrate(afterFirst)
		}
	}
	if w.Risk != "" {
		put(v.banner("warn", leads[3], w.Risk, look.Caution, look.CautionGround))
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
	card := v.banner("fail", "Why it stopped here", w.Refused, look.Fail, look.FailGround)
	if w.RefusedExpected == "" && w.RefusedGot == "" {
		return card
	}
	check := trace.Check{Result: trace.Fail}
	v.addValue(card, 6, compared("expected", w.RefusedExpected, check))
	v.addValue(card, 0, compared("got", w.RefusedGot, check))
	return card
}

// addActions offers what to do next, under the card that says how the run ended.
func (v *wordsView) addActions(root *page.Column, actions []Action) {
	if len(actions) == 0 {
		return
	}
	buttons := make([]*page.Button, 0, len(actions))
	for _, a := range actions {
		buttons = append(buttons, v.Button(a.Label, "", func() { v.act(a.ID) }))
	}
	root.Add(gapIf(!root.Empty(), 10), v.Bar(buttons, nil))
}

// leadsOf are the words that the four texts begin with.
func leadsOf(w Words) [4]string {
	if w.Opening {
		return [4]string{"", "", "**When to use it.** ", "When not to use it"}
	}
	risk := "What could go wrong?"
	if w.Refused != "" {
		risk = "Remember"
	}
	return [4]string{"**Think of it like this.** ", "**What just happened.** ", "**Why it matters.** ", risk}
}

// quietNote says what kind of arrow this is where that is not plain to see.
func quietNote(c *Content) string {
	if c.Message == nil {
		if c.Words == (Words{}) {
			return "Nothing has happened yet. Press Next, and the first message shows here."
		}
		return ""
	}
	switch c.Message.Kind {
	case trace.Gesture:
		return gestureNote(c.Message)
	case trace.Note:
		return "Nothing crossed the network: " + partyName(c, c.Message.From) + " worked this out by itself."
	}
	return ""
}

func gestureNote(m *trace.Message) string {
	what := "something that a person does"
	if m.Act != nil {
		switch m.Act.Verb {
		case "clicks":
			what = "a click"
		case "types":
			what = "typing"
		case "agrees", "refuses":
			what = "a decision"
		case "reads", "sees":
			what = "a look at the screen"
		}
	}
	return "This arrow is " + what + ". Nothing crossed the network."
}

// banner is a card with a sign and a bold title.
func (s *sheet) banner(sign, title, text string, ink, ground fyne.ThemeColorName) *page.Column {
	card := s.Card(ground, "", 14)
	head := page.Plain(title, page.Face{Size: look.Body, Bold: true}, ink)
	card.Add(0, s.Signed(sign, ink, s.Text(head)))
	card.Add(4, s.Text(page.Prose(text, look.Body, look.Ink)...))
	return card
}
