package diagram

import "github.com/grantwalk/grantwalk/app/look"

const (
	chipText float32 = 12
	chipIcon float32 = 14
	chipAir  float32 = 8 // inside a chip, at both ends
	chipGap  float32 = 6
	beadSize float32 = 22 // width of a bead
)

// cargo draws what an arrow carries: chips on the current arrow, beads where it
// arrived, or where it waits. What is still to come carries nothing yet. at
// places a group of a width for a journey that is done to a part.
func (w drawing) cargo(i int, top float32, at func(width, done float32) float32) {
	d := w.diagram
	chips := d.arrows[i].Chips
	if len(chips) == 0 {
		return
	}
	state := d.state(i)
	done := float32(1)
	if state == Waiting || state == Future {
		done = 0
	}
	switch {
	case i == d.current:
		w.chips(chips, top, min(done, d.journey.done), at)
	case state != Future:
		w.beads(chips, top, done, at)
	}
}

func (w drawing) chips(chips []Chip, top, done float32, at func(width, done float32) float32) {
	total := -chipGap
	for _, c := range chips {
		total += chipWidth(c) + chipGap
	}
	if total > w.diagram.place.room() {
		w.beads(chips, top, done, at) // the words do not fit; they can be read by hovering
		return
	}
	x, y := at(total, done), top+chipTop+chipHeight/2
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

func (w drawing) beads(chips []Chip, top, done float32, at func(width, done float32) float32) {
	const gap = 3
	x := at(float32(len(chips))*(beadSize+gap)-gap, done)
	y := top + chipTop + 3
	for _, c := range chips {
		tone := look.Artefact(c.Artefact)
		w.pen.box(box{x: x, y: y, w: beadSize, h: beadHeight, fill: tone.Ground, stroke: tone.Line, line: 1, radius: beadHeight / 2})
		w.pen.icon(c.Artefact, x+beadSize/2, y+beadHeight/2, 10, tone.Ink)
		x += beadSize + gap
	}
}
