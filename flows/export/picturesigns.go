package export

import (
	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/chart"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// sign marks who refused, or where an attacker got something.
func (c *picture) sign(p pen.Pen, r *row, x, y float64) {
	switch {
	case !r.Signed():
	case r.Fate == telling.Stopped:
		c.shield(p, x, y)
	case r.Refused:
		c.cross(p, x, y)
	default:
		c.loss(p, x, y)
	}
}

// shield marks who stopped an attacker.
func (c *picture) shield(p pen.Pen, x, y float64) {
	p.Polygon([]float64{
		x, y - 9, x + 8, y - 6, x + 8, y + 1, x + 5, y + 6, x, y + 9, x - 5, y + 6, x - 8, y + 1, x - 8, y - 6,
	}, c.colours.Pass)
	p.Line(pen.LineOf(x-3.5, y, x-1, y+3, c.colours.Card, 1.8, false))
	p.Line(pen.LineOf(x-1, y+3, x+4, y-3, c.colours.Card, 1.8, false))
}

// loss marks what an attacker got.
func (c *picture) loss(p pen.Pen, x, y float64) {
	p.Disc(x, y, 8, c.colours.Fail)
	p.Line(pen.LineOf(x, y-4.5, x, y+1, c.colours.Card, 2, false))
	p.Disc(x, y+4, 1.2, c.colours.Card)
}

// cross marks who refused.
func (c *picture) cross(p pen.Pen, x, y float64) {
	p.Disc(x, y, 8, c.colours.Fail)
	p.Line(pen.LineOf(x-3, y-3, x+3, y+3, c.colours.Card, 1.8, false))
	p.Line(pen.LineOf(x-3, y+3, x+3, y-3, c.colours.Card, 1.8, false))
}

func (c *picture) outcome(p pen.Pen, y float64) {
	o := c.teller.Outcome()
	words, ink, ground := o.Words, c.colours.InkSoft, c.colours.Quiet
	switch {
	case o.State == trace.Running:
	case o.Fate.Good():
		ink, ground = c.colours.Pass, c.colours.PassGround
	default:
		ink, ground = c.colours.Fail, c.colours.FailGround
	}
	if o.Error != "" {
		words += ": " + o.Error
	}
	p.Rect(pen.Shape{X: chartPad, Y: y, W: c.right() - chartPad, H: 36, Radius: 9, Fill: ground})
	x := chartPad + 20
	switch {
	case o.State == trace.Running:
		p.Disc(x, y+18, 4, ink)
	case o.Fate == telling.Stopped:
		c.shield(p, x, y+18)
	case o.Fate.Good():
		p.Line(pen.LineOf(x-5, y+18, x-1, y+22, ink, 2.2, false))
		p.Line(pen.LineOf(x-1, y+22, x+6, y+13, ink, 2.2, false))
	default:
		c.cross(p, x, y+18)
	}
	p.Text(pen.TextOf(c.fonts.Elide(words, 14, true, c.width-100), x+18, y+23, 14, true, ink, 0))
}

// legend says what the lines mean.
func (c *picture) legend(p pen.Pen, y float64) {
	x := chartPad
	entry := func(words string, draw func(x, y float64)) {
		draw(x, y+14)
		p.Text(pen.TextOf(words, x+40, y+18, smallSize, false, c.colours.InkSoft, 0))
		x += 40 + c.fonts.Width(words, smallSize, false) + 26
	}
	for _, e := range chart.Legend(c.teller) {
		entry(e.Words, func(x, y float64) { c.sample(p, e.Line, x, y) })
	}
}

// sample draws a short piece of a line.
func (c *picture) sample(p pen.Pen, line chart.Line, x, y float64) {
	color := c.colours.Arrow
	head := func() { p.Polygon([]float64{x + 32, y, x + 22, y - 5, x + 22, y + 5}, color) }
	switch line {
	case chart.Front:
		p.Line(pen.LineOf(x, y, x+24, y, color, 1.8, false))
		head()
	case chart.Back:
		p.Line(pen.LineOf(x, y-2, x+24, y-2, color, 1.2, false))
		p.Line(pen.LineOf(x, y+2, x+24, y+2, color, 1.2, false))
		head()
	case chart.Gesture:
		p.Disc(x+4, y, 4.5, color)
		p.Line(pen.LineOf(x+4, y, x+26, y, color, 1.8, true))
		head()
	case chart.Note:
		p.Line(pen.LineOf(x, y-6, x+24, y-6, color, 1.8, false))
		p.Line(pen.LineOf(x+24, y-6, x+24, y+6, color, 1.8, false))
		p.Line(pen.LineOf(x+24, y+6, x+8, y+6, color, 1.8, false))
		p.Polygon([]float64{x + 1, y + 6, x + 10, y + 1.5, x + 10, y + 10.5}, color)
	}
}
