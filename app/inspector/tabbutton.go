package inspector

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// tabButton is one tab.
type tabButton struct {
	page.Pointable
	bar    *tabBar
	tab    tab
	index  int
	chosen bool
	short  bool

	text  *canvas.Text
	count *canvas.Text
	badge *canvas.Rectangle
	sign  *page.Glyph
	under *canvas.Rectangle
}

func newTabButton(b *tabBar) *tabButton {
	t := &tabButton{
		bar: b, text: &canvas.Text{}, count: &canvas.Text{Alignment: fyne.TextAlignCenter}, badge: &canvas.Rectangle{CornerRadius: 8},
		sign: page.NewGlyph("fail", look.Fail), under: &canvas.Rectangle{CornerRadius: 1.5},
	}
	t.Extend(t, b.kit.Kit, func() { b.pick(t.tab.id) })
	return t
}

func (t *tabButton) HeightFor(float32) float32 { return tabTall }
func (t *tabButton) LeastSize() fyne.Size      { return fyne.NewSize(t.width(t.short), tabTall) }

func (t *tabButton) label(short bool) string {
	return t.tab.label(short)
}

func (t *tab) label(short bool) string {
	if short {
		return t.short
	}
	return t.title
}

func tabFace(chosen bool) page.Face { return page.Face{Size: look.Body - 1, Bold: chosen} }

// width is the room the tab needs, chosen or not, so that choosing moves nothing.
func (t *tabButton) width(short bool) float32 { return t.tab.width(t.bar.kit, short) }

func (t *tab) width(k *kit, short bool) float32 {
	w := k.Ruler.Width(tabFace(true), t.label(short))
	if t.count > 0 {
		w += 5 + t.badgeWidth(k)
	}
	return w
}

func (t *tab) badgeWidth(k *kit) float32 {
	w := 9 + k.Ruler.Width(page.Face{Size: look.Small}, strconv.Itoa(t.count))
	if t.alert {
		w += 12
	}
	return max(17, w)
}

func (t *tabButton) inks() (ink, badge, onBadge fyne.ThemeColorName) {
	ink, badge, onBadge = look.InkSoft, look.CardSoft, look.InkSoft
	if t.Hovered {
		ink = look.Ink
	}
	if t.chosen {
		ink, badge, onBadge = look.OnBand, look.Band, look.OnBand
	}
	switch {
	case t.tab.stops:
		badge, onBadge = look.PassGround, look.Pass
	case t.tab.alert:
		badge, onBadge = look.FailGround, look.Fail
	}
	return ink, badge, onBadge
}

func (t *tabButton) Arrange(size fyne.Size) {
	t.Shown = t.Shown[:0]
	ink, badge, onBadge := t.inks()
	f := tabFace(t.chosen)
	label := t.label(t.short)
	need := t.width(t.short)
	x := (size.Width - need) / 2
	words := t.Kit.Ruler.Width(tabFace(true), label)
	page.Write(t.text, label, &page.Span{Ink: ink, Face: f})
	w := t.Kit.Ruler.Width(f, label)
	page.Put(t.text, x+(words-w)/2, 0, w, size.Height-2)
	t.Shown = append(t.Shown, t.text)
	if t.tab.count > 0 {
		bx, bw := x+words+5, t.tab.badgeWidth(t.bar.kit)
		page.Fill(t.badge, badge, "", 0)
		page.Put(t.badge, bx, (size.Height-18)/2, bw, 17)
		t.Shown = append(t.Shown, t.badge)
		if t.tab.alert {
			t.sign.Set("fail", onBadge)
			if t.tab.stops {
				t.sign.Set(look.IconShield, onBadge)
			}
			page.Place(t.sign, bx+4, (size.Height-12)/2, 11, 11)
			t.Shown = append(t.Shown, t.sign)
			bx, bw = bx+12, bw-12
		}
		page.Write(t.count, strconv.Itoa(t.tab.count), &page.Span{Ink: onBadge, Face: page.Face{Size: look.Small}})
		page.Put(t.count, bx, 0, bw, size.Height-2)
		t.Shown = append(t.Shown, t.count)
	}
	if t.chosen {
		page.Fill(t.under, look.Primary, "", 0)
		page.Put(t.under, x-4, size.Height-3, need+8, 3)
		t.Shown = append(t.Shown, t.under)
	}
	t.DrawRing(x-6, 4, need+12, size.Height-9)
}

// TypedKey lets the arrows walk along the bar.
func (t *tabButton) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		t.bar.step(t.index, -1)
	case fyne.KeyRight:
		t.bar.step(t.index, 1)
	default:
		t.Pointable.TypedKey(e)
	}
}
