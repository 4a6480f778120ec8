package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/grantwalk/grantwalk/app/look"
)

// copySpot is the little copy sign at the end of what it copies. It takes no
// focus: the keyboard has the shortcut of its row.
type copySpot struct {
	part
	tapped func()
	back   *canvas.Rectangle
	sign   *glyph
}

var (
	_ fyne.Tappable      = (*copySpot)(nil)
	_ desktop.Cursorable = (*copySpot)(nil)
)

func newCopySpot(tapped func()) *copySpot {
	c := &copySpot{tapped: tapped, back: &canvas.Rectangle{CornerRadius: 4}, sign: newGlyph("copy", look.InkSoft)}
	c.all = []fyne.CanvasObject{c.back, c.sign}
	c.Hidden = true
	c.extend(c)
	return c
}

func (c *copySpot) heightFor(float32) float32 { return rowSpot }
func (c *copySpot) Tapped(*fyne.PointEvent)   { c.tapped() }
func (c *copySpot) Cursor() desktop.Cursor    { return desktop.PointerCursor }

func (c *copySpot) arrange(size fyne.Size) {
	fill(c.back, look.CardSoft, "", 0)
	at(c.back, 1, 1, size.Width-2, size.Height-2)
	place(c.sign, (size.Width-15)/2, (size.Height-15)/2, 15, 15)
}
