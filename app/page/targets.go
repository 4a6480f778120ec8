package page

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

// Target is something that can be pressed or typed into, and as much of its room as can be seen.
type Target struct {
	Label   string // "" where it has none; of a field what it is for: what was typed may be secret
	At      fyne.Position
	Size    fyne.Size
	Focused bool
	Away    float32 // by how much it has scrolled out of sight, below (+) or above (-): then At and Size are where a wheel brings it back
}

// Targets are those of an object which stands at a place of a window, in the
// order in which they are drawn. Of what is scrolled away they are those that have a label.
func Targets(o fyne.CanvasObject, at fyne.Position, window fyne.Size, focused fyne.Focusable) []Target {
	return lookOver(o, at, window, focused).found
}

// Filled is the filled button that can be seen of an object, the first where there are several; nil where there is none.
func Filled(o fyne.CanvasObject, at fyne.Position, window fyne.Size) *Button {
	return lookOver(o, at, window, nil).filled
}

// least is how much of a target has to be seen: less of it nobody would press.
const least = 4

// pane is as much as can be seen of a window.
type pane struct {
	top, bottom fyne.Position
	scrolls     bool
}

// within is as much of a pane as an object takes up.
func (p pane) within(at fyne.Position, size fyne.Size) pane {
	bottom := at.Add(size)
	return pane{
		top:    fyne.NewPos(max(p.top.X, at.X), max(p.top.Y, at.Y)),
		bottom: fyne.NewPos(min(p.bottom.X, bottom.X), min(p.bottom.Y, bottom.Y)),
	}
}

func (p pane) size() fyne.Size { return fyne.NewSize(p.bottom.X-p.top.X, p.bottom.Y-p.top.Y) }

// shows reports whether enough can be seen.
func (p pane) shows() bool { return min(p.size().Width, p.size().Height) >= least }

// away is how far something has scrolled out of a pane.
func (p pane) away(at fyne.Position, size fyne.Size) float32 {
	return max(0, at.Y+least-p.bottom.Y) + min(0, at.Y+size.Height-least-p.top.Y)
}

// lookout gathers targets.
type lookout struct {
	focused fyne.Focusable
	found   []Target
	filled  *Button // the first one
}

func lookOver(o fyne.CanvasObject, at fyne.Position, window fyne.Size, focused fyne.Focusable) lookout {
	l := lookout{focused: focused}
	l.look(o, at.Subtract(o.Position()), pane{bottom: fyne.NewPos(window.Width, window.Height)})
	return l
}

func (l *lookout) look(o fyne.CanvasObject, at fyne.Position, seen pane) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	if f, ok := o.(fyne.Focusable); ok && !off(o) {
		l.find(Target{Label: labelOf(o), At: at, Size: o.Size(), Focused: f == l.focused}, seen)
		if b, is := o.(*Button); is && b.Primary && l.filled == nil && seen.within(at, o.Size()).shows() {
			l.filled = b
		}
	}
	switch o := o.(type) {
	case *look.Scroll, *container.Scroll:
		seen = seen.within(at, o.Size())
		seen.scrolls = true
	case *longSheet:
		l.rows(o, at, seen)
	}
	for _, child := range held(o) {
		l.look(child, at, seen)
	}
}

// find adds what is seen of a target, or where it scrolled to.
func (l *lookout) find(t Target, seen pane) {
	away := seen.away(t.At, t.Size)
	if part := seen.within(t.At, t.Size); part.shows() {
		t.At, t.Size = part.top, part.size()
		l.found = append(l.found, t)
	} else if seen.scrolls && seen.shows() && away != 0 && t.Label != "" {
		t.At, t.Size, t.Away = seen.top, fyne.NewSize(2*least, seen.size().Height), away // at its edge, where nothing else scrolls
		l.found = append(l.found, t)
	}
}

// rows finds those of a list that are seen: a press on one opens it.
func (l *lookout) rows(s *longSheet, at fyne.Position, seen pane) {
	for _, row := range s.rows {
		if part := seen.within(at.Add(row.Position()), row.Size()); slices.Contains(s.Shown, fyne.CanvasObject(row)) && part.shows() {
			l.found = append(l.found, Target{Label: wordsIn(row), At: part.top, Size: part.size()})
		}
	}
}

// wordsIn are those of the lines that a row is made of.
func wordsIn(row fyne.CanvasObject) string {
	var words []string
	for _, o := range append(inside(row), row) {
		if line, ok := o.(*Line); ok && line.Words != "" {
			words = append(words, line.Words)
		}
	}
	return strings.Join(words, " ")
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
	case interface{ Parts() []fyne.CanvasObject }:
		return o.Parts()
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
	case interface{ purpose() string }:
		return o.purpose()
	case interface{ Label() string }:
		return o.Label()
	}
	return ""
}
