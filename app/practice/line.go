package practice

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// lineRow is a line of a request that one can point at.
type lineRow struct {
	page.Pointable
	words *page.Text
	sign  *page.Glyph
	back  *canvas.Rectangle
	state lineState
}

// lineState is what became of a line.
type lineState int

const (
	plain   lineState = iota
	pointed           // somebody points at it
	wrong             // the provider refuses it
	fine              // somebody pointed at it, and it is as it should be
)

func newLineRow(kit *page.Kit) *lineRow {
	l := &lineRow{words: page.NewText(kit), sign: page.NewGlyph("", look.Ink), back: &canvas.Rectangle{CornerRadius: 4}}
	l.Extend(l, kit, func() {})
	return l
}

// set gives the words, and what happens to whoever points; nil: nobody can any more.
func (l *lineRow) set(words []page.Paragraph, state lineState, point func()) *lineRow {
	l.state, l.OnTapped = state, point
	l.words.Set(words...)
	switch state {
	case wrong:
		l.sign.Set("fail", look.Caution)
	case fine:
		l.sign.Set("pass", look.Pass)
	case pointed:
		l.sign.Set("follow", look.Caution)
	case plain:
	}
	l.Refresh()
	return l
}

const (
	linePad  float32 = 4
	lineEdge float32 = 8
	signSize float32 = 14
)

// HeightFor is part of [page.Part].
func (l *lineRow) HeightFor(width float32) float32 {
	return 2*linePad + l.words.HeightFor(max(1, width-3*lineEdge-signSize))
}

// Arrange is part of [page.Part].
func (l *lineRow) Arrange(size fyne.Size) {
	ground, edge, thick := fyne.ThemeColorName(""), fyne.ThemeColorName(""), float32(0)
	if !l.Disabled() {
		edge, thick = look.Line, 1 // it can be pressed
	}
	switch {
	case l.state == wrong || l.state == pointed:
		ground = look.CautionGround
	case l.state == fine:
		ground = look.PassGround
	case l.Hovered && !l.Disabled():
		ground = look.CardSoft
	}
	page.Fill(l.back, ground, edge, thick)
	page.Put(l.back, 0, 1, size.Width, size.Height-2)
	inner := max(1, size.Width-3*lineEdge-signSize)
	page.Place(l.words, lineEdge, linePad, inner, l.words.HeightFor(inner))
	l.Shown = append(l.Shown[:0], l.back, l.words)
	if l.state != plain {
		page.Place(l.sign, size.Width-lineEdge-signSize, linePad+2, signSize, signSize)
		l.Shown = append(l.Shown, l.sign)
	}
	l.DrawRing(-1, -1, size.Width+2, size.Height+2)
}
