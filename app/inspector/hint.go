package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
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
	part
	kit  *kit
	said hint
	line *canvas.Rectangle
	back *canvas.Rectangle
	text *textBlock
}

func newStrip(k *kit) *strip {
	s := &strip{kit: k, line: &canvas.Rectangle{}, back: &canvas.Rectangle{}, text: newTextBlock(k)}
	s.all = []fyne.CanvasObject{s.back, s.line, s.text}
	s.say(hint{})
	s.extend(s)
	return s
}

func (s *strip) heightFor(width float32) float32 {
	switch {
	case s.said.name == "":
		return stripIdle
	case s.said.whole:
		return max(stripTall, s.text.heightFor(width-2*look.Gutter)+2*stripPad)
	}
	return stripTall
}

func (s *strip) say(h hint) {
	s.said = h
	small := face{size: look.Small}
	if h.name == "" {
		s.text.set(paragraph{runs: []run{{text: "Point at a name for its meaning. Press it for more.", ink: look.InkSoft, face: small}}})
		return
	}
	head := paragraph{runs: []run{{text: h.name, ink: look.WireName, face: face{size: look.Small, mono: true}}}}
	if h.spec != "" {
		head.runs = append(head.runs, run{text: " · " + h.spec, ink: look.InkSoft, face: small})
	}
	paras := append([]paragraph{head}, prose(h.meaning, look.Small, look.Ink)...)
	for _, p := range paras {
		for i := range p.runs {
			if r := &p.runs[i]; r.link != "" { // the strip is to be read; pressing the row offers its links
				r.link, r.ink = "", look.Ink
			}
		}
	}
	s.text.set(paras...)
}

func (s *strip) arrange(size fyne.Size) {
	fill(s.back, look.CardSoft, "", 0)
	s.back.BottomLeftCornerRadius, s.back.BottomRightCornerRadius = look.Radius-1, look.Radius-1
	s.back.Resize(size)
	fill(s.line, look.Line, "", 0)
	at(s.line, 0, 0, size.Width, 1)
	width := size.Width - 2*look.Gutter
	s.clip(width)
	tall := s.text.heightFor(width)
	place(s.text, look.Gutter, stripPad, width, tall)
}

// clip shortens a long meaning to what the strip can hold; pressing the row shows it whole.
func (s *strip) clip(width float32) {
	meaning := s.said.meaning
	if s.said.whole {
		return
	}
	for s.text.heightFor(width) > stripTall-14 && len(meaning) > 20 {
		runes := []rune(meaning)
		meaning = string(runes[:len(runes)*4/5])
		short := s.said
		short.meaning = meaning + "…"
		full := s.said
		s.say(short)
		s.said = full
	}
}
