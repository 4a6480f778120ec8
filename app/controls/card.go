package controls

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

// Card is a pane: a rounded ground with something on it.
type Card struct {
	widget.BaseWidget

	Content      fyne.CanvasObject
	Pad          float32
	Ground, Edge fyne.ThemeColorName // zero: look.Card, look.Line
	Radius       float32             // zero: look.Radius
}

// NewCard puts content on a card with that much room around it.
func NewCard(content fyne.CanvasObject, pad float32) *Card {
	c := &Card{Content: content, Pad: pad}
	c.ExtendBaseWidget(c)
	return c
}

// SetContent puts something else on the card.
func (c *Card) SetContent(o fyne.CanvasObject) {
	if c.Content != o {
		c.Content = o
		c.Refresh()
	}
}

// CreateRenderer is called by Fyne.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	r := &cardRenderer{c: c, ground: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type cardRenderer struct {
	c      *Card
	ground *canvas.Rectangle
}

func (r *cardRenderer) Destroy() {}

func (r *cardRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.c.Content}
}

func (r *cardRenderer) MinSize() fyne.Size {
	return r.c.Content.MinSize().AddWidthHeight(2*r.c.Pad, 2*r.c.Pad)
}

func (r *cardRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	if size.Width <= 2*r.c.Pad || size.Height <= 2*r.c.Pad {
		return // not placed yet; Fyne's labels cannot be laid out in no room
	}
	r.c.Content.Move(fyne.NewPos(r.c.Pad, r.c.Pad))
	r.c.Content.Resize(size.SubtractWidthHeight(2*r.c.Pad, 2*r.c.Pad))
}

func (r *cardRenderer) Refresh() {
	th, v := r.c.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	ground, edge, radius := r.c.Ground, r.c.Edge, r.c.Radius
	if ground == "" {
		ground = look.Card
	}
	if edge == "" {
		edge = look.Line
	}
	if radius == 0 {
		radius = look.Radius
	}
	r.ground.FillColor, r.ground.StrokeColor = paint(th, v, ground), paint(th, v, edge)
	r.ground.StrokeWidth, r.ground.CornerRadius = 1, radius
	r.ground.Refresh()
	r.Layout(r.c.Size())
}
