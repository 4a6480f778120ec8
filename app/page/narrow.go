package page

import "fyne.io/fyne/v2"

// Margins say how a page stands in its room.
type Margins struct {
	Most               float32 // how wide it gets; 0: as wide as there is room
	Side, Above, Below float32
}

// Narrow keeps a page as wide as it is read well, in the middle of its room.
type Narrow struct {
	Base
	of      Part
	margins func(width float32) Margins
}

// NewNarrow returns a page in its margins, which may depend on how wide the room is.
func NewNarrow(of Part, margins func(width float32) Margins) *Narrow {
	n := &Narrow{of: of, margins: margins}
	n.Shown = []fyne.CanvasObject{of}
	n.Extend(n)
	return n
}

// Inner is how wide a page is in a room.
func (m Margins) Inner(width float32) float32 {
	inner := width - 2*m.Side
	if m.Most > 0 {
		inner = min(inner, m.Most)
	}
	return max(1, inner)
}

// HeightFor is part of [Part].
func (n *Narrow) HeightFor(width float32) float32 {
	m := n.margins(width)
	return m.Above + n.of.HeightFor(m.Inner(width)) + m.Below
}

// Arrange is part of [Part].
func (n *Narrow) Arrange(size fyne.Size) {
	m := n.margins(size.Width)
	inner := m.Inner(size.Width)
	Place(n.of, (size.Width-inner)/2, m.Above, inner, n.of.HeightFor(inner))
}
