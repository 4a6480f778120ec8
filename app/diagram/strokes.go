package diagram

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// line draws an arrow from the sender's lifeline to the receiver's.
func (w drawing) line(a Arrow, s span, y float32, st style, ground fyne.ThemeColorName) {
	d := s.direction()
	start, tip := s.x1, s.x2-d*2
	signed := a.Sign != NoSign && !st.dashed
	if signed {
		tip = s.x2 - d*(badge+1)
	}
	switch {
	case a.State == Waiting:
		w.next(start, y, ground)
		start += d * (footRadius + 2)
	case a.Line == Gesture:
		w.foot(start, y, st, ground)
	}
	end := tip - d*8
	if a.Reply {
		end = tip - d*4
	}
	if a.Line == Back {
		w.horizontal(start, end, y-2.5, st.thick-1, st)
		w.horizontal(start, end, y+2.5, st.thick-1, st)
	} else {
		w.horizontal(start, end, y, st.thick, st)
	}
	w.head(tip, y, d, a.Reply, st)
	if signed {
		w.sign(a.Sign, s.x2, y)
	}
}

// loop draws a note: out of the lane and back into it.
func (w drawing) loop(lane, y, side, width, height float32, st style) {
	far, tip := lane+side*width, lane+side*2
	w.horizontal(lane+side, far, y-height/2, st.thick, st)
	w.horizontal(tip+side*8, far, y+height/2, st.thick, st)
	step := height / 2
	if !st.dashed {
		step = 0
	}
	t := st.thick
	w.pen.box(box{x: round(far - t/2), y: round(y - height/2 - t/2 + step/2), w: t, h: height + t - step, fill: st.line})
	w.head(tip, y+height/2, -side, false, st)
}

// horizontal draws from one x to another, in pieces where the style is dashed.
func (w drawing) horizontal(from, to, y, thick float32, st style) {
	if to < from {
		from, to = to, from
	}
	top := round(y - thick/2) // on a whole pixel, or it would blur
	if !st.dashed {
		w.pen.box(box{x: from, y: top, w: to - from, h: thick, fill: st.line})
		return
	}
	for x := from; x < to; x += dash + dashGap {
		w.pen.box(box{x: x, y: top, w: min(dash, to-x), h: thick, fill: st.line})
	}
}

// head draws an arrowhead that points in direction d: filled, or for a reply open.
func (w drawing) head(tip, y, d float32, open bool, st style) {
	length, half := float32(9), float32(4.5)
	if st.thick > 2 {
		length, half = 11, 5.5
	}
	points := []fyne.Position{fyne.NewPos(-d*length, -half), fyne.NewPos(0, 0), fyne.NewPos(-d*length, half)}
	if open {
		const arm = 3
		length -= arm
		half += 0.5
		points = []fyne.Position{
			fyne.NewPos(-d*length, -half), fyne.NewPos(0, 0), fyne.NewPos(-d*length, half),
			fyne.NewPos(-d*(length+arm), half), fyne.NewPos(-d*arm, 0), fyne.NewPos(-d*(length+arm), -half),
		}
	}
	w.pen.polygon(tip, y, points, st.line)
}

// foot is the round beginning of a person's act.
func (w drawing) foot(x, y float32, st style, ground fyne.ThemeColorName) {
	if st.dashed {
		w.pen.disc(x, y, footRadius, ground, st.line, 2)
		return
	}
	w.pen.disc(x, y, footRadius, st.line, "", 0)
}

// sign marks what became of an arrow where it arrives.
func (w drawing) sign(s Sign, x, y float32) {
	switch s {
	case Shield:
		w.pen.disc(x, y, badge+1, look.Card, "", 0)
		w.pen.icon(look.IconShield, x, y, 2*badge+2, look.Pass)
	case Alarm:
		w.pen.disc(x, y, badge, look.Fail, "", 0)
		w.pen.icon(look.IconAlarm, x, y, 12, look.Card)
	case Cross:
		w.pen.disc(x, y, badge, look.Fail, "", 0)
		w.pen.icon(look.IconCross, x, y, 10, look.Card)
	case NoSign:
	}
}

// next marks where the arrow that waits at its gate will start: hollow, and in
// the colour of its number's ring.
func (w drawing) next(x, y float32, ground fyne.ThemeColorName) {
	w.pen.disc(x, y, footRadius, ground, look.OnBand, 2)
}
