package inspector

import "fyne.io/fyne/v2"

// holder lets any Fyne object be a part of a column.
type holder struct {
	part
	object fyne.CanvasObject
	height func(width float32) float32 // nil: the object's own
	dx, dy float32                     // takes an object's own padding back
}

func newHolder(o fyne.CanvasObject, height func(width float32) float32) *holder {
	h := &holder{object: o, height: height}
	h.all = []fyne.CanvasObject{o}
	h.extend(h)
	return h
}

func (h *holder) heightFor(width float32) float32 {
	if h.height != nil {
		return h.height(width)
	}
	return h.object.MinSize().Height - 2*h.dy
}

func (h *holder) arrange(size fyne.Size) {
	at(h.object, -h.dx, -h.dy, size.Width+2*h.dx, size.Height+2*h.dy)
}
