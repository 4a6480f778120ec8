package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

const (
	boxSize float32 = 16
	boxRoom         = signRoom // from the edge to the words: those of a list are in line with them
)

// TickBox is a box of a page with the words beside it; pressing either turns it.
type TickBox struct {
	Pointable
	on    bool
	words *Text

	back *canvas.Rectangle
	mark *Glyph
}

// NewTickBox returns a box that is off.
func NewTickBox(k *Kit) *TickBox {
	b := &TickBox{words: NewText(k), back: &canvas.Rectangle{CornerRadius: 4}, mark: NewGlyph("pass", look.OnPrimary)}
	b.Extend(b, k, nil)
	return b
}

// Set gives the words; without turn the box is only shown.
func (b *TickBox) Set(on bool, turn func(), words []Paragraph) *TickBox {
	b.on, b.OnTapped = on, turn
	b.words.Set(words...)
	return b
}

// HeightFor is part of [Part].
func (b *TickBox) HeightFor(width float32) float32 {
	return max(boxSize, b.words.HeightFor(width-boxRoom))
}

// Arrange is part of [Part].
func (b *TickBox) Arrange(size fyne.Size) {
	ground, line := look.Card, look.Edge
	switch {
	case b.Disabled():
		ground, line = look.CardSoft, look.Line
	case b.on:
		ground, line = look.Primary, look.Primary
	case b.Hovered:
		ground = theme.ColorNameHover
	}
	Fill(b.back, ground, line, 1)
	top := float32(1)
	if len(b.words.pieces) > 0 {
		top = (firstLine(b.words) - boxSize) / 2
	}
	Put(b.back, 0, top, boxSize, boxSize)
	b.Shown = append(b.Shown[:0], b.back)
	if b.on {
		ink := look.OnPrimary
		if b.Disabled() {
			ink = look.InkSoft
		}
		b.mark.Set("pass", ink)
		Place(b.mark, 2, top+2, boxSize-4, boxSize-4)
		b.Shown = append(b.Shown, b.mark)
	}
	Place(b.words, boxRoom, 0, size.Width-boxRoom, b.words.HeightFor(size.Width-boxRoom))
	b.Shown = append(b.Shown, b.words)
	b.DrawRing(-3, top-3, boxSize+6, boxSize+6)
}
