package inspector

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

// tickBox is a box of a page with the words beside it; pressing either turns it.
type tickBox struct {
	pointable
	on    bool
	words *textBlock

	back *canvas.Rectangle
	mark *glyph
}

func newTickBox(k *kit) *tickBox {
	b := &tickBox{words: newTextBlock(k), back: &canvas.Rectangle{CornerRadius: 4}, mark: newGlyph("pass", look.OnPrimary)}
	b.extend(b, k, nil)
	return b
}

// set gives the words; without turn the box is only shown.
func (b *tickBox) set(on bool, turn func(), words []paragraph) *tickBox {
	b.on, b.press = on, turn
	b.words.set(words...)
	return b
}

func (b *tickBox) heightFor(width float32) float32 {
	return max(boxSize, b.words.heightFor(width-boxRoom))
}

func (b *tickBox) arrange(size fyne.Size) {
	ground, line := look.Card, look.Edge
	switch {
	case b.Disabled():
		ground, line = look.CardSoft, look.Line
	case b.on:
		ground, line = look.Primary, look.Primary
	case b.hovered:
		ground = theme.ColorNameHover
	}
	fill(b.back, ground, line, 1)
	top := float32(1)
	if len(b.words.pieces) > 0 {
		top = (b.words.pieces[0].h - boxSize) / 2
	}
	at(b.back, 0, top, boxSize, boxSize)
	b.all = append(b.all[:0], b.back)
	if b.on {
		ink := look.OnPrimary
		if b.Disabled() {
			ink = look.InkSoft
		}
		b.mark.set("pass", ink)
		place(b.mark, 2, top+2, boxSize-4, boxSize-4)
		b.all = append(b.all, b.mark)
	}
	place(b.words, boxRoom, 0, size.Width-boxRoom, b.words.heightFor(size.Width-boxRoom))
	b.all = append(b.all, b.words)
	b.drawRing(-3, top-3, boxSize+6, boxSize+6)
}
