package learn

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// choice is one of the answers that are offered: its letter and its words, which may take two lines.
type choice struct {
	page.Pointable
	words *page.Text
	mark  *page.Text  // its letter
	sign  *page.Glyph // in the place of the letter, when it is over
	ring  *canvas.Rectangle
	state choiceState
}

// choiceState is what became of a choice.
type choiceState int

const (
	open     choiceState = iota // it can be chosen
	passed                      // another one was chosen
	guessed                     // it was chosen and is not so
	trueHere                    // it is so
)

func newChoice(kit *page.Kit) *choice {
	c := &choice{
		words: page.NewText(kit), mark: page.NewText(kit), sign: page.NewGlyph("", look.Ink),
		ring: &canvas.Rectangle{CornerRadius: look.Radius},
	}
	c.Extend(c, kit, func() {})
	return c
}

// set says what can be chosen, and what became of it.
func (c *choice) set(letter, says string, state choiceState, choose func()) *choice {
	c.state, c.OnTapped = state, choose
	if choose == nil {
		c.Disable()
	} else {
		c.Enable()
	}
	ink := look.Ink
	switch state {
	case trueHere:
		c.sign.Set("pass", look.Pass)
	case guessed:
		c.sign.Set("skip", look.Caution)
	case passed:
		ink = look.InkSoft
	case open:
	}
	c.mark.Set(page.Plain(letter, page.Face{Size: look.Body, Bold: true}, ink))
	c.words.Set(page.Unlinked(page.Prose(says, look.Body, ink), ink)...)
	c.Refresh()
	return c
}

const (
	choicePad  float32 = 12
	letterWide float32 = 24
	signWide   float32 = 16
)

// HeightFor is part of [page.Part].
func (c *choice) HeightFor(width float32) float32 {
	return 2*choicePad + c.words.HeightFor(max(1, width-2*choicePad-letterWide))
}

// Arrange is part of [page.Part].
func (c *choice) Arrange(size fyne.Size) {
	ground, line, width := look.Card, look.Edge, float32(1)
	switch {
	case c.state == trueHere:
		ground, line, width = look.PassGround, look.Pass, 2
	case c.state == guessed:
		ground, line, width = look.CautionGround, look.Caution, 2
	case c.state == passed:
		line = look.Line
	case c.Hovered:
		ground, line = look.Band, look.Primary
	}
	page.Fill(c.ring, ground, line, width)
	page.Put(c.ring, 0, 0, size.Width, size.Height)
	inner := max(1, size.Width-2*choicePad-letterWide)
	page.Place(c.words, choicePad+letterWide, choicePad, inner, c.words.HeightFor(inner))
	c.Shown = append(c.Shown[:0], c.ring, c.words)
	if c.state == trueHere || c.state == guessed {
		page.Place(c.sign, choicePad-3, choicePad, signWide, c.mark.HeightFor(letterWide))
		c.Shown = append(c.Shown, c.sign)
	} else {
		page.Place(c.mark, choicePad, choicePad, letterWide, c.mark.HeightFor(letterWide))
		c.Shown = append(c.Shown, c.mark)
	}
	c.DrawRing(-3, -3, size.Width+6, size.Height+6)
}
