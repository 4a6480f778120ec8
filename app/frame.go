package app

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

// Widths at which the frame changes.
const (
	railWidth   float32 = 254
	railFrom    float32 = 1180 // narrower windows show the rail on demand
	headerHigh  float32 = 56
	frameLeast  float32 = 480
	frameLowest float32 = 360
)

// frame places header, rail and the content of a room.
type frame struct {
	body               *fyne.Container
	ground             *ground
	rail, bar, content fyne.CanvasObject
	floating           bool            // the rail lies over the content
	onWide             func(wide bool) // told before each layout whether there is room for the rail beside the content
	onLaid             func()          // told after each layout: what is shown may have become narrow
}

func newFrame(bar, rail fyne.CanvasObject) *frame {
	f := &frame{bar: bar, rail: rail, content: container.NewStack(), ground: newGround(look.Ground, noEdge)}
	f.body = container.New(f)
	f.order()
	return f
}

// show puts other content into the frame.
func (f *frame) show(content fyne.CanvasObject) {
	f.content = content
	f.order()
	f.body.Refresh()
}

// float lays the rail over the content, or beside it.
func (f *frame) float(over bool) {
	f.floating = over
	f.order()
}

// order is what is drawn first and reached by Tab first. A rail that floats is
// drawn over the content; one that stands beside it comes before it.
func (f *frame) order() {
	f.body.Objects = []fyne.CanvasObject{f.ground, f.rail, f.bar, f.content}
	if f.floating {
		f.body.Objects = []fyne.CanvasObject{f.ground, f.bar, f.content, f.rail}
	}
}

// MinSize is small on purpose: panes collapse rather than keep the window large.
func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(frameLeast, frameLowest) }

// Layout lets the rail float over the content where there is no room for both.
func (f *frame) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f.ground.Resize(size)
	wide := size.Width >= railFrom
	f.onWide(wide)
	f.bar.Move(fyne.NewPos(0, 0))
	f.bar.Resize(fyne.NewSize(size.Width, headerHigh))
	left := float32(0)
	if wide {
		left = railWidth
	}
	f.rail.Move(fyne.NewPos(0, headerHigh))
	f.rail.Resize(fyne.NewSize(railWidth, size.Height-headerHigh))
	f.content.Move(fyne.NewPos(left, headerHigh))
	f.content.Resize(fyne.NewSize(size.Width-left, size.Height-headerHigh))
	f.onLaid()
}

// ground paints what lies behind everything, in the colour of the theme.
type ground struct {
	widget.BaseWidget
	name fyne.ThemeColorName
	edge edge
}

// edge is the side of a ground on which a line is drawn.
type edge int

const (
	noEdge edge = iota
	bottomEdge
	rightEdge
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
	case noEdge:
		r.line.Hide()
	}
}

func (r *groundRenderer) Refresh() {
	th, v := r.g.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.fill.FillColor, r.line.FillColor = th.Color(r.g.name, v), th.Color(look.Line, v)
	r.fill.Refresh()
	r.line.Refresh()
}
