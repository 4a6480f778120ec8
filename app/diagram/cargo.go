package diagram

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

const (
	chipText float32 = 12
	chipIcon float32 = 14
	chipAir  float32 = 8 // inside a chip, at both ends
	chipGap  float32 = 6
	beadSize float32 = 28 // width of a bead
)

// cargo draws what an arrow carries: chips on the current arrow, and where it
// arrived or waits, as long as they fit below the arrow, which is room wide;
// beads where they do not. What is still to come carries nothing yet. at places
// a group of a width.
func (w drawing) cargo(i int, top, room float32, at func(width float32) float32) {
	d := w.diagram
	chips := d.arrows[i].Chips
	switch {
	case len(chips) == 0:
	case i == d.current || d.state(i) != Future && chipsWidth(chips) <= room:
		w.chips(chips, top, at)
	case d.state(i) != Future:
		w.beads(chips, top, at)
	}
}

func chipsWidth(chips []Chip) float32 {
	total := -chipGap
	for _, c := range chips {
		total += chipWidth(c) + chipGap
	}
	return total
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
	total := chipsWidth(chips)
	if total > w.diagram.place.room() {
		w.beads(chips, top, at) // the words do not fit; they can be read by hovering
		return
	}
	x, y := at(total), top+w.diagram.place.measures().chip+chipHeight/2
	for _, c := range chips {
		tone, width := c.tone(), chipWidth(c)
		w.pen.box(box{x: x, y: y - chipHeight/2, w: width, h: chipHeight, fill: tone.Ground, stroke: tone.Line, line: 1, radius: chipHeight / 2})
		w.pen.icon(c.Artefact, x+chipAir+chipIcon/2, y, chipIcon, tone.Ink)
		end := w.pen.text(c.Label, x+chipAir+chipIcon+5, y, chipText, true, tone.Ink)
		if c.Gone != "" {
			w.strike(x+chipAir-2, y, chipIcon+5+end+4, tone.Ink)
			w.pen.text(c.Gone, x+chipAir+chipIcon+5+end+8, y, chipText, false, tone.Ink)
		}
		x += width + chipGap
	}
}

func chipWidth(c Chip) float32 {
	width := chipAir + chipIcon + 5 + textWidth(c.Label, chipText, true) + chipAir + 2
	if c.Gone != "" {
		width += 8 + textWidth(c.Gone, chipText, false)
	}
	return round(width)
}

// tone is the artefact's own colours; what is gone has none.
func (c Chip) tone() look.Tone {
	if c.Gone != "" {
		return look.Tone{Ink: look.InkSoft, Ground: look.CardSoft, Line: look.Edge}
	}
	return look.Artefact(c.Artefact)
}

// strike crosses something out.
func (w drawing) strike(x, y, width float32, ink fyne.ThemeColorName) {
	w.pen.box(box{x: x, y: round(y), w: width, h: 1.5, fill: ink})
}

func (w drawing) beads(chips []Chip, top float32, at func(width float32) float32) {
	const gap = 3
	x := at(float32(len(chips))*(beadSize+gap) - gap)
	y := top + w.diagram.place.measures().chip
	for _, c := range chips {
		tone := c.tone()
		w.pen.box(box{x: x, y: y, w: beadSize, h: chipHeight, fill: tone.Ground, stroke: tone.Line, line: 1, radius: chipHeight / 2})
		w.pen.icon(c.Artefact, x+beadSize/2, y+chipHeight/2, chipIcon, tone.Ink)
		if c.Gone != "" {
			w.strike(x+3, y+chipHeight/2, beadSize-6, tone.Ink)
		}
		x += beadSize + gap
	}
}
