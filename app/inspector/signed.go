package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// signed is a glyph with text beside it.
type signed struct {
	widget.BaseWidget
	mark *glyph
	text *textBlock
	all  []fyne.CanvasObject
}

var _ block = (*signed)(nil)

const signRoom float32 = 22

// signed lends a glyph with a text beside it.
func (s *stock) signed(sign string, ink fyne.ThemeColorName, text *textBlock) *signed {
	out := s.signs.take(func() *signed {
		out := &signed{mark: newGlyph("", "")}
		out.ExtendBaseWidget(out)
		return out
	})
	out.mark.set(sign, ink)
	out.text = text
	out.all = []fyne.CanvasObject{out.mark, text}
	return out
}

func (s *signed) CreateRenderer() fyne.WidgetRenderer { return renderer{s} }
func (s *signed) parts() []fyne.CanvasObject          { return s.all }
func (s *signed) least() fyne.Size {
	return fyne.NewSize(1, s.heightFor(max(1, s.Size().Width)))
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
