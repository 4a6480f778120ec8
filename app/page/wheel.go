package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
)

// wheel lies over a field of one row and turns the page that it stands on: the
// toolkit's field takes a turn of the wheel for itself, though it has no rows to show.
type wheel struct {
	Base
	over *Field
}

var _ fyne.Scrollable = (*wheel)(nil)

func newWheel(over *Field) *wheel {
	w := &wheel{over: over}
	w.Extend(w)
	return w
}

// Scrolled is part of [fyne.Scrollable].
func (w *wheel) Scrolled(e *fyne.ScrollEvent) {
	c := CanvasOf(w.over)
	if c == nil {
		return
	}
	if page := scrolls(c.Content(), w.over, nil); page != nil {
		page.Scrolled(e)
	}
}

// scrolls is the innermost of what scrolls between an object and another one inside it; around where none does.
func scrolls(o, inner fyne.CanvasObject, around fyne.Scrollable) fyne.Scrollable {
	if o == inner {
		return around
	}
	switch s := o.(type) {
	case *look.Scroll:
		around = s
	case *container.Scroll:
		around = s
	}
	for _, child := range held(o) {
		if found := scrolls(child, inner, around); found != nil {
			return found
		}
	}
	return nil
}

// HeightFor is part of [Part].
func (w *wheel) HeightFor(float32) float32 { return 0 }

// LeastSize is part of [Part].
func (w *wheel) LeastSize() fyne.Size { return fyne.Size{} }

// Arrange is part of [Part]: there is nothing to see.
func (w *wheel) Arrange(fyne.Size) {}
