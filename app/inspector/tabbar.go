package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

const (
	tabTall  float32 = 38
	tabReach float32 = 8 // how far the outer tabs may reach past the text's margin
)

// tabBar is the row of tabs. Where they do not fit they move closer, then say
// less, then wrap: none is ever cut off.
type tabBar struct {
	page.Base
	kit  *kit
	tabs []tab
	pick func(id string)

	mayCome []tab
	buttons []*tabButton // the first of them are those of the tabs
	line    *canvas.Rectangle
}

func newTabBar(k *kit, pick func(string)) *tabBar {
	b := &tabBar{kit: k, pick: pick, line: &canvas.Rectangle{}}
	b.Extend(b)
	return b
}

// set shows tabs. What may come beside them at any moment keeps its room, so that
// none of them moves or says less when it does.
func (b *tabBar) set(tabs []tab, chosen string, mayCome ...tab) {
	b.tabs, b.mayCome = tabs, mayCome
	for i, t := range tabs {
		button := page.Nth(&b.buttons, i, func() *tabButton { return newTabButton(b) })
		button.tab, button.chosen, button.index = t, t.id == chosen, i
	}
}

// fit decides how the tabs stand: the space inside each, and whether they say less.
func (b *tabBar) fit(width float32) (pad float32, short bool) {
	for _, short := range []bool{false, true} {
		var need float32
		for i := range b.tabs {
			need += b.buttons[i].width(short)
		}
		for i := range b.mayCome {
			need += b.mayCome[i].width(b.kit, short)
		}
		if n := float32(len(b.tabs) + len(b.mayCome)); n > 0 {
			if pad := (width - need) / (2 * n); pad >= 6 || short && pad >= closest {
				return min(pad, 12), short
			}
		}
	}
	return closest, true
}

// closest is the space inside tabs that have hardly room for their words.
const closest float32 = 3

// chosen is the button of the tab that shows.
func (b *tabBar) chosen() []fyne.CanvasObject {
	for i := range b.tabs {
		if b.buttons[i].chosen {
			return []fyne.CanvasObject{b.buttons[i]}
		}
	}
	return nil
}

func (b *tabBar) HeightFor(width float32) float32 { return b.run(width, false) }

func (b *tabBar) Arrange(size fyne.Size) {
	b.Shown = append(b.Shown[:0], b.line)
	b.run(size.Width, true)
	page.Fill(b.line, look.Line, "", 0)
	page.Put(b.line, 0, size.Height-1, size.Width, 1)
}

func (b *tabBar) run(width float32, put bool) float32 {
	pad, short := b.fit(width - 2*(look.Gutter-tabReach))
	margin := look.Gutter - pad // the first label stands under the title
	x, y := margin, float32(0)
	for i := range b.tabs {
		button := b.buttons[i]
		w := button.width(short) + 2*pad
		if x > margin && x+w > width-4 {
			x = margin
			y += tabTall - 6
		}
		if put {
			button.short = short
			page.Place(button, x, y, w, tabTall)
			b.Shown = append(b.Shown, button)
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
	if c := page.CanvasOf(b); c != nil {
		c.Focus(b.buttons[to])
	}
}
