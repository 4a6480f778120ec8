package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

// button is a small button that the keyboard can reach.
type button struct {
	widget.BaseWidget
	kit     *kit
	label   string
	sign    string // glyph before the label, or ""
	filled  bool   // the one to press
	chosen  bool   // of a switch
	bare    bool   // no border
	off     bool
	large   bool
	tapped  func()
	hovered bool
	focused bool

	back *canvas.Rectangle
	ring *canvas.Rectangle
	text *canvas.Text
	mark *glyph
	all  []fyne.CanvasObject
}

var (
	_ block              = (*button)(nil)
	_ fyne.Tappable      = (*button)(nil)
	_ fyne.Focusable     = (*button)(nil)
	_ fyne.Disableable   = (*button)(nil)
	_ desktop.Hoverable  = (*button)(nil)
	_ desktop.Cursorable = (*button)(nil)
)

func newButton(k *kit, label, sign string, tapped func()) *button {
	b := &button{kit: k, label: label, sign: sign, tapped: tapped, back: &canvas.Rectangle{CornerRadius: look.Round}, ring: look.NewFocusRing(), text: &canvas.Text{}, mark: newGlyph(sign, look.Ink)}
	b.ExtendBaseWidget(b)
	return b
}

func (b *button) CreateRenderer() fyne.WidgetRenderer { return renderer{b} }
func (b *button) parts() []fyne.CanvasObject          { return b.all }

func (b *button) face() face {
	if b.large {
		return face{size: look.Body, bold: b.filled}
	}
	return face{size: look.Small, bold: b.filled || b.chosen}
}

func (b *button) heightFor(float32) float32 {
	if b.large {
		return 36
	}
	return 26
}

func (b *button) width() float32 {
	f := b.face()
	f.bold = true // the same width chosen or not
	w := b.kit.ruler.width(f, b.label) + 20
	if b.large {
		w += 12
	}
	if b.sign != "" {
		w += 18
	}
	return w
}

func (b *button) least() fyne.Size { return fyne.NewSize(b.width(), b.heightFor(0)) }

func (b *button) inks() (ground, line, ink fyne.ThemeColorName) {
	switch {
	case b.off:
		return look.CardSoft, look.Line, look.InkSoft
	case b.filled:
		return look.Primary, "", look.OnPrimary
	case b.chosen:
		return look.Band, "", look.OnBand
	case b.bare:
		return "", "", look.InkSoft
	}
	return look.Card, look.Line, look.Ink
}

func (b *button) arrange(size fyne.Size) {
	ground, line, ink := b.inks()
	if b.hovered && !b.off && !b.filled && !b.chosen {
		ground = theme.ColorNameHover
	}
	fill(b.back, ground, line, 1)
	b.back.Resize(size)
	f := b.face()
	w := b.kit.ruler.width(f, b.label)
	x := (size.Width - w) / 2
	b.all = append(b.all[:0], b.back)
	if b.sign != "" {
		x = (size.Width - w - 18) / 2
		b.mark.set(b.sign, ink)
		place(b.mark, x, (size.Height-14)/2, 14, 14)
		b.all = append(b.all, b.mark)
		x += 18
	}
	setCanvasText(b.text, b.label, &run{ink: ink, face: f})
	at(b.text, x, 0, w, size.Height)
	b.ring.StrokeColor = theme.Color(look.Focus)
	at(b.ring, -2, -2, size.Width+4, size.Height+4)
	show(b.ring, b.focused)
	b.all = append(b.all, b.text, b.ring)
}

func (b *button) Tapped(*fyne.PointEvent) {
	if !b.off && b.tapped != nil {
		b.tapped()
	}
}

func (b *button) Disabled() bool { return b.off }
func (b *button) Enable()        { b.off = false; b.Refresh() }
func (b *button) Disable()       { b.off = true; b.Refresh() }

func (b *button) MouseIn(*desktop.MouseEvent)    { b.hovered = true; b.Refresh() }
func (b *button) MouseMoved(*desktop.MouseEvent) {}
func (b *button) MouseOut()                      { b.hovered = false; b.Refresh() }
func (b *button) TypedRune(rune)                 {}
func (b *button) Cursor() desktop.Cursor {
	if b.off {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func (b *button) FocusGained() {
	b.focused = true
	b.kit.focus(b, true)
	b.Refresh()
}

func (b *button) FocusLost() {
	b.focused = false
	b.kit.focus(b, false)
	b.Refresh()
}

func (b *button) TypedKey(e *fyne.KeyEvent) {
	if isActivate(e.Name) {
		b.Tapped(nil)
		return
	}
	b.kit.key(e)
}

// bar puts buttons in a row: some at the left, the rest at the right; they wrap when there is no room.
type bar struct {
	widget.BaseWidget
	left, right []*button
	all         []fyne.CanvasObject
}

var _ block = (*bar)(nil)

func newBar(left, right []*button) *bar {
	b := &bar{left: left, right: right}
	b.ExtendBaseWidget(b)
	return b
}

func (b *bar) CreateRenderer() fyne.WidgetRenderer { return renderer{b} }
func (b *bar) parts() []fyne.CanvasObject          { return b.all }
func (b *bar) least() fyne.Size {
	return fyne.NewSize(1, b.heightFor(max(1, b.Size().Width)))
}

func (b *bar) set(left, right []*button) { b.left, b.right = left, right }

func (b *bar) heightFor(width float32) float32 { return b.run(width, false) }

func (b *bar) arrange(size fyne.Size) {
	b.all = b.all[:0]
	b.run(size.Width, true)
}

// run walks the buttons and places them if asked; it returns the height.
func (b *bar) run(width float32, put bool) float32 {
	var x, y, tall, rights float32
	for _, r := range b.right {
		rights += r.width() + look.Gap
	}
	each := func(k *button) {
		w := k.width()
		if x > 0 && x+w > width {
			x = 0
			y += tall + look.Gap
		}
		tall = k.heightFor(w)
		if put {
			place(k, x, y, min(w, width), tall)
			b.all = append(b.all, k)
		}
		x += w + look.Gap
	}
	for _, k := range b.left {
		each(k)
	}
	if len(b.right) > 0 && x+rights-look.Gap <= width {
		x = width - rights + look.Gap
	}
	for _, k := range b.right {
		each(k)
	}
	return y + tall
}
