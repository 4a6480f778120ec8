package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// drawn is a widget that owns its objects, so that a renderer that Fyne dropped can be made again.
type drawn interface {
	arrange(size fyne.Size)
	objects() []fyne.CanvasObject
	least() fyne.Size
	Size() fyne.Size
}

// block is a part of a column: its height follows from its width.
type block interface {
	fyne.Widget
	drawn
	heightFor(width float32) float32
}

// renderer hands everything to the widget.
type renderer struct{ of drawn }

var _ fyne.WidgetRenderer = renderer{}

func (r renderer) Layout(size fyne.Size)        { r.of.arrange(size) }
func (r renderer) MinSize() fyne.Size           { return r.of.least() }
func (r renderer) Refresh()                     { r.of.arrange(r.of.Size()) }
func (r renderer) Objects() []fyne.CanvasObject { return r.of.objects() }
func (renderer) Destroy()                       {}

// part is the base of every block: who embeds it adds heightFor, and an
// arrange that puts what it draws into all.
type part struct {
	widget.BaseWidget
	self block
	all  []fyne.CanvasObject
}

// extend must be called before anything is drawn; self is the block that embeds the part.
func (p *part) extend(self block) {
	p.self = self
	p.ExtendBaseWidget(self)
}

func (p *part) CreateRenderer() fyne.WidgetRenderer { return renderer{p.self} }
func (p *part) objects() []fyne.CanvasObject        { return p.all }

// least asks for no width: the pane sets it, and the height follows.
func (p *part) least() fyne.Size {
	return fyne.NewSize(1, p.self.heightFor(max(1, p.Size().Width)))
}

// place moves and sizes a part, and arranges it anew even when its size stays.
func place(b block, x, y, w, h float32) {
	b.Move(fyne.NewPos(x, y))
	if size := fyne.NewSize(w, h); b.Size() == size {
		b.arrange(size)
	} else {
		b.Resize(size)
	}
}
