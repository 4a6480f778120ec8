// Package page is the kit below every screen: text with links, cards, buttons,
// pictures, and the column that they stand in. A part is told its width and
// answers with its height, so that a page can be as long as it has to be.
//
// A part knows nobody but the [Kit] of its page: which window that is, and what
// a link or a key means, is for whoever made the kit. The package knows no
// flow, no message and no words of its own.
package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Drawn is a widget that owns its objects, so that a renderer that Fyne dropped can be made again.
type Drawn interface {
	fyne.CanvasObject
	Arrange(size fyne.Size)
	Objects() []fyne.CanvasObject
	LeastSize() fyne.Size
}

// Part is one thing on a page: its height follows from its width.
type Part interface {
	fyne.Widget
	Drawn
	HeightFor(width float32) float32
}

// NewRenderer returns the renderer of a widget that draws itself.
func NewRenderer(of Drawn) fyne.WidgetRenderer { return drawer{of} }

// drawer hands everything to the widget.
type drawer struct{ of Drawn }

var _ fyne.WidgetRenderer = drawer{}

func (r drawer) Layout(size fyne.Size)        { r.of.Arrange(size) }
func (r drawer) MinSize() fyne.Size           { return r.of.LeastSize() }
func (r drawer) Objects() []fyne.CanvasObject { return r.of.Objects() }
func (drawer) Destroy()                       {}

// Refresh draws again what has been given its room.
func (r drawer) Refresh() {
	if size := r.of.Size(); size.Width > 0 {
		r.of.Arrange(size)
		canvas.Refresh(r.of)
	}
}

// Base is what every part begins with: who embeds it adds HeightFor, and an
// Arrange that puts what it draws into Shown.
type Base struct {
	widget.BaseWidget
	self  Part
	Shown []fyne.CanvasObject
}

// Extend must be called before anything is drawn; self is the part that embeds the base.
func (p *Base) Extend(self Part) {
	p.self = self
	p.ExtendBaseWidget(self)
}

// CreateRenderer is part of [fyne.Widget].
func (p *Base) CreateRenderer() fyne.WidgetRenderer { return NewRenderer(p.self) }

// Objects is part of [Part].
func (p *Base) Objects() []fyne.CanvasObject { return p.Shown }

// LeastSize asks for no width: the page sets it, and the height follows.
func (p *Base) LeastSize() fyne.Size {
	width := p.Size().Width
	if width < 1 {
		return fyne.NewSquareSize(1)
	}
	return fyne.NewSize(1, p.self.HeightFor(width))
}

// Place moves and sizes a part, and arranges it anew even when its size stays.
func Place(b Part, x, y, w, h float32) {
	b.Move(fyne.NewPos(x, y))
	if size := fyne.NewSize(w, h); b.Size() == size {
		b.Arrange(size)
	} else {
		b.Resize(size)
	}
}
