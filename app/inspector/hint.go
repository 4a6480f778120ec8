package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

const (
	stripIdle float32 = 32
	stripTall float32 = 72
	stripPad  float32 = 8
)

// hint is what the strip at the foot of the pane says about what is pointed at.
type hint struct {
	name, meaning, spec string
	value               string // that is pointed at
	whole               bool   // the meaning is a text to read to its end
}

// strip is the foot of the pane: the meaning of what is pointed at. It is one
// line until then, and grows over what is above it, so that pointing moves nothing.
type strip struct {
	page.Base
	kit  *kit
	said hint
	line *canvas.Rectangle
	back *canvas.Rectangle
	text *page.Text
}

func newStrip(k *kit) *strip {
	s := &strip{kit: k, line: &canvas.Rectangle{}, back: &canvas.Rectangle{}, text: page.NewText(k.Kit)}
	s.Shown = []fyne.CanvasObject{s.back, s.line, s.text}
	s.say(hint{})
	s.Extend(s)
	return s
}

func (s *strip) HeightFor(width float32) float32 {
	switch {
	case s.said.name == "":
		return stripIdle
	case s.said.whole:
		return max(stripTall, s.text.HeightFor(width-2*look.Gutter)+2*stripPad)
	}
	return stripTall
}

func (s *strip) say(h hint) {
	s.said = h
	small := page.Face{Size: look.Small}
	if h.name == "" {
		s.text.Set(page.Plain(s.kit.say.Text("inspector.hint.point"), small, look.InkSoft))
		return
	}
	head := page.Plain(h.name, page.Face{Size: look.Small, Mono: true}, look.WireName)
	if h.spec != "" {
		head.Spans = append(head.Spans, page.Span{Text: " · " + h.spec, Ink: look.InkSoft, Face: small})
	}
	meaning := page.Unlinked(page.Prose(h.meaning, look.Small, look.Ink), look.Ink) // pressing the row offers its links
	s.text.Set(append([]page.Paragraph{head}, meaning...)...)
}

func (s *strip) Arrange(size fyne.Size) {
	page.Fill(s.back, look.CardSoft, "", 0)
	s.back.BottomLeftCornerRadius, s.back.BottomRightCornerRadius = look.Radius-1, look.Radius-1
	s.back.Resize(size)
	page.Fill(s.line, look.Line, "", 0)
	page.Put(s.line, 0, 0, size.Width, 1)
	width := size.Width - 2*look.Gutter
	s.clip(width)
	tall := s.text.HeightFor(width)
	page.Place(s.text, look.Gutter, stripPad, width, tall)
}

// clip shortens a long meaning to what the strip can hold; pressing the row shows it whole.
func (s *strip) clip(width float32) {
	meaning := s.said.meaning
	if s.said.whole {
		return
	}
	for s.text.HeightFor(width) > stripTall-14 && len(meaning) > 20 {
		runes := []rune(meaning)
		meaning = string(runes[:len(runes)*4/5])
		short := s.said
		short.meaning = meaning + "…"
		full := s.said
		s.say(short)
		s.said = full
	}
}
