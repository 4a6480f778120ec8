package frame

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

// ground paints what lies behind a part of the frame, in a colour of the theme. Behind everything the toolkit paints.
type ground struct {
	widget.BaseWidget
	name fyne.ThemeColorName
	edge edge
}

// edge is the side of a ground on which a line is drawn.
type edge int

const (
	bottomEdge edge = iota
	rightEdge
	leftEdge
)

func newGround(name fyne.ThemeColorName, e edge) *ground {
	g := &ground{name: name, edge: e}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer is called by Fyne.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	r := &groundRenderer{g: g, fill: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type groundRenderer struct {
	g          *ground
	fill, line *canvas.Rectangle
}

func (r *groundRenderer) Destroy()                     {}
func (r *groundRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.fill, r.line} }
func (r *groundRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, 0) }

func (r *groundRenderer) Layout(size fyne.Size) {
	r.fill.Resize(size)
	switch r.g.edge {
	case bottomEdge:
		r.line.Move(fyne.NewPos(0, size.Height-1))
		r.line.Resize(fyne.NewSize(size.Width, 1))
	case rightEdge:
		r.line.Move(fyne.NewPos(size.Width-1, 0))
		r.line.Resize(fyne.NewSize(1, size.Height))
	case leftEdge:
		r.line.Resize(fyne.NewSize(1, size.Height))
	}
}

func (r *groundRenderer) Refresh() {
	th, v := r.g.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.fill.FillColor, r.line.FillColor = th.Color(r.g.name, v), th.Color(look.Line, v)
	r.fill.Refresh()
	r.line.Refresh()
}
