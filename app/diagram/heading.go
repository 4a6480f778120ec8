package diagram

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

const boxAir float32 = 6 // between a box and its words

// boxHeight is the height of the lanes' boxes.
func boxHeight(h heading) float32 {
	rows, below := rowsOf(h.names), rowsOf(h.alsos)
	switch {
	case below > 0:
		return 58 + 16*float32(rows-1) + 15*float32(below-1)
	case rows > 1:
		return 46
	case h.low:
		return 28
	}
	return 38
}

// boxPad is the air above and below the boxes.
func boxPad(size fyne.Size) float32 {
	if size.Height < lowWindow {
		return 6
	}
	return pad
}

func rowsOf(lines [][]string) int {
	most := 0
	for _, l := range lines {
		most = max(most, len(l))
	}
	return most
}

// lanes draws the boxes and, from them to where the rows end, the lifelines. The two
// parties of the current arrow have the stronger border.
func (r *renderer) lanes(plan heading, size fyne.Size) {
	d, height, top := r.diagram, boxHeight(plan), boxPad(size)
	for i, lane := range d.lanes {
		tone, x := look.Role(lane.ID), d.place.centres[i]
		r.pen.box(box{x: x, y: top + height + 6, w: 1, h: size.Height - r.bottom - top - height - 6, fill: look.Lifeline})
		b := box{
			x: round(x - d.place.box/2), y: top, w: d.place.box, h: height, fill: tone.Ground, stroke: tone.Line, line: 1,
			radius: look.Radius,
		}
		if r.diagram.takesPart(lane.ID) {
			b.stroke, b.line = tone.Ink, 2
		}
		r.pen.box(b)
		r.names(plan, i, x, top, height)
	}
}

func (r *renderer) names(plan heading, i int, x, top, height float32) {
	lane := r.diagram.lanes[i]
	tone, lines := look.Role(lane.ID), plan.names[i]
	step := plan.size + 4
	y := top + height/2 - step*float32(len(lines)-1)/2
	if plan.alsos != nil {
		below := plan.alsos[i]
		y -= 10 + alsoStep*float32(len(below)-1)/2
		at := y + step*float32(len(lines)-1) + 21
		for _, line := range below {
			r.pen.text(line, x-textWidth(line, alsoSize, false)/2, at, alsoSize, false, look.InkSoft)
			at += alsoStep
		}
	}
	for _, line := range lines {
		r.pen.text(line, x-textWidth(line, plan.size, true)/2, y, plan.size, true, tone.Ink)
		y += step
	}
}

// takesPart tells whether a lane sends or receives the current arrow.
func (d *Diagram) takesPart(lane string) bool {
	return d.current >= 0 && (d.arrows[d.current].From == lane || d.arrows[d.current].To == lane)
}

const (
	legendText   float32 = 12
	legendSample float32 = 36 // the box that a sample is centred in
	legendWords  float32 = 6  // between a sample and its words
	legendRow    float32 = 22
	legendAir    float32 = 10 // above and below
	legendGap    float32 = 22 // between two entries
)

// entries are the legend's lines with their words, without those that have none.
func (l Legend) entries() []Arrow {
	all := []Arrow{{Line: Front, Label: l.Front}, {Line: Back, Label: l.Back}, {Line: Gesture, Label: l.Gesture}, {Line: Note, Label: l.Note}}
	some := all[:0]
	for _, a := range all {
		if a.Label != "" {
			some = append(some, a)
		}
	}
	return some
}

func (l Legend) width() float32 {
	width := float32(0)
	for _, e := range l.entries() {
		width += legendSample + legendWords + textWidth(e.Label, legendText, false) + legendGap
	}
	return max(0, width-legendGap)
}

// cargoWidth is how wide the line is that names what travels.
func (l Legend) cargoWidth() float32 {
	width := -legendGap
	for _, c := range l.Cargo {
		width += beadSize + legendWords + textWidth(c.Label, legendText, false) + legendGap
	}
	return max(0, width)
}

// legendHeight is only a margin where the arrows need the room, and where the
// legend would need more than one line.
func legendHeight(l Legend, size fyne.Size) float32 {
	const enough, margin = 420, 8
	if size.Height < enough || len(l.entries()) == 0 || l.width() > size.Width-2*pad {
		return margin
	}
	if l.namesCargo(size) {
		return 2*legendRow + 2*legendAir
	}
	return legendRow + 2*legendAir
}

// namesCargo reports whether there is room for what travels too.
func (l Legend) namesCargo(size fyne.Size) bool {
	const enough = 560
	return len(l.Cargo) > 0 && size.Height >= enough && l.cargoWidth() <= size.Width-2*pad
}

func (r *renderer) legend(size fyne.Size) {
	if r.bottom < legendRow {
		return
	}
	words := r.diagram.legend
	x, y := round((size.Width-words.width())/2), size.Height-r.bottom+legendAir+legendRow/2
	r.pen.box(box{x: pad, y: size.Height - r.bottom, w: size.Width - 2*pad, h: 1, fill: look.Line})
	for _, e := range words.entries() {
		r.sample(e.Line, x, y)
		x += legendSample + legendWords
		x += r.pen.text(e.Label, x, y, legendText, false, look.InkSoft) + legendGap
	}
	if !words.namesCargo(size) {
		return
	}
	x, y = round((size.Width-words.cargoWidth())/2), y+legendRow
	for _, c := range words.Cargo[:min(words.Met, len(words.Cargo))] { // the place of the others is kept, so that nothing moves
		tone := look.Artefact(c.Artefact)
		r.pen.box(box{
			x: x, y: y - chipHeight/2, w: beadSize, h: chipHeight, fill: tone.Ground, stroke: tone.Line, line: 1, radius: chipHeight / 2,
		})
		r.pen.icon(c.Artefact, x+beadSize/2, y, chipIcon, tone.Ink)
		x += beadSize + legendWords
		x += r.pen.text(c.Label, x, y, legendText, false, look.InkSoft) + legendGap
	}
}

// sample draws a small arrow of one kind in the middle of its box.
func (r *renderer) sample(line Line, x, y float32) {
	const length, loop = 30, 20
	draw, s := drawing{pen: r.pen, diagram: r.diagram}, style{line: look.InkSoft, thick: 2}
	if line == Note {
		draw.loop(x+(legendSample-loop)/2, y-1, 1, loop, 12, s)
		return
	}
	at := span{x1: x + (legendSample-length)/2, x2: x + (legendSample+length)/2}
	if line == Gesture {
		at.x1 += footRadius
	}
	draw.line(Arrow{Line: line}, at, y, s, look.Card)
}
