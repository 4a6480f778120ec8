package page

import (
	"fyne.io/fyne/v2"
)

// Signed is a glyph with text beside it.
type Signed struct {
	Base
	mark *Glyph
	text *Text
}

const signRoom float32 = 22

// NewSigned returns one that has neither yet.
func NewSigned() *Signed {
	s := &Signed{mark: NewGlyph("", "")}
	s.Extend(s)
	return s
}

// Set gives the glyph and the text.
func (s *Signed) Set(sign string, ink fyne.ThemeColorName, text *Text) {
	s.mark.Set(sign, ink)
	s.text = text
	s.Shown = []fyne.CanvasObject{s.mark, text}
}

// HeightFor is part of [Part].
func (s *Signed) HeightFor(width float32) float32 {
	return max(glyphSize, s.text.HeightFor(width-signRoom))
}

// Arrange is part of [Part].
func (s *Signed) Arrange(size fyne.Size) {
	tall := s.text.HeightFor(size.Width - signRoom)
	line := float32(20)
	if len(s.text.pieces) > 0 {
		line = s.text.pieces[0].h
	}
	Place(s.mark, 0, (line-15)/2, 15, 15)
	Place(s.text, signRoom, 0, size.Width-signRoom, tall)
}
