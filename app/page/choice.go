package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
)

// Choice is one of the answers that are offered: its letter, which is its key,
// and its words, which may take several lines. It is the one piece for answers,
// so that everywhere they look as if they can be pressed.
type Choice struct {
	Pointable
	Words *Text
	mark  *Text  // its letter
	sign  *Glyph // in the place of the letter when that is no key any more, else at the other end
	ring  *canvas.Rectangle
	state ChoiceState
}

// ChoiceState is what became of a choice.
type ChoiceState int

// What can become of a choice.
const (
	ChoiceOpen     ChoiceState = iota // it can be chosen
	ChoicePassed                      // another one was chosen
	ChoiceTicked                      // it is one of several that were chosen
	ChoicePlaced                      // its place in an order is found, which stands in place of the letter
	ChoiceMistaken                    // it was chosen and is not so
	ChoiceTrue                        // it is so
)

// NewChoice returns a choice that says nothing yet.
func NewChoice(kit *Kit) *Choice {
	c := &Choice{Words: NewText(kit), mark: NewText(kit), sign: NewGlyph("", look.Ink), ring: &canvas.Rectangle{CornerRadius: look.Radius}}
	c.Extend(c, kit, func() {})
	return c
}

// Ink is what the words of such a choice are written in.
func (s ChoiceState) Ink() fyne.ThemeColorName {
	if s == ChoicePassed {
		return look.InkSoft
	}
	return look.Ink
}

// sign is the glyph that says without colour what became of it, or "".
func (s ChoiceState) sign() (glyph string, ink fyne.ThemeColorName) {
	switch s {
	case ChoiceTrue:
		return "pass", look.Pass
	case ChoiceMistaken:
		return "skip", look.Caution
	case ChoiceTicked:
		return "pass", look.OnBand
	case ChoiceOpen, ChoicePassed, ChoicePlaced:
	}
	return "", look.Ink
}

// purpose is the letter of the choice and its words.
func (c *Choice) purpose() string { return c.mark.Words() + ": " + c.Words.Words() }

// Set says what can be chosen, what became of it, and what choosing it does; nil: it cannot be chosen any more.
func (c *Choice) Set(letter string, words []Paragraph, state ChoiceState, choose func()) *Choice {
	c.state, c.OnTapped = state, choose
	if choose == nil {
		c.Disable()
	} else {
		c.Enable()
	}
	c.sign.Set(state.sign())
	c.mark.Set(Plain(letter, Face{Size: look.Body, Bold: true}, state.Ink()))
	c.Words.Set(words...)
	c.Refresh()
	return c
}

const (
	choicePad  float32 = 12
	letterWide float32 = 24
	signWide   float32 = 16
)

// signEnds reports whether the sign stands at the end, because the letter is still a key.
func (c *Choice) signEnds() bool {
	glyph, _ := c.state.sign()
	return glyph != "" && !c.Disabled()
}

// inner is the width of the words.
func (c *Choice) inner(width float32) float32 {
	if c.signEnds() {
		width -= signWide + choicePad
	}
	return max(1, width-2*choicePad-letterWide)
}

// HeightFor is part of [Part].
func (c *Choice) HeightFor(width float32) float32 {
	return 2*choicePad + c.Words.HeightFor(c.inner(width))
}

// Arrange is part of [Part].
func (c *Choice) Arrange(size fyne.Size) {
	ground, line, width := c.tones()
	Fill(c.ring, ground, line, width)
	Put(c.ring, 0, 0, size.Width, size.Height)
	inner, high := c.inner(size.Width), c.mark.HeightFor(letterWide)
	Place(c.Words, choicePad+letterWide, choicePad, inner, c.Words.HeightFor(inner))
	c.Shown = append(c.Shown[:0], c.ring, c.Words)
	glyph, _ := c.state.sign()
	if glyph == "" || c.signEnds() {
		Place(c.mark, choicePad, choicePad, letterWide, high)
		c.Shown = append(c.Shown, c.mark)
	}
	if glyph != "" {
		x := choicePad - 3
		if c.signEnds() {
			x = size.Width - choicePad - signWide
		}
		Place(c.sign, x, choicePad, signWide, high)
		c.Shown = append(c.Shown, c.sign)
	}
	c.DrawRing(-3, -3, size.Width+6, size.Height+6)
}

// tones are the ground, the edge and how strong that is.
func (c *Choice) tones() (ground, line fyne.ThemeColorName, width float32) {
	switch {
	case c.state == ChoiceTrue:
		return look.PassGround, look.Pass, 2
	case c.state == ChoicePlaced:
		return look.PassGround, look.Pass, 1
	case c.state == ChoiceMistaken:
		return look.CautionGround, look.Caution, 2
	case c.state == ChoiceTicked:
		return look.Band, look.Primary, 2
	case c.state == ChoicePassed:
		return look.Card, look.Line, 1
	case c.Hovered:
		return look.Band, look.Primary, 1
	}
	return look.Card, look.Edge, 1
}
