package sheet

import (
	"math"
	"slices"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/chart"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Heights of what shows a message.
const (
	boxTop   = 0.2
	boxHigh  = 0.15
	lineEnd  = 0.685
	arrowAt  = 0.535
	boxLeast = 0.2  // as wide as this, or lanes are left out
	boxMost  = 0.27 // as wide as a lane gets
)

// lane is one that is drawn.
type lane struct {
	talk.Lane
	x, wide float64 // of its middle
}

// lanes places those who take part. Where there is no room for all of them, the last of those who have no part in the message goes.
func (d *drawing) lanes() []lane {
	all := slices.Clone(d.slide.Lanes)
	for {
		n := float64(len(all))
		box := min(d.h(boxMost), d.room()/(n+(n-1)*0.22))
		last := slices.IndexFunc(all, func(l talk.Lane) bool { return !l.Bright && l.Role == trace.UserAgent })
		if last < 0 {
			last = lastDim(all)
		}
		if box < d.h(boxLeast) && last >= 0 {
			all = slices.Delete(all, last, last+1)
			continue
		}
		gap := 0.0
		if n > 1 {
			gap = min((d.room()-n*box)/(n-1), d.h(0.3))
		}
		from := d.left() + (d.room()-n*box-(n-1)*gap)/2
		out := make([]lane, len(all))
		for i, l := range all {
			out[i] = lane{Lane: l, x: from + float64(i)*(box+gap) + box/2, wide: box}
		}
		return out
	}
}

func lastDim(all []talk.Lane) int {
	for i, l := range slices.Backward(all) {
		if !l.Bright {
			return i
		}
	}
	return -1
}

// message is the parties, bright those whose it is, and one arrow between them.
func (d *drawing) message(a *talk.Arrow) {
	lanes := d.lanes()
	for _, l := range lanes {
		d.lane(l)
	}
	at := func(r trace.Role) float64 {
		i := slices.IndexFunc(lanes, func(l lane) bool { return l.Role == r })
		if i < 0 {
			return d.left()
		}
		return lanes[i].x
	}
	if a.Alone() {
		d.loop(a, at(a.From))
		return
	}
	d.arrow(a, at(a.From), at(a.To))
}

func (d *drawing) lane(l lane) {
	tone := d.Look.Role(string(l.Role))
	fill, line, ink, thick := d.Look.Ground, d.Look.Line, d.Look.Soft, 0.0018
	if l.Bright {
		fill, line, ink, thick = tone.Ground, tone.Line, tone.Ink, 0.0042
	}
	d.p.Line(pen.LineOf(l.x, d.h(boxTop+boxHigh), l.x, d.h(lineEnd), d.Look.Line, d.h(thick/1.4), false))
	d.p.Rect(pen.Shape{
		X: l.x - l.wide/2, Y: d.h(boxTop), W: l.wide, H: d.h(boxHigh), Radius: d.h(0.022), Fill: fill, Stroke: line,
		Thick: d.h(thick),
	})
	lines := d.wrapped(l.Name, second, l.wide-d.h(0.036), true)
	dot, first := 0.048, 0.112
	if len(lines) > 1 {
		dot, first = 0.04, 0.093
	}
	d.p.Disc(l.x, d.h(boxTop+dot), d.h(0.019), line)
	for i, words := range lines[:min(len(lines), 2)] {
		d.text(words, l.x, boxTop+first+float64(i)*0.036, second, true, ink, 1)
	}
}

// arrow goes from one lane to another; what it carries travels with it.
func (d *drawing) arrow(a *talk.Arrow, x1, x2 float64) {
	ink, way := d.Look.fate(a), 1.0
	if x2 < x1 {
		way = -1
	}
	y, head := d.h(arrowAt), d.h(0.024)
	tip := x2 - way*d.h(0.006)
	if a.Refused || a.Fate == telling.Lost {
		tip = x2 - way*d.h(0.034)
	}
	if a.Line == chart.Gesture {
		d.p.Disc(x1, y, d.h(0.01), ink)
	}
	d.p.Line(pen.LineOf(x1, y, tip-way*head*0.8, y, ink, d.h(0.0068), false))
	d.p.Polygon([]float64{tip, y, tip - way*head, y - head*0.6, tip - way*head, y + head*0.6}, ink)
	d.sign(a, x2, y, ink)
	if len(a.Chips) == 0 {
		d.label(a.Label, (x1+x2)/2)
		return
	}
	wide := d.chipsWide(a)
	from := min(max((x1+x2)/2-wide/2, d.left()), d.right()-wide)
	d.chips(a, from)
	d.travel.DX = x1 - (from + wide/2)
	if math.Abs(d.travel.DX) > math.Abs(x2-x1) {
		d.travel.DX = x1 - (x1+x2)/2
	}
}

func (d *drawing) chipsWide(a *talk.Arrow) float64 {
	wide := 0.0
	for i, c := range a.Chips {
		if i > 0 {
			wide += d.h(0.012)
		}
		wide += chipWide(d.Measure, c.Label, d.H)
	}
	return wide
}

func (d *drawing) chips(a *talk.Arrow, x float64) {
	for _, c := range a.Chips {
		tone := d.Look.Chip(c.Artefact)
		d.chip(d.moves, c.Label, x, arrowAt-0.04-chipHigh, tone.Ground, tone.Ink)
		x += chipWide(d.Measure, c.Label, d.H) + d.h(0.012)
	}
}

// label is what stands over an arrow that carries nothing, on a ground of its own so that no lane runs through it.
func (d *drawing) label(words string, middle float64) {
	wide := d.width(words, second, true)
	x := min(max(middle, d.left()+wide/2), d.right()-wide/2)
	d.p.Rect(pen.Shape{
		X: x - wide/2 - d.h(0.01), Y: d.h(arrowAt - 0.077), W: wide + d.h(0.02), H: d.h(0.042), Fill: d.Look.Ground,
	})
	d.text(words, x, arrowAt-0.047, second, true, d.Look.Ink, 1)
}

// loop is what somebody works out alone.
func (d *drawing) loop(a *talk.Arrow, x float64) {
	ink, far, y, high, way := d.Look.fate(a), d.h(0.07), d.h(arrowAt-0.03), d.h(0.06), 1.0
	wide := d.width(a.Label, second, true)
	if x+far+wide+d.h(0.03) > d.right() {
		way = -1
	}
	thick := d.h(0.0068)
	d.p.Line(pen.LineOf(x, y, x+way*far, y, ink, thick, false))
	d.p.Line(pen.LineOf(x+way*far, y, x+way*far, y+high, ink, thick, false))
	d.p.Line(pen.LineOf(x+way*far, y+high, x+way*d.h(0.022), y+high, ink, thick, false))
	d.p.Polygon([]float64{
		x + way*d.h(0.006), y + high, x + way*d.h(0.03), y + high - d.h(0.0145), x + way*d.h(0.03), y + high + d.h(0.0145),
	}, ink)
	start := x + way*(far+d.h(0.02))
	left := start
	if way < 0 {
		left = start - wide
	}
	d.p.Rect(pen.Shape{
		X: left - d.h(0.006), Y: y + high/2 - d.h(0.024), W: wide + d.h(0.012), H: d.h(0.045), Fill: d.Look.Ground,
	})
	d.p.Text(pen.TextOf(a.Label, left, y+high/2+d.h(0.01), d.h(second), true, d.Look.Ink, 0))
	d.sign(a, x+way*far, y, ink)
}

// sign says at the end of an arrow that somebody said no, or lost something.
func (d *drawing) sign(a *talk.Arrow, x, y float64, ink uint32) {
	r := d.h(0.026)
	bar := func(x1, y1, x2, y2 float64) {
		d.p.Line(pen.LineOf(x+x1*r, y+y1*r, x+x2*r, y+y2*r, d.Look.Ground, d.h(0.0062), false))
	}
	switch {
	case a.Fate == telling.Stopped && a.Refused: // a shield
		d.p.Polygon([]float64{
			x, y - 1.15*r, x + r, y - 0.75*r, x + r, y + 0.15*r, x + 0.6*r, y + 0.8*r,
			x, y + 1.2*r, x - 0.6*r, y + 0.8*r, x - r, y + 0.15*r, x - r, y - 0.75*r,
		}, ink)
		bar(-0.42, 0, -0.1, 0.38)
		bar(-0.1, 0.38, 0.46, -0.36)
	case a.Refused: // a cross
		d.p.Disc(x, y, r, ink)
		bar(-0.38, -0.38, 0.38, 0.38)
		bar(-0.38, 0.38, 0.38, -0.38)
	case a.Fate == telling.Lost:
		d.p.Disc(x, y, r, ink)
		bar(0, -0.55, 0, 0.12)
		d.p.Disc(x, y+0.45*r, 0.12*r, d.Look.Ground)
	}
}
