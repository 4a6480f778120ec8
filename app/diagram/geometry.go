package diagram

import (
	"math"
	"sort"
)

// This file is arithmetic only: where things stand, in Fyne's pixels, for a
// given width. It creates no canvas object, so its tests need no window.

// Measures of the diagram. A row holds, from top to bottom, the label, the
// line and what travels; none of them moves when a row becomes the current one.
// A row that nothing ever travels on is lower, before it crossed as after.
const (
	pad           float32 = 14 // around everything
	bandOutset    float32 = 6  // how far the band reaches beyond pad
	lowRow        float32 = 44
	highRow       float32 = 56 // with room for chips
	chapterHeight float32 = 38
	laterHeight   float32 = 32
	bandInset     float32 = 1  // air between the bands of two rows
	labelCentre   float32 = 13 // from the top of a row
	lineCentre    float32 = 28
	lowRowAir     float32 = 2  // how much lower both stand where no chips are below
	chipTop       float32 = 35 // clear of the cross
	chipHeight    float32 = 18
	discSize      float32 = 24
	maxBox        float32 = 168
	loopWidth     float32 = 28
	loopHeight    float32 = 16
	tail          float32 = 14 // free space below the last row, more than the fade
	fadeHeight    float32 = 12 // of what scrolls out of view at the bottom
	minimumWidth  float32 = 320
	minimumHeight float32 = 160
)

// measures are the heights of what stands in a row, and above it.
type measures struct {
	row, cargoRow, chapter, later float32
	label, line, chip, air        float32 // from the top of a row
}

// measures are closer where there is little height: then to see what comes
// before and after counts for more than air.
func (g *geometry) measures() measures {
	if g.low {
		return measures{row: 31, cargoRow: 46, chapter: 20, later: 26, label: 9, line: 20, chip: 27, air: 1}
	}
	return measures{
		row: lowRow, cargoRow: highRow, chapter: chapterHeight, later: laterHeight,
		label: labelCentre, line: lineCentre, chip: chipTop, air: lowRowAir,
	}
}

// geometry is where lanes and rows stand.
type geometry struct {
	low         bool // there is little height
	width       float32
	box         float32   // width of a lane's box
	centres     []float32 // of the lanes
	disc        float32   // width of the widest step number's disc
	left, right float32   // between these, labels and chips may stand
	tops        []float32 // of the rows
	bottoms     []float32 // of the rows
	total       float32   // height of all rows
}

// setWidth spreads the lanes evenly. numberWidth is the width of the widest step number.
func (g *geometry) setWidth(width float32, lanes int, numberWidth float32) {
	g.width = width
	g.disc = max(discSize, numberWidth+10)
	g.left, g.right = pad+g.disc+6, width-pad
	g.centres = g.centres[:0]
	if lanes == 0 {
		return
	}
	gap := float32(12)
	if width < 700 {
		gap = 6
	}
	n := float32(lanes)
	g.box = max(0, min(maxBox, (width-2*pad-(n-1)*gap)/n))
	first := max(pad+g.box/2, g.left+4) // the first lifeline keeps clear of the numbers
	last := width - pad - g.box/2
	for i := range lanes {
		if lanes == 1 {
			g.centres = append(g.centres, (first+last)/2)
			break
		}
		g.centres = append(g.centres, round(first+(last-first)*float32(i)/(n-1)))
	}
}

// setRows stacks n rows; chapter and later tell above which of them a heading
// and a word about time stand, carries on which of them something travels.
func (g *geometry) setRows(n int, chapter, later, carries func(i int) bool) {
	g.tops, g.bottoms = g.tops[:0], g.bottoms[:0]
	y, m := float32(0), g.measures()
	for i := range n {
		if chapter(i) {
			y += m.chapter
		}
		if later(i) {
			y += m.later
		}
		g.tops = append(g.tops, y)
		if carries(i) {
			y += m.cargoRow
		} else {
			y += m.row
		}
		g.bottoms = append(g.bottoms, y)
	}
	g.total = y
	if n > 0 {
		g.total += tail
	}
}

// fit leaves just as much free space below the last row that, scrolled to the
// end of a window of that height, the first row in view is whole.
func (g *geometry) fit(height float32) {
	if len(g.tops) == 0 {
		return
	}
	g.total = g.bottoms[len(g.bottoms)-1] + tail
	if over := g.total - height; height > 0 && over > 0 {
		g.total = g.snap(over, g.total) + height
	}
}

// rowAt returns the row at height y, or -1 where there is none.
func (g *geometry) rowAt(y float32) int {
	i := sort.Search(len(g.tops), func(i int) bool { return g.tops[i] > y }) - 1
	if i < 0 || y >= g.bottoms[i] {
		return -1
	}
	return i
}

// visible returns the rows [first, end) that touch the window [top, top+height),
// or of which the heading is whole in it.
func (g *geometry) visible(top, height float32) (first, end int) {
	const below = 4 // a heading, to keep its words out of the fade
	first = sort.Search(len(g.tops), func(i int) bool { return g.bottoms[i] > top })
	end = sort.Search(len(g.tops), func(i int) bool { return g.tops[i]+below > top+height })
	return first, max(first, end)
}

