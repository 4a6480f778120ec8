package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
)

// Column stacks parts; with a ground it is a card.
type Column struct {
	Base
	items  []item
	rest   bool    // one of them takes what height is left
	pad    float32 // inside, all round
	Ground fyne.ThemeColorName
	Line   fyne.ThemeColorName
	Edge   fyne.ThemeColorName // a bar at the left edge
	Radius float32

	back *Plate
	bar  *canvas.Rectangle
}

// item is a part of a column, the space before it, and what it takes back of the padding on both sides.
type item struct {
	Part
	before float32
	bleed  float32
	rest   bool // takes the height that is left
}

// NewColumn returns an empty column without a ground.
func NewColumn() *Column {
	c := &Column{back: NewPlate(), bar: &canvas.Rectangle{CornerRadius: 1.5}}
	c.Extend(c)
	return c
}

// NewCard returns a column that is a pane: a card all of whose room is for one object, less that much all round.
func NewCard(content fyne.CanvasObject, pad float32) *Column {
	c := NewColumn().Style(look.Card, look.Line, pad, look.Radius)
	if p, ok := content.(Part); ok {
		return c.AddRest(0, p)
	}
	return c.AddRest(0, NewHolder(content, nil))
}

// Style makes the column a card.
func (c *Column) Style(ground, line fyne.ThemeColorName, pad, radius float32) *Column {
	c.Ground, c.Line, c.pad, c.Radius, c.Edge = ground, line, pad, radius, ""
	return c
}

// Clear takes every part out.
func (c *Column) Clear() *Column {
	c.items, c.Shown, c.rest = c.items[:0], c.Shown[:0], false
	return c
}

// Empty reports whether no part is in it.
func (c *Column) Empty() bool { return len(c.items) == 0 }

// Add puts a part at the end.
func (c *Column) Add(before float32, b Part) *Column {
	return c.put(item{Part: b, before: before})
}

// AddWide puts a part at the end that reaches over the padding.
func (c *Column) AddWide(before, bleed float32, b Part) *Column {
	return c.put(item{Part: b, before: before, bleed: bleed})
}

// AddRest puts a part at the end that takes the height which the others leave; there can be one of them.
func (c *Column) AddRest(before float32, b Part) *Column {
	return c.put(item{Part: b, before: before, rest: true})
}

// put also shows the part before it is placed: a theme that is put over a
// column reaches only what is in it by then.
func (c *Column) put(it item) *Column {
	c.items, c.Shown, c.rest = append(c.items, it), append(c.Shown, it.Part), c.rest || it.rest
	return c
}

func (c *Column) inner(width float32) float32 {
	width -= 2 * c.pad
	if c.Edge != "" {
		width -= 10
	}
	return max(1, width)
}

// HeightFor is part of [Part].
func (c *Column) HeightFor(width float32) float32 {
	inner := c.inner(width)
	y := c.pad
	for i := range c.items {
		it := &c.items[i]
		y += it.before + it.HeightFor(inner+2*it.bleed)
	}
	return y + c.pad
}

// LeastSize counts of the part that takes the rest only what it needs; any
// other column is told its width.
func (c *Column) LeastSize() fyne.Size {
	if !c.rest {
		return c.Base.LeastSize()
	}
	width := c.Size().Width
	least := fyne.NewSize(0, 2*c.pad)
	for _, it := range c.items {
		least.Height += it.before
		switch {
		case it.rest:
			need := it.LeastSize()
			least = fyne.NewSize(need.Width, least.Height+need.Height)
		case width > 0:
			least.Height += it.HeightFor(c.inner(width) + 2*it.bleed)
		}
	}
	return least.AddWidthHeight(2*c.pad, 0)
}

// Arrange is part of [Part].
func (c *Column) Arrange(size fyne.Size) {
	c.Shown = c.Shown[:0]
	x := c.pad
	if c.Ground != "" || c.Line != "" {
		c.Shown = append(c.Shown, c.back.Lay(fyne.Position{}, size, Surface{c.Ground, c.Line, 1, c.Radius})...)
	}
	if c.Edge != "" {
		Fill(c.bar, c.Edge, "", 0)
		Put(c.bar, c.pad, c.pad, 3, size.Height-2*c.pad)
		c.Shown = append(c.Shown, c.bar)
		x += 10
	}
	inner := c.inner(size.Width)
	y := c.pad
	for i := range c.items {
		it := &c.items[i]
		w := inner + 2*it.bleed
		h := it.HeightFor(w)
		y += it.before
		if it.rest {
			h = size.Height - c.pad - y - c.after(i, inner)
		}
		c.Shown = append(c.Shown, it.Part)
		if it.rest && (h < 1 || size.Width <= 2*c.pad) {
			continue // not placed yet; Fyne's labels cannot be laid out in no room
		}
		Place(it.Part, x-it.bleed, y, w, h)
		y += h
	}
}

// after is the height of the parts behind one of them.
func (c *Column) after(i int, inner float32) float32 {
	var h float32
	for _, it := range c.items[i+1:] {
		h += it.before + it.HeightFor(inner+2*it.bleed)
	}
	return h
}
