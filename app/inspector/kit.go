package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// kit is what every part of the pane shares: the ruler, the content, and the ways out.
type kit struct {
	ruler   *ruler
	content *Content

	follow func(value string)
	copy   func(text, what string)
	link   func(link string)
	hint   func(h hint)               // what is pointed at
	reveal func(fyne.CanvasObject)    // scroll so that it can be seen
	relay  func()                     // something changed its height
	key    func(*fyne.KeyEvent)       // a key that the focused part had no use for
	focus  func(fyne.Focusable, bool) // a part gained or lost the focus
}

// hint is what the strip at the foot of the pane says about what is pointed at.
type hint struct {
	name, meaning, spec string
}

// drawn is a widget that owns its objects, so that a renderer that Fyne dropped can be made again.
type drawn interface {
	arrange(size fyne.Size)
	parts() []fyne.CanvasObject
	least() fyne.Size
	Size() fyne.Size
}

// block is a part of a column: its height follows from its width.
type block interface {
	fyne.CanvasObject
	drawn
	heightFor(width float32) float32
}

// renderer hands everything to the widget.
type renderer struct{ of drawn }

var _ fyne.WidgetRenderer = renderer{}

func (r renderer) Layout(size fyne.Size)        { r.of.arrange(size) }
func (r renderer) MinSize() fyne.Size           { return r.of.least() }
func (r renderer) Refresh()                     { r.of.arrange(r.of.Size()) }
func (r renderer) Objects() []fyne.CanvasObject { return r.of.parts() }
func (renderer) Destroy()                       {}

// fill sets the colours of a rectangle by name; "" is none.
func fill(r *canvas.Rectangle, ground, line fyne.ThemeColorName, width float32) {
	r.FillColor, r.StrokeColor, r.StrokeWidth = nil, nil, 0
	if ground != "" {
		r.FillColor = theme.Color(ground)
	}
	if line != "" {
		r.StrokeColor, r.StrokeWidth = theme.Color(line), width
	}
	r.Refresh()
}

// at moves and sizes an object.
func at(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
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

// show makes an object visible or not.
func show(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// toggle follows a value, or stops following it.
func (k *kit) toggle(value string) {
	if k.content.Followed == value {
		value = ""
	}
	k.follow(value)
}
