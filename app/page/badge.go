package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
)

// Badge is a word on a pill.
type Badge struct {
	Base

	Words       string
	Ground, Ink fyne.ThemeColorName

	back *canvas.Rectangle
	text *canvas.Text
}

// NewBadge returns a badge.
func NewBadge(words string, ground, ink fyne.ThemeColorName) *Badge {
	b := &Badge{Words: words, Ground: ground, Ink: ink, back: &canvas.Rectangle{}, text: &canvas.Text{Alignment: fyne.TextAlignCenter}}
	b.Shown = []fyne.CanvasObject{b.back, b.text}
	b.Extend(b)
	return b
}

func badgeFace() Face { return Face{Size: look.Small, Bold: true} }

// HeightFor is part of [Part].
func (b *Badge) HeightFor(float32) float32 { return b.LeastSize().Height }

// LeastSize is part of [Part].
func (b *Badge) LeastSize() fyne.Size {
	return fyne.MeasureText(b.Words, look.Small, badgeFace().style()).AddWidthHeight(18, 6)
}

// Arrange keeps the pill in the middle of what it gets.
func (b *Badge) Arrange(size fyne.Size) {
	high := b.LeastSize().Height
	top := (size.Height - high) / 2
	Fill(b.back, b.Ground, "", 0)
	b.back.CornerRadius = high / 2
	Put(b.back, 0, top, size.Width, high)
	Write(b.text, b.Words, &Span{Ink: b.Ink, Face: badgeFace()})
	Put(b.text, 0, top+3, size.Width, high-6)
}
