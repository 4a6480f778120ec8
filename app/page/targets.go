package page

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

// Target is something that can be pressed or typed into, and as much of its room as can be seen.
type Target struct {
	Label   string // "" where it has none, as a field: what was typed may be secret
	At      fyne.Position
	Size    fyne.Size
	Focused bool
}

// Targets are those that can be seen of an object which stands at a place of a
// window, in the order in which they are drawn.
func Targets(o fyne.CanvasObject, at fyne.Position, window fyne.Size, focused fyne.Focusable) []Target {
	l := lookout{focused: focused}
	l.look(o, at.Subtract(o.Position()), pane{bottom: fyne.NewPos(window.Width, window.Height)})
	return l.found
}

// pane is as much as can be seen of a window.
type pane struct{ top, bottom fyne.Position }

// within is as much of a pane as an object takes up.
func (p pane) within(at fyne.Position, size fyne.Size) pane {
	bottom := at.Add(size)
	return pane{
		top:    fyne.NewPos(max(p.top.X, at.X), max(p.top.Y, at.Y)),
		bottom: fyne.NewPos(min(p.bottom.X, bottom.X), min(p.bottom.Y, bottom.Y)),
	}
}

func (p pane) size() fyne.Size { return fyne.NewSize(p.bottom.X-p.top.X, p.bottom.Y-p.top.Y) }

// lookout gathers targets.
type lookout struct {
	focused fyne.Focusable
	found   []Target
}

func (l *lookout) look(o fyne.CanvasObject, at fyne.Position, seen pane) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	if f, ok := o.(fyne.Focusable); ok && !off(o) {
		const least = 4 // less of it nobody would press
		part := seen.within(at, o.Size())
		if size := part.size(); math.Min(float64(size.Width), float64(size.Height)) >= least {
			l.found = append(l.found, Target{Label: labelOf(o), At: part.top, Size: size, Focused: f == l.focused})
		}
	}
	switch o.(type) {
	case *look.Scroll, *container.Scroll:
		seen = seen.within(at, o.Size())
	}
	for _, child := range held(o) {
		l.look(child, at, seen)
	}
}

// held is what is inside an object, or laid out by one of the toolkit's.
func held(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *look.Split:
		return []fyne.CanvasObject{o.Leading, o.Trailing}
	case *container.Split:
		return []fyne.CanvasObject{o.Leading, o.Trailing}
	case *container.ThemeOverride:
		return []fyne.CanvasObject{o.Content}
	case *widget.PopUp:
		return []fyne.CanvasObject{o.Content}
	}
	return inside(o)
}

func off(o fyne.CanvasObject) bool {
	d, can := o.(fyne.Disableable)
	return can && d.Disabled()
}

func labelOf(o fyne.CanvasObject) string {
	switch o := o.(type) {
	case *Button:
		if o.Label == "" {
			return o.Help
		}
		return o.Label
	case *widget.Button:
		return o.Text
	}
	return ""
}
