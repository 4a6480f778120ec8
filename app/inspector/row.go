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
	widget.BaseWidget
	kit  *kit
	line wireLine
	note string // soft text under the line
	open bool
	tap  func(*row)

	hovered, focused bool

	text *textBlock
	back *canvas.Rectangle
	ring *canvas.Rectangle
	copy *copySpot
	pen  *glyph
	all  []fyne.CanvasObject
	cols int // the columns that the text was set for
	lit  bool
}

var (
	_ block              = (*row)(nil)
	_ fyne.Tappable      = (*row)(nil)
	_ fyne.Focusable     = (*row)(nil)
	_ fyne.Shortcutable  = (*row)(nil)
	_ desktop.Hoverable  = (*row)(nil)
	_ desktop.Cursorable = (*row)(nil)
)

func newRow(k *kit) *row {
	r := &row{kit: k, text: newTextBlock(k), back: &canvas.Rectangle{CornerRadius: 4}, ring: look.NewFocusRing(), pen: newGlyph("pencil", look.Caution)}
	r.copy = newCopySpot(func() { r.kit.copy(r.line.value, r.line.name) })
	r.ExtendBaseWidget(r)
	return r
}

// set gives the row its line.
func (r *row) set(l wireLine, note string, open bool, tap func(*row)) *row {
	r.line, r.note, r.open, r.tap = l, note, open, tap
	r.cols = 0
	return r
}

func (r *row) CreateRenderer() fyne.WidgetRenderer { return renderer{r} }
func (r *row) parts() []fyne.CanvasObject          { return r.all }
func (r *row) least() fyne.Size                    { return fyne.NewSize(1, r.heightFor(max(1, r.Size().Width))) }

// live reports whether there is anything to point at.
func (r *row) live() bool { return r.tap != nil && (r.line.kind != "" || r.line.value != "") }

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
	case r.hovered && r.live():
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
	r.ring.StrokeColor = theme.Color(look.Focus)
	r.ring.Resize(size)
	show(r.ring, r.focused)
	show(r.copy, (r.hovered || r.focused) && r.live() && r.line.value != "")
	place(r.copy, size.Width-rowSpot, 0, rowSpot, lineTall+2)
	r.all = append(r.all, r.copy, r.ring)
}

func (r *row) Tapped(*fyne.PointEvent) {
	if r.live() {
		r.tap(r)
	}
}

func (r *row) TappedSecondary(e *fyne.PointEvent) {
	if !r.live() {
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(r)
	if c == nil {
		return
	}
	value, name := r.line.value, r.line.name
	menu := fyne.NewMenu("",
		fyne.NewMenuItem("Copy value", func() { r.kit.copy(value, name) }),
		fyne.NewMenuItem("Follow this value", func() { r.kit.follow(r.line.followed()) }))
	widget.ShowPopUpMenuAtPosition(menu, c, e.AbsolutePosition)
}

func (r *row) point() {
	if !r.live() {
		return
	}
	h := hint{name: r.line.name}
	if x, ok := r.kit.explain(r.line.kind, r.line.name); ok {
		h.meaning, h.spec = x.Meaning, x.Spec.String()
	}
	if h.meaning != "" {
		r.kit.hint(h)
	}
}

func (r *row) MouseIn(*desktop.MouseEvent) {
	r.hovered = true
	r.point()
	r.Refresh()
}

func (r *row) MouseMoved(*desktop.MouseEvent) {}

func (r *row) MouseOut() {
	r.hovered = false
	r.kit.hint(hint{})
	r.Refresh()
}

func (r *row) Cursor() desktop.Cursor {
	if r.live() {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// Disabled keeps rows with nothing to point at out of the focus chain.
func (r *row) Disabled() bool { return !r.live() }

// Enable does nothing: a row is live by what it shows.
func (r *row) Enable() {}

// Disable does nothing: a row is live by what it shows.
func (r *row) Disable() {}

func (r *row) FocusGained() {
	r.focused = true
	r.kit.focus(r, true)
	r.point()
	r.Refresh()
}

func (r *row) FocusLost() {
	r.focused = false
	r.kit.focus(r, false)
	r.kit.hint(hint{})
	r.Refresh()
}

func (r *row) TypedRune(rune) {}

func (r *row) TypedKey(e *fyne.KeyEvent) {
	switch {
	case isActivate(e.Name), e.Name == fyne.KeyEscape && r.open:
		r.Tapped(nil)
	default:
		r.kit.key(e)
	}
}

// TypedShortcut copies the value on the desktop's own shortcut.
func (r *row) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok && r.live() {
		r.kit.copy(r.line.value, r.line.name)
	}
}

// copySpot is the little copy sign at the end of what it copies.
type copySpot struct {
	widget.BaseWidget
	tapped func()
	back   *canvas.Rectangle
	sign   *glyph
	all    []fyne.CanvasObject
}

var (
	_ fyne.Tappable      = (*copySpot)(nil)
	_ desktop.Cursorable = (*copySpot)(nil)
)

func newCopySpot(tapped func()) *copySpot {
	c := &copySpot{tapped: tapped, back: &canvas.Rectangle{CornerRadius: 4}, sign: newGlyph("copy", look.InkSoft)}
	c.all = []fyne.CanvasObject{c.back, c.sign}
	c.Hidden = true
	c.ExtendBaseWidget(c)
	return c
}

func (c *copySpot) CreateRenderer() fyne.WidgetRenderer { return renderer{c} }
func (c *copySpot) parts() []fyne.CanvasObject          { return c.all }
func (c *copySpot) least() fyne.Size                    { return fyne.NewSquareSize(rowSpot) }
func (c *copySpot) heightFor(float32) float32           { return rowSpot }
func (c *copySpot) Tapped(*fyne.PointEvent)             { c.tapped() }
func (c *copySpot) Cursor() desktop.Cursor              { return desktop.PointerCursor }

func (c *copySpot) arrange(size fyne.Size) {
	fill(c.back, look.CardSoft, "", 0)
	at(c.back, 1, 1, size.Width-2, size.Height-2)
	place(c.sign, (size.Width-15)/2, (size.Height-15)/2, 15, 15)
}
