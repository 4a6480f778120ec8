package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
)

// LineTall is how high a line of monospaced text is.
const LineTall float32 = 19

// MonoFace is that of what machines send and read.
func MonoFace() Face { return Face{Size: look.Mono, Mono: true} }

// Mono shows many lines of monospaced text. It only has objects for the
// lines that can be seen, however long the text is.
type Mono struct {
	Base
	kit    *Kit
	text   string
	parted func(line int, text string) []Span // colours a line; nil: one colour
	cols   int
	lines  []string

	top, tall float32 // what can be seen
	texts     []*canvas.Text
}

// NewMono returns an empty block.
func NewMono(k *Kit) *Mono {
	m := &Mono{kit: k, tall: 1200}
	m.Extend(m)
	return m
}

// Set gives the text. It is split into lines when the width is known.
func (m *Mono) Set(text string, parted func(int, string) []Span) *Mono {
	if m.text != text {
		m.cols = 0
	}
	m.text, m.parted = text, parted
	return m
}

// HeightFor is part of [Part].
func (m *Mono) HeightFor(width float32) float32 {
	cols := min(80, m.kit.Ruler.Columns(MonoFace(), width))
	if cols != m.cols {
		m.cols = cols
		m.lines = Lines(m.text, cols)
	}
	return float32(len(m.lines)) * LineTall
}

// Columns is how many letters a full line has.
func (m *Mono) Columns() int { return m.cols }

// See says which part can be seen, in the block's own measure.
func (m *Mono) See(top, tall float32) {
	if m.top != top || m.tall != tall {
		m.top, m.tall = top, tall
		m.Arrange(m.Size())
	}
}

// Arrange is part of [Part].
func (m *Mono) Arrange(size fyne.Size) {
	m.HeightFor(size.Width)
	m.Shown = m.Shown[:0]
	first := max(0, int(m.top/LineTall)-2)
	last := min(len(m.lines), int((m.top+m.tall)/LineTall)+3)
	n := 0
	for i := first; i < last; i++ {
		spans := []Span{{Text: m.lines[i], Ink: look.WireValue, Face: MonoFace()}}
		if m.parted != nil {
			spans = m.parted(i, m.lines[i])
		}
		x := float32(0)
		for j := range spans {
			for _, text := range behindArrows(spans[j].Text) {
				t := Nth(&m.texts, n, func() *canvas.Text { return &canvas.Text{} })
				n++
				Write(t, text, &spans[j])
				w := m.kit.Ruler.Width(spans[j].Face, text)
				Put(t, x, float32(i)*LineTall, w, LineTall)
				x += w
				m.Shown = append(m.Shown, t)
			}
		}
	}
}
