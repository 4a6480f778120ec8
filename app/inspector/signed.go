package inspector

import (
	"fyne.io/fyne/v2"
)

// signed is a glyph with text beside it.
type signed struct {
	part
	mark *glyph
	text *textBlock
}

const signRoom float32 = 22

func newSigned() *signed {
	s := &signed{mark: newGlyph("", "")}
	s.extend(s)
	return s
}

func (s *signed) set(sign string, ink fyne.ThemeColorName, text *textBlock) {
	s.mark.set(sign, ink)
	s.text = text
	s.all = []fyne.CanvasObject{s.mark, text}
}

func (s *signed) heightFor(width float32) float32 {
	return max(glyphSize, s.text.heightFor(width-signRoom))
}

func (s *signed) arrange(size fyne.Size) {
	tall := s.text.heightFor(size.Width - signRoom)
	line := float32(20)
	if len(s.text.pieces) > 0 {
		line = s.text.pieces[0].h
	}
	place(s.mark, 0, (line-15)/2, 15, 15)
	place(s.text, signRoom, 0, size.Width-signRoom, tall)
}
