package diagram

import (
	"fmt"
	"testing"
)

func TestLanesAreSpreadEvenlyAndStayInside(t *testing.T) {
	for _, width := range []float32{320, 420, 560, 760, 1100, 1400} {
		for _, lanes := range []int{2, 5, 6} {
			t.Run(fmt.Sprintf("%d lanes in %.0f", lanes, width), func(t *testing.T) {
				var g geometry
				g.setWidth(width, lanes, 14)
				if len(g.centres) != lanes {
					t.Fatalf("got %d lanes", len(g.centres))
				}
				assertEven(t, g)
				assertInside(t, g)
			})
		}
	}
}

func assertEven(t *testing.T, g geometry) {
	t.Helper()
	step := g.centres[1] - g.centres[0]
	for i := 1; i < len(g.centres); i++ {
		if got := g.centres[i] - g.centres[i-1]; distance(got, step) > 1 {
			t.Errorf("lanes %d and %d are %.1f apart, the first two %.1f", i-1, i, got, step)
		}
	}
	if g.box >= step {
		t.Errorf("boxes of %.1f overlap, the lanes are %.1f apart", g.box, step)
	}
}

func assertInside(t *testing.T, g geometry) {
	t.Helper()
	if g.centres[0] < pad+g.disc {
		t.Errorf("the first lifeline at %.1f runs through the step numbers", g.centres[0])
	}
	if right := g.centres[len(g.centres)-1] + g.box/2; right > g.width-pad+1 {
		t.Errorf("the last box ends at %.1f of %.0f", right, g.width)
	}
}

func TestOneLaneStandsInTheMiddle(t *testing.T) {
	var g geometry
	g.setWidth(600, 1, 14)
	if got := g.centres[0]; got < 290 || got > 310 {
		t.Errorf("got %.1f", got)
	}
}

func TestNoLanesAndNoWidthDoNoHarm(t *testing.T) {
	var g geometry
	g.setWidth(0, 0, 14)
	g.setWidth(0, 5, 14)
	g.setRows(0, nil, nil, nil)
	if g.rowAt(10) != -1 || g.total != 0 || g.box != 0 {
		t.Errorf("got row %d, total %.1f, box %.1f", g.rowAt(10), g.total, g.box)
	}
}

// threeRows has a heading over the first and over the third row; something
// travels on the second.
func threeRows() geometry {
	var g geometry
	g.setWidth(600, 3, 14)
	g.setRows(3, func(i int) bool { return i != 1 }, no, func(i int) bool { return i == 1 })
	return g
}

func TestAHeightBelongsToItsRowAndAHeadingToNone(t *testing.T) {
	g := threeRows()
	third := 2*chapterHeight + lowRow + highRow
	for y, want := range map[float32]int{
		-1: -1, 0: -1, chapterHeight - 1: -1,
		chapterHeight: 0, chapterHeight + lowRow - 1: 0, chapterHeight + lowRow: 1,
		third - 1: -1, third: 2, third + lowRow - 1: 2, third + lowRow: -1,
	} {
		if got := g.rowAt(y); got != want {
			t.Errorf("height %.0f: got row %d, want %d", y, got, want)
		}
	}
}

func TestOnlyTheRowsInTheWindowAreVisible(t *testing.T) {
	var g geometry
	g.setRows(10_000, no, no, no)
	for _, c := range []struct {
		top, height float32
		first, end  int
	}{
		{0, 0, 0, 0}, {0, lowRow, 0, 1}, {lowRow * 100, lowRow*5 + 10, 100, 106}, {g.total, lowRow * 5, 10_000, 10_000},
	} {
		first, end := g.visible(c.top, c.height)
		if first != c.first || end != c.end {
			t.Errorf("window at %.0f of %.0f: got [%d, %d), want [%d, %d)", c.top, c.height, first, end, c.first, c.end)
		}
	}
}

// manyRows has a heading over each seventh row and something on each third.
func manyRows() geometry {
	var g geometry
	g.setRows(23, func(i int) bool { return i%7 == 0 }, no, func(i int) bool { return i%3 == 0 })
	return g
}

func no(int) bool { return false }

