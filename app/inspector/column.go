package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// column stacks parts; with a ground it is a card.
type column struct {
	widget.BaseWidget
	items  []item
	pad    float32 // inside, all round
	ground fyne.ThemeColorName
	line   fyne.ThemeColorName
	edge   fyne.ThemeColorName // a bar at the left edge
	radius float32

	back *canvas.Rectangle
	bar  *canvas.Rectangle
	all  []fyne.CanvasObject
}

// item is a part of a column, the space before it, and what it takes back of the padding on both sides.
type item struct {
	block
	before float32
	bleed  float32
}

var _ block = (*column)(nil)

func newColumn() *column {
	c := &column{back: &canvas.Rectangle{}, bar: &canvas.Rectangle{CornerRadius: 1.5}}
	c.ExtendBaseWidget(c)
	return c
}

func (c *column) CreateRenderer() fyne.WidgetRenderer { return renderer{c} }
func (c *column) parts() []fyne.CanvasObject          { return c.all }
func (c *column) least() fyne.Size {
	return fyne.NewSize(1, c.heightFor(max(1, c.Size().Width)))
}

// style makes the column a card.
func (c *column) style(ground, line fyne.ThemeColorName, pad, radius float32) *column {
	c.ground, c.line, c.pad, c.radius, c.edge = ground, line, pad, radius, ""
	return c
}

// clear takes every part out.
func (c *column) clear() *column {
	c.items = c.items[:0]
	return c
}

// add puts a part at the end.
func (c *column) add(before float32, b block) *column {
	c.items = append(c.items, item{block: b, before: before})
	return c
}

// addWide puts a part at the end that reaches over the padding.
func (c *column) addWide(before, bleed float32, b block) *column {
	c.items = append(c.items, item{block: b, before: before, bleed: bleed})
	return c
}

func (c *column) inner(width float32) float32 {
	width -= 2 * c.pad
	if c.edge != "" {
		width -= 10
	}
	return max(1, width)
}

func (c *column) heightFor(width float32) float32 {
	inner := c.inner(width)
	y := c.pad
	for i := range c.items {
		it := &c.items[i]
		y += it.before + it.heightFor(inner+2*it.bleed)
	}
	return y + c.pad
}

func (c *column) arrange(size fyne.Size) {
	c.all = c.all[:0]
	x := c.pad
	if c.ground != "" || c.line != "" {
		c.back.CornerRadius = c.radius
		fill(c.back, c.ground, c.line, 1)
		c.back.Resize(size)
		c.all = append(c.all, c.back)
	}
	if c.edge != "" {
		fill(c.bar, c.edge, "", 0)
		at(c.bar, c.pad, c.pad, 3, size.Height-2*c.pad)
		c.all = append(c.all, c.bar)
		x += 10
	}
	inner := c.inner(size.Width)
	y := c.pad
	for i := range c.items {
		it := &c.items[i]
		w := inner + 2*it.bleed
		h := it.heightFor(w)
		y += it.before
		place(it.block, x-it.bleed, y, w, h)
		y += h
		c.all = append(c.all, it.block)
	}
}

// holder lets any Fyne object be a part of a column.
type holder struct {
	widget.BaseWidget
	object fyne.CanvasObject
	height func(width float32) float32 // nil: the object's own
	dx, dy float32                     // takes an object's own padding back
	all    []fyne.CanvasObject
}

var _ block = (*holder)(nil)

func newHolder(o fyne.CanvasObject, height func(width float32) float32) *holder {
	h := &holder{object: o, height: height, all: []fyne.CanvasObject{o}}
	h.ExtendBaseWidget(h)
	return h
}

func (h *holder) CreateRenderer() fyne.WidgetRenderer { return renderer{h} }
func (h *holder) parts() []fyne.CanvasObject          { return h.all }
func (h *holder) least() fyne.Size {
	return fyne.NewSize(1, h.heightFor(max(1, h.Size().Width)))
}

func (h *holder) heightFor(width float32) float32 {
	if h.height != nil {
		return h.height(width)
	}
	return h.object.MinSize().Height - 2*h.dy
}

func (h *holder) arrange(size fyne.Size) {
	at(h.object, -h.dx, -h.dy, size.Width+2*h.dx, size.Height+2*h.dy)
}
