package diagram

import "github.com/grantwalk/grantwalk/app/look"

const (
	chipText float32 = 12
	chipIcon float32 = 14
	chipAir  float32 = 8 // inside a chip, at both ends
	chipGap  float32 = 6
	beadSize float32 = 28 // width of a bead
)

// cargo draws what an arrow carries: chips on the current arrow, beads where it
// arrived, or where it waits. What is still to come carries nothing yet. at
// places a group of a width.
func (w drawing) cargo(i int, top float32, at func(width float32) float32) {
	d := w.diagram
	chips := d.arrows[i].Chips
	switch {
	case len(chips) == 0:
	case i == d.current:
		w.chips(chips, top, at)
	case d.state(i) != Future:
		w.beads(chips, top, at)
	}
}

// stop is where what arrow i carries stands at this moment.
func (w drawing) stop(i int, s span) func(width float32) float32 {
	d := w.diagram
	crossed := d.state(i) == Past
	return func(width float32) float32 {
		switch {
		case i != d.current:
			return d.place.beside(s, width, crossed)
		case crossed:
			return d.place.travel(s, width, d.journey.done)
		default:
			return d.place.travel(s, width, 0)
		}
	}
}

func (w drawing) chips(chips []Chip, top float32, at func(width float32) float32) {
	total := -chipGap
	for _, c := range chips {
		total += chipWidth(c) + chipGap
	}
	if total > w.diagram.place.room() {
		w.beads(chips, top, at) // the words do not fit; they can be read by hovering
		return
	}
	x, y := at(total), top+chipTop+chipHeight/2
	for _, c := range chips {
		tone, width := look.Artefact(c.Artefact), chipWidth(c)
		w.pen.box(box{x: x, y: top + chipTop, w: width, h: chipHeight, fill: tone.Ground, stroke: tone.Line, line: 1, radius: chipHeight / 2})
		w.pen.icon(c.Artefact, x+chipAir+chipIcon/2, y, chipIcon, tone.Ink)
		w.pen.text(c.Label, x+chipAir+chipIcon+5, y, chipText, true, tone.Ink)
		x += width + chipGap
	}
}

func chipWidth(c Chip) float32 {
	return round(chipAir + chipIcon + 5 + textWidth(c.Label, chipText, true) + chipAir + 2)
}

func (w drawing) beads(chips []Chip, top float32, at func(width float32) float32) {
	const gap = 3
	x := at(float32(len(chips))*(beadSize+gap) - gap)
	y := top + chipTop
	for _, c := range chips {
		tone := look.Artefact(c.Artefact)
		w.pen.box(box{x: x, y: y, w: beadSize, h: chipHeight, fill: tone.Ground, stroke: tone.Line, line: 1, radius: chipHeight / 2})
		w.pen.icon(c.Artefact, x+beadSize/2, y+chipHeight/2, chipIcon, tone.Ink)
		x += beadSize + gap
	}
}