func TestARowIsHigherOnlyWhereSomethingTravels(t *testing.T) {
	g := threeRows()
	for i, want := range []float32{lowRow, highRow, lowRow} {
		if got := g.bottoms[i] - g.tops[i]; got != want {
			t.Errorf("row %d: got %.0f, want %.0f", i, got, want)
		}
	}
}

func TestTheRowBelowTheRevealedOneIsWhole(t *testing.T) {
	g := manyRows()
	for height := highRow*2 + chapterHeight; height < 800; height += 23 {
		g.fit(height)
		offset := float32(0)
		for _, i := range []int{0, 5, 6, 13, 20, 21, 12, 3, 14, 0} {
			offset = g.reveal(i, offset, height)
			if n := g.whole(offset + height); n < i+2 {
				t.Errorf("height %.0f: with row %d at %.0f revealed, row %d at %.0f is cut", height, i, g.tops[i]-offset, i+1, g.tops[i+1]-offset)
			}
		}
	}
}

func TestARowThatTheWindowCutsIsNotWhole(t *testing.T) {
	g := threeRows()
	for bottom, want := range map[float32]int{
		0: 0, g.bottoms[0] - 10: 0, g.bottoms[0]: 1, g.bottoms[1] - 10: 1, g.bottoms[1]: 2, g.total: 3,
	} {
		if got := g.whole(bottom); got != want {
			t.Errorf("window down to %.0f: got %d, want %d", bottom, got, want)
		}
	}
}

func TestTheCurrentRowIsRevealedWithItsNeighbours(t *testing.T) {
	g := manyRows()
	for _, height := range []float32{60, 120, 300, 560, 700} {
		offset := float32(0)
		for _, i := range []int{0, 1, 5, 12, 22, 21, 3, 14, 0} {
			offset = g.reveal(i, offset, height)
			if offset < 0 || offset > g.total-height+1 {
				t.Fatalf("height %.0f, row %d: offset %.1f is outside", height, i, offset)
			}
			if g.tops[i] < offset || g.bottoms[i] > offset+height {
				t.Errorf("height %.0f: row %d at %.0f is not inside [%.0f, %.0f)", height, i, g.tops[i], offset, offset+height)
			}
		}
	}
}

func TestAtTheEndTheFirstRowInViewIsWhole(t *testing.T) {
	g := manyRows()
	for height := float32(200); height < 900; height += 37 {
		g.fit(height)
		if blank := g.total - g.bottoms[22]; blank < tail || blank > highRow+chapterHeight+tail {
			t.Errorf("height %.0f: %.0f are left free below the last row", height, blank)
		}
		offset := g.reveal(22, 0, height)
		for i, top := range g.tops {
			if top < offset && offset < g.bottoms[i] {
				t.Errorf("height %.0f: offset %.0f cuts row %d at %.0f", height, offset, i, top)
			}
		}
	}
	g.fit(5000)
	if want := g.bottoms[22] + tail; g.total != want {
		t.Errorf("in a large window: got %.0f, want %.0f", g.total, want)
	}
}

func TestNothingScrollsWhileTheRowCanBeSeen(t *testing.T) {
	var g geometry
	g.setRows(23, no, no, no)
	if got := g.reveal(6, 133, 700); got != 133 {
		t.Errorf("got %.0f, want the offset as it was", got)
	}
}

func TestTheFirstHeadingComesBackIntoView(t *testing.T) {
	g := threeRows()
	if got := g.reveal(0, 90, 200); got != 0 {
		t.Errorf("got offset %.0f, want 0", got)
	}
}

func TestALabelIsCentredUntilItWouldLeaveTheDiagram(t *testing.T) {
	g := threeRows()
	middle := span{x1: g.centres[0], x2: g.centres[1]}
	if got, want := g.place(middle, 60), round((g.centres[0]+g.centres[1])/2-30); got != want {
		t.Errorf("short label: got %.1f, want %.1f", got, want)
	}
	if got := g.place(middle, g.room()); got != round(g.left) {
		t.Errorf("label of full width: got %.1f, want %.1f", got, g.left)
	}
	last := span{x1: g.centres[2], x2: g.centres[1]}
	if got := g.place(last, 400); got+400 > g.right+1 {
		t.Errorf("wide label on the right ends at %.1f of %.1f", got+400, g.right)
	}
}

