package player

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/telling"
)

// progress is the row of segments, one a step, in groups by chapter. A tap
// goes to the step.
type progress struct {
	widget.BaseWidget

	segments []segment
	onTapped func(i int)
	onHover  func(i int) // -1 when the pointer left
	hovered  int
}

// segment is one step of the run.
type segment struct {
	state  segmentState
	starts bool // a chapter
	fate   telling.Fate
}

type segmentState int

const (
	segmentAhead segmentState = iota
	segmentPast
	segmentCurrent
)

var (
	_ fyne.Tappable      = (*progress)(nil)
	_ desktop.Hoverable  = (*progress)(nil)
	_ desktop.Cursorable = (*progress)(nil)
)

func newProgress() *progress {
	p := &progress{hovered: -1}
	p.ExtendBaseWidget(p)
	return p
}

// mostSegments can be told apart; of a longer run a bar says how far it has come.
const mostSegments = 120

func (p *progress) set(segments []segment) {
	p.segments = segments
	p.Refresh()
}

// Tapped goes to the step under the pointer.
func (p *progress) Tapped(e *fyne.PointEvent) {
	if i := p.at(e.Position.X); i >= 0 && p.onTapped != nil {
		p.onTapped(i)
	}
}

// MouseIn is part of [desktop.Hoverable].
func (p *progress) MouseIn(e *desktop.MouseEvent) { p.MouseMoved(e) }

// MouseMoved names the step under the pointer.
func (p *progress) MouseMoved(e *desktop.MouseEvent) { p.hover(p.at(e.Position.X)) }

// MouseOut ends that.
func (p *progress) MouseOut() { p.hover(-1) }

// Cursor is a hand.
func (p *progress) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (p *progress) hover(i int) {
	if i == p.hovered {
		return
	}
	p.hovered = i
	if p.onHover != nil {
		p.onHover(i)
	}
	p.Refresh()
}

const (
	segmentHigh  float32 = 6
	segmentLeast float32 = 6 // narrower ones stand closer together
)

// gaps are those between segments and between chapters, in a row of that width.
func (p *progress) gaps(width float32) (segment, chapter float32) {
	segment, chapter = 4, 12
	if _, w := p.spread(0, width, segment, chapter); w < segmentLeast {
		return 2, 8
	}
	return segment, chapter
}

// least is the width below which segments could not be told apart.
func (p *progress) least() float32 {
	if len(p.segments) > mostSegments {
		return 80
	}
	_, w := p.span(0, 0)
	x, _ := p.span(len(p.segments)-1, 0)
	return x + 2*w
}

// span returns where segment i begins and how wide each is, in a row of that width.
func (p *progress) span(i int, width float32) (x, w float32) {
	segment, chapter := p.gaps(width)
	return p.spread(i, width, segment, chapter)
}

// spread is span with those gaps.
func (p *progress) spread(i int, width, segment, chapter float32) (x, w float32) {
	gaps, before := float32(0), float32(0)
	for k := range p.segments {
		if k == 0 {
			continue
		}
		gap := segment
		if p.segments[k].starts {
			gap = chapter
		}
		gaps += gap
		if k <= i {
			before += gap
		}
	}
	if len(p.segments) == 0 {
		return 0, 0
	}
	w = max(2, (width-gaps)/float32(len(p.segments)))
	return before + float32(i)*w, w
}

// at returns the segment at x. Half of the gap beside a segment counts as part of it.
func (p *progress) at(x float32) int {
	if len(p.segments) > mostSegments {
		return max(0, min(len(p.segments)-1, int(x/p.Size().Width*float32(len(p.segments)))))
	}
	segment, chapter := p.gaps(p.Size().Width)
	for i := range p.segments {
		left, w := p.spread(i, p.Size().Width, segment, chapter)
		after := chapter
		if i+1 < len(p.segments) && !p.segments[i+1].starts {
			after = segment
		}
		if x >= left-chapter/2 && x < left+w+after/2 {
			return i
		}
	}
	return -1
}

// CreateRenderer is called by Fyne.
func (p *progress) CreateRenderer() fyne.WidgetRenderer {
	r := &progressRenderer{p: p}
	r.Refresh()
	return r
}

type progressRenderer struct {
	p    *progress
	bars []fyne.CanvasObject
}

func (r *progressRenderer) Destroy()                     {}
func (r *progressRenderer) Objects() []fyne.CanvasObject { return r.bars }
func (r *progressRenderer) MinSize() fyne.Size           { return fyne.NewSize(80, 28) }

func (r *progressRenderer) Layout(size fyne.Size) {
	if n := len(r.p.segments); n > mostSegments {
		done := size.Width * float32(r.done()) / float32(n)
		for i, w := range []float32{size.Width, done} {
			r.bars[i].Move(fyne.NewPos(0, (size.Height-segmentHigh)/2))
			r.bars[i].Resize(fyne.NewSize(w, segmentHigh))
		}
		return
	}
	for i, o := range r.bars {
		x, w := r.p.span(i, size.Width)
		high := segmentHigh
		if r.p.segments[i].state == segmentCurrent || i == r.p.hovered {
			high += 4
		}
		o.Move(fyne.NewPos(x, (size.Height-high)/2))
		o.Resize(fyne.NewSize(w, high))
	}
}

func (r *progressRenderer) Refresh() {
	if len(r.p.segments) > mostSegments {
		r.refreshBar()
		return
	}
	for len(r.bars) < len(r.p.segments) {
		r.bars = append(r.bars, canvas.NewRectangle(color.Transparent))
	}
	r.bars = r.bars[:len(r.p.segments)]
	th, v := r.p.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	for i, s := range r.p.segments {
		bar, ok := r.bars[i].(*canvas.Rectangle)
		if !ok {
			continue
		}
		bar.FillColor, bar.StrokeColor, bar.StrokeWidth = th.Color(s.ink(), v), color.Transparent, 0
		if s.state == segmentAhead { // hollow: what is still to come is told by form, not by colour alone
			bar.FillColor, bar.StrokeColor, bar.StrokeWidth = color.Transparent, th.Color(s.ink(), v), 1
		}
		bar.CornerRadius = segmentHigh / 2
	}
	r.Layout(r.p.Size())
	for _, bar := range r.bars {
		bar.Refresh()
	}
}

// done is how many steps were taken.
func (r *progressRenderer) done() int {
	for i, s := range r.p.segments {
		if s.state == segmentCurrent {
			return i + 1
		}
	}
	return 0
}

// refreshBar draws one bar for all steps, and on it how many were taken.
func (r *progressRenderer) refreshBar() {
	th, v := r.p.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	track, done := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(th.Color(look.Primary, v))
	track.StrokeColor, track.StrokeWidth = th.Color(look.Edge, v), 1
	track.CornerRadius, done.CornerRadius = segmentHigh/2, segmentHigh/2
	r.bars = append(r.bars[:0], track, done)
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}

func (s segment) ink() fyne.ThemeColorName {
	switch {
	case s.state == segmentAhead:
		return look.Edge
	case s.fate == telling.Stopped:
		return look.Pass
	case s.fate == telling.Broke || s.fate == telling.Lost:
		return look.Fail
	case s.state == segmentCurrent:
		return look.Primary
	}
	return look.Past
}
