package export

import (
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/chart"
	"github.com/grantwalk/grantwalk/flows/telling/palette"
)

// draw puts the rows on the pen, between the parties' names and, where asked
// for, the outcome with the legend.
func (c *picture) draw(p pen.Pen, rows []row, title, end bool) {
	height := c.height(rows, title, end)
	p.Rect(pen.Shape{W: c.width, H: height, Fill: c.colours.Card})
	top := chartPad
	if title {
		p.Text(pen.TextOf(c.fonts.Elide(c.teller.Title(), 19, true, c.width-2*chartPad), chartPad, top+18, 19, true, c.colours.Ink, 0))
		p.Text(pen.TextOf(c.teller.Summary(), chartPad, top+39, smallSize, false, c.colours.InkSoft, 0))
		top += titleHeight
	}
	bottom := height - chartPad
	if end {
		bottom -= endHeight + legendHeight
	}
	c.heads(p, top, bottom)
	y := top + headHeight
	for i := range rows {
		if rows[i].chapter != "" {
			c.chapter(p, rows[i].chapter, y)
		} else {
			c.message(p, &rows[i], y)
		}
		y += rows[i].height
	}
	if end {
		c.outcome(p, bottom+10)
		c.legend(p, bottom+endHeight+6)
	}
}

func (c *picture) heads(p pen.Pen, top, bottom float64) {
	for _, l := range c.lanes {
		tone := c.colours.Role(string(l.role))
		p.Line(pen.LineOf(l.x, top+54, l.x, bottom, palette.PaperLine, 1.5, false))
		w := max(c.fonts.Width(l.name, labelSize+1, true), c.fonts.Width(l.also, smallSize, false)) + 28
		p.Rect(pen.Shape{X: l.x - w/2, Y: top, W: w, H: 54, Radius: 9, Fill: tone.Ground, Stroke: tone.Line, Thick: 1})
		y := top + 32
		if l.also != "" {
			y = top + 24
			p.Text(pen.TextOf(l.also, l.x, top+42, smallSize, false, c.colours.InkSoft, 1))
		}
		p.Text(pen.TextOf(l.name, l.x, y, labelSize+1, true, tone.Ink, 1))
	}
}

func (c *picture) chapter(p pen.Pen, title string, y float64) {
	title = c.fonts.Elide(strings.ToUpper(title), smallSize, true, c.right()-chartPad)
	w := c.fonts.Width(title, smallSize, true)
	p.Rect(pen.Shape{X: chartPad - 2, Y: y + 12, W: w + 14, H: 22, Fill: c.colours.Card})
	p.Line(pen.LineOf(chartPad+w+12, y+23, c.right(), y+23, palette.PaperLine, 1, false))
	p.Text(pen.TextOf(title, chartPad, y+27, smallSize, true, c.colours.InkSoft, 0))
}

func (c *picture) message(p pen.Pen, r *row, y float64) {
	number := strconv.Itoa(r.Message + 1)
	title := number + ". " + r.Title
	if len(r.chips) > 0 {
		title += " ("
		for i, chip := range r.chips {
			if i > 0 {
				title += ", "
			}
			title += chip.label
		}
		title += ")"
	}
	p.Open(title)
	defer p.Shut()
	color, disc, ink := c.colours.Arrow, c.colours.Quiet, c.colours.Ink
	switch r.Fate {
	case telling.Stopped:
		color, disc, ink = c.colours.Pass, c.colours.PassGround, c.colours.Pass
	case telling.Broke, telling.Lost:
		color, disc, ink = c.colours.Fail, c.colours.FailGround, c.colours.Fail
	case telling.Fine:
	}
	middle := c.arrow(p, r, y, color)
	w := max(22, c.fonts.Width(number, smallSize, true)+12)
	p.Rect(pen.Shape{X: chartPad, Y: middle - 11, W: w, H: 22, Radius: 11, Fill: disc})
	p.Text(pen.TextOf(number, chartPad+w/2, middle+4.3, smallSize, true, ink, 1))
}

