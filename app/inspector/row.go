package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

const (
	rowPad   float32 = 6 // left and right of a row's text, inside its highlight
	rowSpot  float32 = 24
	lineTall float32 = 19 // a line of wire text
)

// row is one line of wire text that can be pointed at, opened, followed and copied.
type row struct {
	pointable
	line wireLine
	note string // soft text under the line
	open bool

	enter func() // what Enter does; nil: the same as a press

	text *textBlock
	back *canvas.Rectangle
	copy *copySpot
	pen  *glyph
	cols int // the columns that the text was set for
	lit  bool
}

var (
	_ fyne.SecondaryTappable = (*row)(nil)
	_ fyne.Shortcutable      = (*row)(nil)
)

func newRow(k *kit) *row {
	r := &row{text: newTextBlock(k), back: &canvas.Rectangle{CornerRadius: 4}, pen: newGlyph("pencil", look.Caution)}
	r.copy = newCopySpot(func() { r.kit.copy(r.line.value, r.line.name) })
	r.extend(r, k, nil)
	return r
}

// set gives the row its line, and what pressing it does where there is anything to point at.
func (r *row) set(l wireLine, note string, open bool, press func(*row)) *row {
	r.line, r.note, r.open, r.press, r.enter = l, note, open, nil, nil
	if press != nil && (l.kind != "" || l.value != "") {
		r.press = func() { press(r) }
	}
	r.cols = 0
	return r
}

func monoFace() face { return face{size: look.Mono, mono: true} }

func (r *row) heightFor(width float32) float32 {
	width -= 2 * rowPad
	if r.line.edited != nil {
		width -= rowSpot
	}
	cols := r.kit.ruler.columns(monoFace(), width)
	if lit := r.line.lit(r.kit.content.Followed); cols != r.cols || lit != r.lit {
		r.cols, r.lit = cols, lit
		r.text.set(r.paragraphs(cols)...)
	}
	return max(lineTall+2, r.text.heightFor(width)+2)
}

func (r *row) paragraphs(cols int) []paragraph {
	step := r.kit.ruler.letter(monoFace(), 'm')
	lines := fitLine(&r.line, cols)
	out := make([]paragraph, 0, len(lines)+1)
	for _, l := range lines {
		p := paragraph{fixed: true, indent: float32(l.indent) * step, runs: make([]run, 0, len(l.bits))}
		for _, b := range l.bits {
			p.runs = append(p.runs, r.runOf(b))
		}
		out = append(out, p)
	}
	soft := func(text string) {
		p := paragraph{indent: float32(r.line.indent+2) * step}
		p.runs = []run{{text: text, ink: look.InkSoft, face: face{size: look.Small}}}
		out = append(out, p)
	}
	if r.note != "" {
		soft(r.note)
	}
	if e := r.line.edited; e != nil && e.After != "" {
		before := e.Before
		if before == "" {
			before = "not there"
		}
		soft("before: " + elide(before, max(12, cols-10)))
	}
	return out
}

func (r *row) runOf(b bit) run {
	out := run{text: b.text, ink: look.WireValue, face: monoFace()}
	switch b.tint {
	case quiet, gone:
		out.ink = look.WireQuiet
	case keyword, numbered:
		out.ink = look.WireKeyword
	case named:
		out.ink = look.WireName
	case bad:
		out.ink = look.Fail
	case stringed:
		if !b.elastic {
			out.ink = look.WireQuiet
		}
	}
	if b.elastic && r.lit {
		out.on = look.Selected
	}
	return out
}

func (r *row) arrange(size fyne.Size) {
	r.heightFor(size.Width)
	r.all = append(r.all[:0], r.back, r.text)
	ground := fyne.ThemeColorName("")
	switch {
	case r.open:
		ground = look.Band
	case r.hovered && !r.Disabled():
		ground = theme.ColorNameHover
	}
	fill(r.back, ground, "", 0)
	r.back.Resize(size)
	width := size.Width - 2*rowPad
	if r.line.edited != nil {
		width -= rowSpot
		place(r.pen, size.Width-rowSpot, 3, 15, 15)
		r.all = append(r.all, r.pen)
	}
	place(r.text, rowPad, 1, width, size.Height-2)
	show(r.copy, (r.hovered || r.focused) && !r.Disabled() && r.line.value != "")
	place(r.copy, size.Width-rowSpot, 0, rowSpot, lineTall+2)
	r.all = append(r.all, r.copy)
	r.drawRing(0, 0, size.Width, size.Height)
}

func (r *row) TappedSecondary(e *fyne.PointEvent) {
	c := canvasOf(r)
	if r.Disabled() || c == nil {
		return
	}
	value, name := r.line.value, r.line.name
	menu := fyne.NewMenu("",
		fyne.NewMenuItem("Copy value", func() { r.kit.copy(value, name) }),
		fyne.NewMenuItem("Follow this value", func() { r.kit.follow(r.line.followed()) }))
	widget.ShowPopUpMenuAtPosition(menu, c, e.AbsolutePosition)
}

// sayHint tells the strip what the name means.
func (r *row) sayHint() {
	if r.Disabled() {
		return
	}
	h := hint{value: r.line.followed()}
	if x, ok := r.kit.explain(r.line.kind, r.line.name); ok && x.Meaning != "" {
		h.name, h.meaning, h.spec = r.line.name, x.Meaning, x.Spec.String()
	}
	r.kit.hint(h)
}

// MouseIn also says what is pointed at.
func (r *row) MouseIn(e *desktop.MouseEvent) {
	r.pointable.MouseIn(e)
	r.sayHint()
}

// MouseOut also takes the hint away.
func (r *row) MouseOut() {
	r.pointable.MouseOut()
	r.kit.hint(hint{})
}

// FocusGained tells who uses the keyboard as much as who points.
func (r *row) FocusGained() {
	r.pointable.FocusGained()
	r.sayHint()
}

// FocusLost also takes the hint away.
func (r *row) FocusLost() {
	r.pointable.FocusLost()
	r.kit.hint(hint{})
}

// TypedKey lets Enter follow as well as open, and Escape close the details.
func (r *row) TypedKey(e *fyne.KeyEvent) {
	if r.enter != nil && (isActivate(e.Name) || (e.Name == fyne.KeyEscape && r.open)) {
		r.enter()
		return
	}
	r.pointable.TypedKey(e)
}

// TypedShortcut copies the value on the desktop's own shortcut.
func (r *row) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok && !r.Disabled() {
		r.kit.copy(r.line.value, r.line.name)
	}
}