// whole returns the first row that a window ending at that height cuts, so that
// it can be left out: half a line of letters reads like a fault.
func (g *geometry) whole(bottom float32) int {
	const blank = 3 // of a row, at its bottom
	return sort.Search(len(g.tops), func(i int) bool { return g.bottoms[i]-blank > bottom })
}

// reveal returns the offset, as near to the present one as possible, at which
// row i and its neighbours can be seen.
func (g *geometry) reveal(i int, offset, height float32) float32 {
	most := max(0, g.total-height)
	if i < 0 || i >= len(g.tops) {
		return 0
	}
	top, bottom := g.around(i, height)
	wanted := offset
	if bottom > wanted+height {
		wanted = bottom - height
	}
	wanted = min(wanted, top)
	if wanted != offset {
		wanted = g.snap(wanted, top)
	}
	return round(min(max(0, wanted), most))
}

// around is what should be seen of the neighbours of row i in a window of that
// height: first of all the row itself, then the one below it, then a look back
// at the heading, and then one row more.
func (g *geometry) around(i int, height float32) (top, bottom float32) {
	last := len(g.bottoms) - 1
	top, bottom = g.tops[i], g.bottoms[i]
	if next := g.bottoms[min(i+1, last)]; next-top <= height {
		bottom = next
	}
	above := g.measures().chapter
	if i > 0 {
		above = max(above, top-g.bottoms[i-1])
	}
	if bottom-(top-above) <= height {
		top -= above
	}
	// One more only where there is plenty of room: it is the next step's neighbour.
	if next := g.bottoms[min(i+2, last)]; next-top <= height && height >= 4*g.measures().cargoRow {
		bottom = next
	}
	return top, bottom
}

// snap moves an offset down to where a row or its heading begins, so that no
// row is cut in two under the boxes; not beyond last.
func (g *geometry) snap(offset, last float32) float32 {
	i := sort.Search(len(g.tops), func(i int) bool { return g.tops[i] >= offset })
	if i == len(g.tops) {
		return offset
	}
	at := float32(0) // where the row before ends; a heading may stand between
	if i > 0 {
		at = g.bottoms[i-1]
	}
	if at < offset {
		at = g.tops[i]
	}
	if at > last {
		return offset
	}
	return at
}

// span is the line of an arrow: from x1 at the sender to x2 at the receiver.
type span struct {
	x1, x2 float32
}

func (s span) length() float32 { return max(s.x2-s.x1, s.x1-s.x2) }

func (s span) direction() float32 {
	if s.x2 < s.x1 {
		return -1
	}
	return 1
}

// place centres something of that width over the middle of a span, moved
// sideways where it would leave the room for labels. It returns its left edge.
func (g *geometry) place(s span, width float32) float32 {
	return g.clamp((s.x1+s.x2)/2-width/2, width)
}

// clamp moves a left edge so that something of that width stays between left and right.
func (g *geometry) clamp(x, width float32) float32 {
	return round(max(g.left, min(x, g.right-width)))
}

// room is how wide a label may be.
func (g *geometry) room() float32 { return max(0, g.right-g.left) }

// loop is the place of a note beside its lane.
type loop struct {
	lane  float32
	side  float32 // 1 right of the lane, -1 left of it
	x     float32 // left edge of the label
	width float32 // of the label
}

// placeLoop puts a note's loop and label to the right of its lane, to the left
// where only there is room, and shortens the label where there is none.
func (g *geometry) placeLoop(lane, labelWidth float32) loop {
	const air = 8
	right := max(0, g.right-(lane+loopWidth+air))
	left := max(0, lane-loopWidth-air-g.left)
	if labelWidth <= right || right >= left {
		return loop{lane: lane, side: 1, x: round(lane + loopWidth + air), width: min(labelWidth, right)}
	}
	width := min(labelWidth, left)
	return loop{lane: lane, side: -1, x: round(lane - loopWidth - air - width), width: width}
}

// travel places what the current arrow carries, a group of that width, for a
// journey that is done to the part p: it starts at the sender and rests at the
// middle, under the label.
func (g *geometry) travel(s span, width, p float32) float32 {
	start, rest := g.clamp(s.x1-width/2, width), g.place(s, width)
	return round(start + (rest-start)*p)
}

// beside places what another arrow carries: at the receiver if it arrived there,
// otherwise at the sender.
func (g *geometry) beside(s span, width float32, arrived bool) float32 {
	const air = 9
	d := s.direction()
	at, leftwards := s.x1+d*air, d < 0
	if arrived {
		at, leftwards = s.x2-d*air, d > 0
	}
	if leftwards {
		at -= width
	}
	return g.clamp(at, width)
}

func round(v float32) float32 { return float32(math.Floor(float64(v) + 0.5)) }
