package inspector

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
)

// tabButton is one tab.
type tabButton struct {
	pointable
	bar    *tabBar
	tab    tab
	index  int
	chosen bool
	short  bool

	text  *canvas.Text
	count *canvas.Text
	badge *canvas.Rectangle
	cross *glyph
	under *canvas.Rectangle
}

func newTabButton(b *tabBar) *tabButton {
	t := &tabButton{
		bar: b, text: &canvas.Text{}, count: &canvas.Text{Alignment: fyne.TextAlignCenter}, badge: &canvas.Rectangle{CornerRadius: 8},
		cross: newGlyph("fail", look.Fail), under: &canvas.Rectangle{CornerRadius: 1.5},
	}
	t.extend(t, b.kit, func() { b.pick(t.tab.id) })
	return t
}

func (t *tabButton) heightFor(float32) float32 { return tabTall }
func (t *tabButton) least() fyne.Size          { return fyne.NewSize(t.width(t.short), tabTall) }

func (t *tabButton) label(short bool) string {
	if short && t.tab.short != "" {
		return t.tab.short
	}
	return t.tab.title
}

func tabFace(chosen bool) face { return face{size: look.Body - 1, bold: chosen} }

// width is the room the tab needs, chosen or not, so that choosing moves nothing.
func (t *tabButton) width(short bool) float32 {
	w := t.kit.ruler.width(tabFace(true), t.label(short))
	if t.tab.count > 0 {
		w += 5 + t.badgeWidth()
	}
	return w
}

func (t *tabButton) badgeWidth() float32 {
	w := 9 + t.kit.ruler.width(face{size: look.Small}, strconv.Itoa(t.tab.count))
	if t.tab.alert {
		w += 12
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
	words := t.kit.ruler.width(tabFace(true), label)
	setCanvasText(t.text, label, &run{ink: ink, face: f})
	w := t.kit.ruler.width(f, label)
	at(t.text, x+(words-w)/2, 0, w, size.Height-2)
	t.all = append(t.all, t.text)
	if t.tab.count > 0 {
		bx, bw := x+words+5, t.badgeWidth()
		fill(t.badge, badge, "", 0)
		at(t.badge, bx, (size.Height-18)/2, bw, 17)
		t.all = append(t.all, t.badge)
		if t.tab.alert {
			place(t.cross, bx+4, (size.Height-12)/2, 11, 11)
			t.all = append(t.all, t.cross)
			bx, bw = bx+12, bw-12
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
	t.drawRing(x-6, 4, need+12, size.Height-9)
}

// TypedKey lets the arrows walk along the bar.
func (t *tabButton) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		t.bar.step(t.index, -1)
	case fyne.KeyRight:
		t.bar.step(t.index, 1)
	default:
		t.pointable.TypedKey(e)
	}
}
