package inspector

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

const (
	tabTall  float32 = 38
	tabReach float32 = 8 // how far the outer tabs may reach past the text's margin
)

// tabBar is the row of tabs. Where they do not fit they move closer, then say
// less, then wrap: none is ever cut off.
type tabBar struct {
	widget.BaseWidget
	kit    *kit
	tabs   []tab
	chosen string
	pick   func(id string)

	buttons []*tabButton
	line    *canvas.Rectangle
	all     []fyne.CanvasObject
}

var _ block = (*tabBar)(nil)

func newTabBar(k *kit, pick func(string)) *tabBar {
	b := &tabBar{kit: k, pick: pick, line: &canvas.Rectangle{}}
	b.ExtendBaseWidget(b)
	return b
}

func (b *tabBar) CreateRenderer() fyne.WidgetRenderer { return renderer{b} }
func (b *tabBar) parts() []fyne.CanvasObject          { return b.all }
func (b *tabBar) least() fyne.Size {
	return fyne.NewSize(1, b.heightFor(max(1, b.Size().Width)))
}

func (b *tabBar) set(tabs []tab, chosen string) {
	b.tabs, b.chosen = tabs, chosen
	for i, t := range tabs {
		k := nth(&b.buttons, i, func() *tabButton { return newTabButton(b) })
		k.tab, k.chosen, k.index = t, t.id == chosen, i
	}
}

// fit decides how the tabs stand: the space inside each, and whether they say less.
func (b *tabBar) fit(width float32) (pad float32, short bool) {
	for _, short := range []bool{false, true} {
		var need float32
		for i := range b.tabs {
			need += b.buttons[i].width(short)
		}
		if n := float32(len(b.tabs)); n > 0 {
			if pad := (width - need) / (2 * n); pad >= 6 {
				return min(pad, 12), short
			}
		}
	}
	return 7, true
}

func (b *tabBar) heightFor(width float32) float32 { return b.run(width, false) }

func (b *tabBar) arrange(size fyne.Size) {
	b.all = append(b.all[:0], b.line)
	b.run(size.Width, true)
	fill(b.line, look.Line, "", 0)
	at(b.line, 0, size.Height-1, size.Width, 1)
}

func (b *tabBar) run(width float32, put bool) float32 {
	pad, short := b.fit(width - 2*(look.Gutter-tabReach))
	margin := look.Gutter - pad // the first label stands under the title
	x, y := margin, float32(0)
	for i := range b.tabs {
		k := b.buttons[i]
		w := k.width(short) + 2*pad
		if x > margin && x+w > width-4 {
			x = margin
			y += tabTall - 6
		}
		if put {
			k.short = short
			place(k, x, y, w, tabTall)
			b.all = append(b.all, k)
		}
		x += w
	}
	return y + tabTall
}

// step moves to a neighbour and takes the focus along.
func (b *tabBar) step(from, by int) {
	to := from + by
	if to < 0 || to >= len(b.tabs) {
		return
	}
	b.pick(b.tabs[to].id)
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		c.Focus(b.buttons[to])
	}
}

// tabButton is one tab.
type tabButton struct {
	widget.BaseWidget
	bar    *tabBar
	tab    tab
	index  int
	chosen bool
	short  bool

	hovered, focused bool

	text  *canvas.Text
	count *canvas.Text
	badge *canvas.Rectangle
	dot   *canvas.Rectangle
	under *canvas.Rectangle
	ring  *canvas.Rectangle
	all   []fyne.CanvasObject
}

var (
	_ block              = (*tabButton)(nil)
	_ fyne.Tappable      = (*tabButton)(nil)
	_ fyne.Focusable     = (*tabButton)(nil)
	_ desktop.Hoverable  = (*tabButton)(nil)
	_ desktop.Cursorable = (*tabButton)(nil)
)

func newTabButton(b *tabBar) *tabButton {
	t := &tabButton{
		bar: b, text: &canvas.Text{}, count: &canvas.Text{Alignment: fyne.TextAlignCenter}, badge: &canvas.Rectangle{CornerRadius: 8},
		dot: &canvas.Rectangle{CornerRadius: 3.5}, under: &canvas.Rectangle{CornerRadius: 1.5}, ring: look.NewFocusRing(),
	}
	t.ExtendBaseWidget(t)
	return t
}

