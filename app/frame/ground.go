package frame

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
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
	r := &groundRenderer{g: g, fill: page.NewPlate(), line: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type groundRenderer struct {
	g     *ground
	fill  *page.Plate
	line  *canvas.Rectangle
	shown []fyne.CanvasObject
}

func (r *groundRenderer) Destroy()                     {}
func (r *groundRenderer) Objects() []fyne.CanvasObject { return r.shown }
func (r *groundRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, 0) }

func (r *groundRenderer) Layout(size fyne.Size) {
	r.paint(size)
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
	r.line.FillColor = th.Color(look.Line, v)
	r.paint(r.g.Size())
	r.line.Refresh()
}

func (r *groundRenderer) paint(size fyne.Size) {
	r.shown = append(r.shown[:0], r.fill.Lay(fyne.Position{}, size, page.Surface{Ground: r.g.name})...)
	r.shown = append(r.shown, r.line)
}
