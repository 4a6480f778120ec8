package page

import "fyne.io/fyne/v2"

// Holder lets any Fyne object be a part of a column.
type Holder struct {
	Base
	object fyne.CanvasObject
	height func(width float32) float32 // nil: the object's own
	Dx, Dy float32                     // takes an object's own padding back
	wheel  *wheel                      // over a field; nil otherwise
}

// NewHolder returns a holder; height tells how high the object is at a width, nil for its own.
func NewHolder(o fyne.CanvasObject, height func(width float32) float32) *Holder {
	h := &Holder{object: o, height: height}
	h.Shown = []fyne.CanvasObject{o}
	if f, ok := o.(*Field); ok {
		h.wheel = newWheel(f)
		h.Shown = append(h.Shown, h.wheel)
	}
	h.Extend(h)
	return h
}

// HeightFor is part of [Part].
func (h *Holder) HeightFor(width float32) float32 {
	if h.height != nil {
		return h.height(width)
	}
	return h.object.MinSize().Height - 2*h.Dy
}

// LeastSize is that of the object.
func (h *Holder) LeastSize() fyne.Size {
	return h.object.MinSize().SubtractWidthHeight(2*h.Dx, 2*h.Dy)
}

// Arrange is part of [Part].
func (h *Holder) Arrange(size fyne.Size) {
	Put(h.object, -h.Dx, -h.Dy, size.Width+2*h.Dx, size.Height+2*h.Dy)
	if h.wheel != nil {
		Show(h.wheel, !h.wheel.over.MultiLine)
		Put(h.wheel, 0, 0, size.Width, size.Height)
	}
}