func (t *tabButton) CreateRenderer() fyne.WidgetRenderer { return renderer{t} }
func (t *tabButton) parts() []fyne.CanvasObject          { return t.all }
func (t *tabButton) heightFor(float32) float32           { return tabTall }
func (t *tabButton) least() fyne.Size                    { return fyne.NewSize(t.width(t.short), tabTall) }

func (t *tabButton) label(short bool) string {
	if short && t.tab.short != "" {
		return t.tab.short
	}
	return t.tab.title
}

func tabFace(chosen bool) face { return face{size: look.Body - 1, bold: chosen} }

// width is the room the tab needs, chosen or not, so that choosing moves nothing.
func (t *tabButton) width(short bool) float32 {
	w := t.bar.kit.ruler.width(tabFace(true), t.label(short))
	if t.tab.count > 0 {
		w += 5 + t.badgeWidth()
	}
	return w
}

func (t *tabButton) badgeWidth() float32 {
	w := 9 + t.bar.kit.ruler.width(face{size: look.Small}, strconv.Itoa(t.tab.count))
	if t.tab.alert {
		w += 10
	}
	return max(17, w)
}

func (t *tabButton) inks() (ink, badge, onBadge fyne.ThemeColorName) {
	ink, badge, onBadge = look.InkSoft, look.CardSoft, look.InkSoft
	if t.hovered {
		ink = look.Ink
	}
	if t.chosen {
		ink, badge, onBadge = look.OnBand, look.Band, look.OnBand
	}
	if t.tab.alert {
		badge, onBadge = look.FailGround, look.Fail
	}
	return ink, badge, onBadge
}

func (t *tabButton) arrange(size fyne.Size) {
	t.all = t.all[:0]
	ink, badge, onBadge := t.inks()
	f := tabFace(t.chosen)
	label := t.label(t.short)
	need := t.width(t.short)
	x := (size.Width - need) / 2
	words := t.bar.kit.ruler.width(tabFace(true), label)
	setCanvasText(t.text, label, &run{ink: ink, face: f})
	w := t.bar.kit.ruler.width(f, label)
	at(t.text, x+(words-w)/2, 0, w, size.Height-2)
	t.all = append(t.all, t.text)
	if t.tab.count > 0 {
		bx, bw := x+words+5, t.badgeWidth()
		fill(t.badge, badge, "", 0)
		at(t.badge, bx, (size.Height-18)/2, bw, 17)
		t.all = append(t.all, t.badge)
		if t.tab.alert {
			fill(t.dot, look.Fail, "", 0)
			at(t.dot, bx+5, (size.Height-8)/2, 7, 7)
			t.all = append(t.all, t.dot)
			bx, bw = bx+10, bw-10
		}
		setCanvasText(t.count, strconv.Itoa(t.tab.count), &run{ink: onBadge, face: face{size: look.Small}})
		at(t.count, bx, 0, bw, size.Height-2)
		t.all = append(t.all, t.count)
	}
	if t.chosen {
		fill(t.under, look.Primary, "", 0)
		at(t.under, x-4, size.Height-3, need+8, 3)
		t.all = append(t.all, t.under)
	}
	t.ring.StrokeColor = theme.Color(look.Focus)
	at(t.ring, x-6, 4, need+12, size.Height-9)
	show(t.ring, t.focused)
	t.all = append(t.all, t.ring)
}

func (t *tabButton) Tapped(*fyne.PointEvent)        { t.bar.pick(t.tab.id) }
func (t *tabButton) Cursor() desktop.Cursor         { return desktop.PointerCursor }
func (t *tabButton) MouseIn(*desktop.MouseEvent)    { t.hovered = true; t.Refresh() }
func (t *tabButton) MouseMoved(*desktop.MouseEvent) {}
func (t *tabButton) MouseOut()                      { t.hovered = false; t.Refresh() }
func (t *tabButton) TypedRune(rune)                 {}

func (t *tabButton) FocusGained() {
	t.focused = true
	t.bar.kit.focus(t, true)
	t.Refresh()
}

func (t *tabButton) FocusLost() {
	t.focused = false
	t.bar.kit.focus(t, false)
	t.Refresh()
}

func (t *tabButton) TypedKey(e *fyne.KeyEvent) {
	switch {
	case isActivate(e.Name):
		t.bar.pick(t.tab.id)
	case e.Name == fyne.KeyLeft:
		t.bar.step(t.index, -1)
	case e.Name == fyne.KeyRight:
		t.bar.step(t.index, 1)
	default:
		t.bar.kit.key(e)
	}
}
