package diagram

import (
	"math"
	"sort"
)

// This file is arithmetic only: where things stand, in Fyne's pixels, for a
// given width. It creates no canvas object, so its tests need no window.

// Measures of the diagram. A row holds, from top to bottom, the label, the
// line and what travels; none of them moves when a row becomes the current one.
const (
	pad           float32 = 14 // around everything
	bandOutset    float32 = 6  // how far the band reaches beyond pad
	rowHeight     float32 = 56
	chapterHeight float32 = 38
	bandInset     float32 = 1  // air between the bands of two rows
	labelCentre   float32 = 13 // from the top of a row
	lineCentre    float32 = 28
	chipTop       float32 = 34
	chipHeight    float32 = 18
	beadHeight    float32 = 14
	discSize      float32 = 24
	maxBox        float32 = 168
	loopWidth     float32 = 28
	loopHeight    float32 = 16
	tail          float32 = 10 // free space below the last row
	minimumWidth  float32 = 320
	minimumHeight float32 = 160
)

// geometry is where lanes and rows stand.
type geometry struct {
	width       float32
	box         float32   // width of a lane's box
	centres     []float32 // of the lanes
	disc        float32   // width of the widest step number's disc
	left, right float32   // between these, labels and chips may stand
	tops        []float32 // of the rows
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

// setRows stacks n rows; chapter tells before which of them a heading stands.
func (g *geometry) setRows(n int, chapter func(i int) bool) {
	g.tops = g.tops[:0]
	y := float32(0)
	for i := range n {
		if chapter(i) {
			y += chapterHeight
		}
		g.tops = append(g.tops, y)
		y += rowHeight
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
	g.total = g.tops[len(g.tops)-1] + rowHeight + tail
	if over := g.total - height; height > 0 && over > 0 {
		g.total = g.snap(over, g.total) + height
	}
}

// rowAt returns the row at height y, or -1 where there is none.
func (g *geometry) rowAt(y float32) int {
	i := sort.Search(len(g.tops), func(i int) bool { return g.tops[i] > y }) - 1
	if i < 0 || y >= g.tops[i]+rowHeight {
		return -1
	}
	return i
}

// visible returns the rows [first, end) that touch the window [top, top+height).
func (g *geometry) visible(top, height float32) (first, end int) {
	first = sort.Search(len(g.tops), func(i int) bool { return g.tops[i]+rowHeight > top })
	end = sort.Search(len(g.tops), func(i int) bool { return g.tops[i]-chapterHeight >= top+height })
	return first, max(first, end)
}

// reveal returns the offset, as near to the present one as possible, at which
// row i and its neighbours can be seen.
func (g *geometry) reveal(i int, offset, height float32) float32 {
	most := max(0, g.total-height)
	if i < 0 || i >= len(g.tops) {
		return 0
	}
	above, below := chapterHeight, rowHeight*2 // a look back at the heading, and a look ahead
	if height < rowHeight*4 {
		below = 0
	}
	top, bottom := g.tops[i]-above, g.tops[i]+rowHeight+below
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

// snap moves an offset down to where a row or its heading begins, so that no
// row is cut in two under the boxes; not beyond last.
func (g *geometry) snap(offset, last float32) float32 {
	i := sort.Search(len(g.tops), func(i int) bool { return g.tops[i] >= offset })
	if i == len(g.tops) {
		return offset
	}
	at := float32(0) // where the row before ends; a heading may stand between
	if i > 0 {
		at = g.tops[i-1] + rowHeight
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

// travel places what an arrow carries, a group of that width, for a journey
// that is done to the part p: it starts at the sender and rests at the receiver.
func (g *geometry) travel(s span, width, p float32) float32 {
	const air = 9
	d := s.direction()
	start, rest := s.x1+d*air, s.x2-d*air
	if d > 0 {
		rest -= width
	} else {
		start -= width
	}
	start, rest = g.clamp(start, width), g.clamp(rest, width)
	return round(start + (rest-start)*p)
}

func round(v float32) float32 { return float32(math.Floor(float64(v) + 0.5)) }
