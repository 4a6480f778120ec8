package page

import (
	"fyne.io/fyne/v2"
)

// Signed is a glyph with words, or another part, beside it.
type Signed struct {
	Base
	mark *Glyph
	part Part
}

const signRoom float32 = 22

// NewSigned returns one that has neither yet.
func NewSigned() *Signed {
	s := &Signed{mark: NewGlyph("", "")}
	s.Extend(s)
	return s
}

// Set gives the glyph, and what it stands beside.
func (s *Signed) Set(sign string, ink fyne.ThemeColorName, beside Part) {
	s.mark.Set(sign, ink)
	s.part = beside
	s.Shown = append(s.Shown[:0], s.mark, beside)
}

// HeightFor is part of [Part].
func (s *Signed) HeightFor(width float32) float32 {
	return max(glyphSize, s.part.HeightFor(width-signRoom))
}

// Arrange is part of [Part].
func (s *Signed) Arrange(size fyne.Size) {
	tall := s.part.HeightFor(size.Width - signRoom)
	line := firstLine(s.part)
	Place(s.mark, 0, (line-15)/2, 15, 15)
	Place(s.part, signRoom, 0, size.Width-signRoom, tall)
}

// firstLine is how high the first line of a part is, so that a sign stands in its middle.
func firstLine(p Part) float32 {
	switch p := p.(type) {
	case *Text:
		if len(p.pieces) > 0 {
			return p.pieces[0].h
		}
	case *Column:
		if len(p.items) > 0 {
			return 2*p.items[0].before + firstLine(p.items[0].Part)
		}
	}
	return 20
}
