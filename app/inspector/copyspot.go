package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// copySpot is the little copy sign at the end of what it copies. It takes no
// focus: the keyboard has the shortcut of its row.
type copySpot struct {
	page.Base
	tapped func()
	back   *canvas.Rectangle
	sign   *page.Glyph
}

var (
	_ fyne.Tappable      = (*copySpot)(nil)
	_ desktop.Cursorable = (*copySpot)(nil)
)

func newCopySpot(tapped func()) *copySpot {
	c := &copySpot{tapped: tapped, back: &canvas.Rectangle{CornerRadius: 4}, sign: page.NewGlyph("copy", look.InkSoft)}
	c.Shown = []fyne.CanvasObject{c.back, c.sign}
	c.Hidden = true
	c.Extend(c)
	return c
}

func (c *copySpot) HeightFor(float32) float32 { return rowSpot }
func (c *copySpot) Tapped(*fyne.PointEvent)   { c.tapped() }
func (c *copySpot) Cursor() desktop.Cursor    { return desktop.PointerCursor }

func (c *copySpot) Arrange(size fyne.Size) {
	page.Fill(c.back, look.CardSoft, "", 0)
	page.Put(c.back, 1, 1, size.Width-2, size.Height-2)
	page.Place(c.sign, (size.Width-15)/2, (size.Height-15)/2, 15, 15)
}