func TestANoteFlipsToTheLeftWhereTheRightHasNoRoom(t *testing.T) {
	g := threeRows()
	if l := g.placeLoop(g.centres[0], 200); l.side != 1 || l.width != 200 {
		t.Errorf("first lane: got %+v", l)
	}
	l := g.placeLoop(g.centres[2], 200)
	if l.side != -1 || l.width != 200 || l.x+l.width > g.centres[2]-loopWidth {
		t.Errorf("last lane: got %+v", l)
	}
	for i, lane := range g.centres {
		l := g.placeLoop(lane, 2000)
		if l.x < g.left-1 || l.x+l.width > g.right+1 {
			t.Errorf("lane %d: a long label from %.1f to %.1f leaves [%.1f, %.1f]", i, l.x, l.x+l.width, g.left, g.right)
		}
	}
}

func TestWhatTravelsGoesFromTheSenderToTheMiddleOfItsArrow(t *testing.T) {
	g := threeRows()
	for name, s := range map[string]span{"to the right": {g.centres[0], g.centres[2]}, "to the left": {g.centres[2], g.centres[0]}} {
		start, rest := g.travel(s, 40, 0), g.travel(s, 40, 1)
		if gap := distance(start+20, s.x1); gap > 45 {
			t.Errorf("%s: starts %.1f from the sender", name, gap)
		}
		if gap := distance(rest+20, (s.x1+s.x2)/2); gap > 1 {
			t.Errorf("%s: rests %.1f from the middle", name, gap)
		}
		if half := g.travel(s, 40, 0.5); (half-start)*(rest-half) <= 0 {
			t.Errorf("%s: half-way %.1f is not between %.1f and %.1f", name, half, start, rest)
		}
	}
}

func TestBeadsStandAtTheReceiverOnceTheyArrived(t *testing.T) {
	g := threeRows()
	s := span{g.centres[1], g.centres[0]}
	if got := g.beside(s, 28, true); got <= s.x2 || got > s.x2+15 {
		t.Errorf("arrived: got %.1f, want right of %.1f", got, s.x2)
	}
	if got := g.beside(s, 28, false) + 28; got >= s.x1 || got < s.x1-15 {
		t.Errorf("waiting: ends at %.1f, want left of %.1f", got, s.x1)
	}
}

func TestWideStepNumbersPushTheFirstLifelineAside(t *testing.T) {
	var g geometry
	g.setWidth(420, 6, 40)
	if g.centres[0] < pad+50 {
		t.Errorf("the first lifeline at %.1f runs through numbers that end at %.1f", g.centres[0], pad+50)
	}
}

func distance(a, b float32) float32 { return max(a-b, b-a) }

func TestWhatTravelsTouchesNeitherTheCrossNorTheEndOfTheBand(t *testing.T) {
	if lineCentre+badge > chipTop || chipTop+chipHeight > highRow-bandInset {
		t.Errorf("chips from %.0f to %.0f: the cross ends at %.0f, the band at %.0f",
			chipTop, chipTop+chipHeight, lineCentre+badge, highRow-bandInset)
	}
}

// TestALowDiagramShowsFiveArrows: at 200 % of a window of 1440 by 900 it is 310
// high and less, and two arrows tell no story.
func TestALowDiagramShowsFiveArrows(t *testing.T) {
	g := geometry{low: true}
	none := func(int) bool { return false }
	g.setRows(23, none, none, func(i int) bool { return i%4 == 0 })
	m := g.measures()
	if m.line+badge > m.chip || m.chip+chipHeight > m.cargoRow-bandInset {
		t.Errorf("chips from %.0f to %.0f: the sign ends at %.0f, the band at %.0f", m.chip, m.chip+chipHeight, m.line+badge, m.cargoRow-bandInset)
	}
	if high := g.bottoms[5] - g.tops[1]; high > 190 {
		t.Errorf("five arrows take %.0f", high)
	}
}
