package player

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
)

// bothPanes is the width from which diagram and inspector stand side by side.
const bothPanes float32 = 760

// inspectorLeast is the width below which the inspector does not shrink while both panes show.
const inspectorLeast float32 = 396

// panes are the diagram at the left and at the right the inspector, or what
// stands in its place: beside each other, or one at a time.
type panes struct {
	split   *look.Split
	left    fyne.CanvasObject
	right   *fyne.Container
	wanted  float64 // where the person put the split
	placed  float64 // where it stands for want of room
	narrow  bool    // one pane at a time
	details bool    // in a narrow window: the right one is the pane that shows
}

func newPanes(left, right fyne.CanvasObject) *panes {
	p := &panes{left: left, right: container.NewStack(right)}
	p.split = look.NewSplit(p.left, p.right)
	return p
}

// showRight puts something else at the right.
func (p *panes) showRight(o fyne.CanvasObject) {
	p.right.Objects = []fyne.CanvasObject{o}
	p.right.Refresh()
}

// offset is where the person put the split.
func (p *panes) offset() float64 {
	if p.split.Offset != p.placed {
		return p.split.Offset
	}
	return p.wanted
}

func (p *panes) setOffset(offset float64) {
	p.wanted, p.placed = offset, offset
	p.split.SetOffset(offset)
}

// place lays both out where there is room, and one where there is not.
func (p *panes) place(at fyne.Position, size fyne.Size) {
	p.keepRoom(size.Width)
	p.split.Move(at)
	p.split.Resize(size)
	p.narrow = size.Width < bothPanes
	show(p.left, !p.narrow || !p.details)
	show(p.right, !p.narrow || p.details)
	p.split.Refresh()
}

// keepRoom moves the split so that the inspector can be read, and back when
// the window has grown. Where a person dragged it counts from then on.
func (p *panes) keepRoom(width float32) {
	if p.split.Offset != p.placed {
		p.wanted = p.split.Offset
	}
	p.placed = min(p.wanted, max(0.35, 1-float64(inspectorLeast/width)))
	if p.split.Offset != p.placed {
		p.split.Offset = p.placed
		p.split.Refresh()
	}
}
