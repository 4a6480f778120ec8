package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// column stacks parts; with a ground it is a card.
type column struct {
	part
	items  []item
	pad    float32 // inside, all round
	ground fyne.ThemeColorName
	line   fyne.ThemeColorName
	edge   fyne.ThemeColorName // a bar at the left edge
	radius float32

	back *canvas.Rectangle
	bar  *canvas.Rectangle
}

// item is a part of a column, the space before it, and what it takes back of the padding on both sides.
type item struct {
	block
	before float32
	bleed  float32
}

func newColumn() *column {
	c := &column{back: &canvas.Rectangle{}, bar: &canvas.Rectangle{CornerRadius: 1.5}}
	c.extend(c)
	return c
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
