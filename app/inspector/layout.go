package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// LeastSize is part of [page.Drawn].
func (v *Inspector) LeastSize() fyne.Size { return fyne.NewSize(260, 200) }

// Objects is part of [page.Drawn].
func (v *Inspector) Objects() []fyne.CanvasObject { return v.all }

// Arrange is part of [page.Drawn].
func (v *Inspector) Arrange(size fyne.Size) {
	if size.Width < 1 || size.Height < 1 {
		return
	}
	v.kit.Ruler.Forget(theme.TextFont().Name() + theme.TextMonospaceFont().Name())
	inner := size.Width - 2*look.Gutter
	y := look.Gutter
	for _, t := range []*page.Text{v.over, v.title} {
		h := t.HeightFor(inner)
		page.Place(t, look.Gutter, y, inner, h)
		y += h
	}
	y += 6
	h := v.tabs.HeightFor(size.Width)
	page.Place(v.tabs, 0, y, size.Width, h)
	y += h
	foot := gapIf(v.wantsFoot(size.Height), stripIdle)
	v.fitPicture(size.Height)
	page.Place(v.scroll, 0, y, size.Width, max(1, size.Height-y-foot-1))
	v.placeFoot(size)
}

// fitPicture builds the words anew where the height puts their illustration elsewhere.
func (v *Inspector) fitPicture(height float32) {
	before := spotFor(v.kit.tall)
	v.kit.tall = height
	if v.tab == tabWords && spotFor(height) != before {
		v.view().build(&v.content)
	}
}

// placeFoot lays the strip over the foot of the pane: nothing else moves when it grows.
func (v *Inspector) placeFoot(size fyne.Size) {
	page.Show(v.foot, v.foot.said.name != "" || v.wantsFoot(size.Height))
	if v.foot.Visible() {
		tall := v.foot.HeightFor(size.Width)
		page.Place(v.foot, 0, size.Height-tall, size.Width, tall)
		canvas.Refresh(v.foot)
	}
}

// wantsFoot reports whether the tab has names to point at, and the pane room to say what they mean.
func (v *Inspector) wantsFoot(height float32) bool {
	switch v.tab {
	case tabRequest, tabResponse, tabTokens, tabCalculation:
		return height >= 560 && v.content.Explain != nil
	}
	return false
}
