package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
)

// monoBlock shows many lines of monospaced text. It only has objects for the
// lines that can be seen, however long the text is.
type monoBlock struct {
	part
	kit    *kit
	text   string
	parted func(line int, text string) []run // colours a line; nil: one colour
	cols   int
	lines  []string

	top, tall float32 // what can be seen
	texts     []*canvas.Text
}

func newMonoBlock(k *kit) *monoBlock {
	m := &monoBlock{kit: k, tall: 1200}
	m.extend(m)
	return m
}

// set gives the text. It is split into lines when the width is known.
func (m *monoBlock) set(text string, parted func(int, string) []run) *monoBlock {
	if m.text != text {
		m.cols = 0
	}
	m.text, m.parted = text, parted
	return m
}

func (m *monoBlock) heightFor(width float32) float32 {
	cols := min(80, m.kit.ruler.columns(monoFace(), width))
	if cols != m.cols {
		m.cols = cols
		m.lines = rawLines(m.text, cols)
	}
	return float32(len(m.lines)) * lineTall
}

// see says which part can be seen, in the block's own measure.
func (m *monoBlock) see(top, tall float32) {
	if m.top != top || m.tall != tall {
		m.top, m.tall = top, tall
		m.arrange(m.Size())
	}
}

func (m *monoBlock) arrange(size fyne.Size) {
	m.heightFor(size.Width)
	m.all = m.all[:0]
	first := max(0, int(m.top/lineTall)-2)
	last := min(len(m.lines), int((m.top+m.tall)/lineTall)+3)
	n := 0
	for i := first; i < last; i++ {
		runs := []run{{text: m.lines[i], ink: look.WireValue, face: monoFace()}}
		if m.parted != nil {
			runs = m.parted(i, m.lines[i])
		}
		x := float32(0)
		for j := range runs {
			for _, text := range behindArrows(runs[j].text) {
				t := nth(&m.texts, n, func() *canvas.Text { return &canvas.Text{} })
				n++
				setCanvasText(t, text, &runs[j])
				w := m.kit.ruler.width(runs[j].face, text)
				at(t, x, float32(i)*lineTall, w, lineTall)
				x += w
				m.all = append(m.all, t)
			}
		}
	}
}