// arrow draws a message and returns the height of its middle.
func (c *picture) arrow(p pen.Pen, r *row, y float64, color uint32) float64 {
	x1, x2 := c.lane(r.From), c.lane(r.To)
	if r.Alone() {
		return c.loop(p, r, y, x1, color)
	}
	at := y + 10 + lineHeight*float64(len(r.lines)) + 2
	c.label(p, r, (x1+x2)/2, y+8)
	d := 1.0
	if x2 < x1 {
		d = -1
	}
	tip := x2 - d*2
	if r.Signed() {
		tip = x2 - d*9
	}
	if r.Line == chart.Back {
		p.Line(pen.LineOf(x1, at-2, tip-d*8, at-2, color, 1.2, false))
		p.Line(pen.LineOf(x1, at+2, tip-d*8, at+2, color, 1.2, false))
	} else {
		if r.Line == chart.Gesture {
			p.Disc(x1, at, 4.5, color)
		}
		p.Line(pen.LineOf(x1, at, tip-d*4, at, color, 1.8, r.Line == chart.Gesture))
	}
	if r.Reply { // an open head: an answer
		p.Line(pen.LineOf(tip-d*8, at-4.5, tip, at, color, 1.8, false))
		p.Line(pen.LineOf(tip-d*8, at+4.5, tip, at, color, 1.8, false))
		if r.Line == chart.Back {
			p.Line(pen.LineOf(tip-d*8, at, tip, at, color, 1.2, false))
		}
	} else {
		p.Polygon([]float64{tip, at, tip - d*10, at - 5, tip - d*10, at + 5}, color)
	}
	c.sign(p, r, x2, at)
	c.carry(p, r.chips, (x1+x2)/2, at+9)
	return at
}

// loop draws what a party does by itself.
func (c *picture) loop(p pen.Pen, r *row, y, x float64, color uint32) float64 {
	side, anchor := 1.0, 0
	if widest := c.widest(r.lines); x+loopWidth+14+widest > c.right() {
		side, anchor = -1, 2
	}
	words := lineHeight * float64(len(r.lines))
	middle := y + 12 + max(words, loopHeight)/2
	far := x + side*loopWidth
	p.Line(pen.LineOf(x, middle-loopHeight/2, far, middle-loopHeight/2, color, 1.8, false))
	p.Line(pen.LineOf(far, middle-loopHeight/2, far, middle+loopHeight/2, color, 1.8, false))
	p.Line(pen.LineOf(far, middle+loopHeight/2, x+side*8, middle+loopHeight/2, color, 1.8, false))
	at := middle + loopHeight/2
	p.Polygon([]float64{x + side*1, at, x + side*10, at - 4.5, x + side*10, at + 4.5}, color)
	c.sign(p, r, far, middle)
	ink := c.ink(r)
	start := far + side*10
	for i, l := range r.lines {
		w := c.fonts.Width(l, labelSize, false)
		base := middle - words/2 + lineHeight*float64(i) + 13
		left := start
		if anchor == 2 {
			left -= w
		}
		p.Rect(pen.Shape{X: left - 3, Y: base - 13, W: w + 6, H: lineHeight, Fill: c.colours.Card})
		p.Text(pen.TextOf(l, start, base, labelSize, false, ink, anchor))
	}
	total := chipsWidth(r.chips)
	c.carry(p, r.chips, start+side*total/2, middle+max(words, loopHeight)/2+6)
	return middle
}

// ink is the colour of the words of a row.
func (c *picture) ink(r *row) uint32 {
	switch r.Fate {
	case telling.Stopped:
		return c.colours.Pass
	case telling.Broke, telling.Lost:
		return c.colours.Fail
	case telling.Fine:
	}
	return c.colours.Ink
}

// label writes lines on a ground of their own, so that no lane runs through them.
func (c *picture) label(p pen.Pen, r *row, center, y float64) {
	ink := c.ink(r)
	for i, l := range r.lines {
		w := c.fonts.Width(l, labelSize, false)
		x := min(max(center, c.left()+w/2), max(c.right()-w/2, c.left()+w/2))
		base := y + lineHeight*float64(i) + 11
		p.Rect(pen.Shape{X: x - w/2 - 4, Y: base - 13, W: w + 8, H: lineHeight, Fill: c.colours.Card})
		p.Text(pen.TextOf(l, x, base, labelSize, false, ink, 1))
	}
}

func (c *picture) widest(lines []string) float64 {
	w := 0.0
	for _, l := range lines {
		w = max(w, c.fonts.Width(l, labelSize, false))
	}
	return w
}

func chipsWidth(chips []chip) float64 {
	total := 0.0
	for i, chip := range chips {
		if i > 0 {
			total += 6
		}
		total += chip.width
	}
	return total
}

// carry draws chips in a row around a middle.
func (c *picture) carry(p pen.Pen, chips []chip, center, y float64) {
	total := chipsWidth(chips)
	x := max(c.left(), min(center-total/2, c.right()-total))
	for _, chip := range chips {
		p.Rect(pen.Shape{
			X: x, Y: y, W: chip.width, H: chipHeight, Radius: chipHeight / 2, Fill: chip.tone.Ground,
			Stroke: chip.tone.Line, Thick: 1,
		})
		p.Text(pen.TextOf(chip.label, x+chip.width/2, y+14, smallSize, true, chip.tone.Ink, 1))
		x += chip.width + 6
	}
}
