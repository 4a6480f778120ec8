package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

const (
	rowPad  float32 = 6 // left and right of a row's text, inside its highlight
	rowSpot float32 = 24
)

// row is one line of wire text that can be pointed at, opened, followed and copied.
type row struct {
	page.Pointable
	kit  *kit
	line wireLine
	note string // soft text under the line
	open bool

	enter func() // what Enter does; nil: the same as a press

	text *page.Text
	back *canvas.Rectangle
	copy *copySpot
	pen  *page.Glyph
	cols int // the columns that the text was set for
	lit  bool
}

var (
	_ fyne.SecondaryTappable = (*row)(nil)
	_ fyne.Shortcutable      = (*row)(nil)
)

func newRow(k *kit) *row {
	r := &row{kit: k, text: page.NewText(k.Kit), back: &canvas.Rectangle{CornerRadius: 4}, pen: page.NewGlyph("pencil", look.Caution)}
	r.copy = newCopySpot(func() { r.kit.copy(r.line.value, r.line.name) })
	r.Extend(r, k.Kit, nil)
	return r
}

// set gives the row its line, and what pressing it does where there is anything to point at.
func (r *row) set(l wireLine, note string, open bool, press func(*row)) *row {
	r.line, r.note, r.open, r.OnTapped, r.enter = l, note, open, nil, nil
	if press != nil && (l.kind != "" || l.value != "") {
		r.OnTapped = func() { press(r) }
	}
	r.cols = 0
	return r
}

func (r *row) HeightFor(width float32) float32 {
	width -= 2 * rowPad
	if r.line.edited != nil {
		width -= rowSpot
	}
	cols := r.kit.Ruler.Columns(page.MonoFace(), width)
	if lit := r.line.lit(r.kit.content.Followed); cols != r.cols || lit != r.lit {
		r.cols, r.lit = cols, lit
		r.text.Set(r.paragraphs(cols)...)
	}
	return max(page.LineTall+2, r.text.HeightFor(width)+2)
}

func (r *row) paragraphs(cols int) []page.Paragraph {
	step := r.kit.Ruler.Letter(page.MonoFace(), 'm')
	lines := fitLine(&r.line, cols)
	out := make([]page.Paragraph, 0, len(lines)+1)
	for _, l := range lines {
		p := page.Paragraph{Fixed: true, Indent: float32(l.indent) * step, Spans: make([]page.Span, 0, len(l.bits))}
		for _, b := range l.bits {
			p.Spans = append(p.Spans, r.spanOf(b))
		}
		out = append(out, p)
	}
	soft := func(text string) {
		p := page.Paragraph{Indent: float32(r.line.indent+2) * step}
		p.Spans = []page.Span{{Text: text, Ink: look.InkSoft, Face: page.Face{Size: look.Small}}}
		out = append(out, p)
	}
	if r.note != "" {
		soft(r.note)
	}
	if e := r.line.edited; e != nil && e.After != "" {
		before := e.Before
		if before == "" {
			before = r.kit.say.Text("inspector.http.not-there")
		}
		soft(r.kit.say.Text("inspector.http.before", "value", page.Elide(before, max(12, cols-10))))
	}
	return out
}

func (r *row) spanOf(b bit) page.Span {
	out := page.Span{Text: b.text, Ink: look.WireValue, Face: page.MonoFace()}
	switch b.tint {
	case quiet, gone:
		out.Ink = look.WireQuiet
	case keyword, numbered:
		out.Ink = look.WireKeyword
	case named:
		out.Ink = look.WireName
	case bad:
		out.Ink = look.Fail
	case stringed:
		if !b.elastic {
			out.Ink = look.WireQuiet
		}
	}
	if b.elastic && r.lit {
		out.On = look.Selected
	}
	return out
}

func (r *row) Arrange(size fyne.Size) {
	r.HeightFor(size.Width)
	r.Shown = append(r.Shown[:0], r.back, r.text)
	ground := fyne.ThemeColorName("")
	switch {
	case r.open:
		ground = look.Band
	case r.Hovered && !r.Disabled():
		ground = theme.ColorNameHover
	}
	edge, line := fyne.ThemeColorName(""), float32(0)
	if r.lit { // the colour behind the value alone is too pale to be seen by everybody
		edge, line = look.Caution, 1
	}
	page.Fill(r.back, ground, edge, line)
	r.back.Resize(size)
	width := size.Width - 2*rowPad
	if r.line.edited != nil {
		width -= rowSpot
		page.Place(r.pen, size.Width-rowSpot, 3, 15, 15)
		r.Shown = append(r.Shown, r.pen)
	}
	page.Place(r.text, rowPad, 1, width, size.Height-2)
	page.Show(r.copy, (r.Hovered || r.Focused) && !r.Disabled() && r.line.value != "")
	page.Place(r.copy, size.Width-rowSpot, 0, rowSpot, page.LineTall+2)
	r.Shown = append(r.Shown, r.copy)
	r.DrawRing(0, 0, size.Width, size.Height)
}

func (r *row) TappedSecondary(e *fyne.PointEvent) {
	c := page.CanvasOf(r)
	if r.Disabled() || c == nil {
		return
	}
	value, name := r.line.value, r.line.name
	menu := fyne.NewMenu("",
		fyne.NewMenuItem(r.kit.say.Text("inspector.details.copy"), func() { r.kit.copy(value, name) }),
		fyne.NewMenuItem(r.kit.say.Text("inspector.details.follow-this"), func() { r.kit.follow(r.line.followed()) }))
	widget.ShowPopUpMenuAtPosition(menu, c, e.AbsolutePosition)
}

// sayHint tells the strip what the name means.
func (r *row) sayHint() {
	if r.Disabled() {
		return
	}
	h := hint{value: r.line.pointed()}
	if x, ok := r.kit.explain(r.line.kind, r.line.name); ok && x.Meaning != "" {
		h.name, h.meaning, h.spec = r.line.name, x.Meaning, x.Spec.String()
	}
	r.kit.hint(h)
}

// MouseIn also says what is pointed at.
func (r *row) MouseIn(e *desktop.MouseEvent) {
	r.Pointable.MouseIn(e)
	r.sayHint()
}

// MouseOut also takes the hint away.
func (r *row) MouseOut() {
	r.Pointable.MouseOut()
	r.kit.hint(hint{})
}

// FocusGained tells who uses the keyboard as much as who points.
func (r *row) FocusGained() {
	r.Pointable.FocusGained()
	r.sayHint()
}

// FocusLost also takes the hint away.
func (r *row) FocusLost() {
	r.Pointable.FocusLost()
	r.kit.hint(hint{})
}

// TypedKey lets Enter follow as well as open, and Escape close the details.
func (r *row) TypedKey(e *fyne.KeyEvent) {
	if r.enter != nil && (page.Presses(e.Name) || (e.Name == fyne.KeyEscape && r.open)) {
		r.enter()
		return
	}
	r.Pointable.TypedKey(e)
}

// TypedShortcut copies the value on the desktop's own shortcut.
func (r *row) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok && !r.Disabled() {
		r.kit.copy(r.line.value, r.line.name)
	}
}
