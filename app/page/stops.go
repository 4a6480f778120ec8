package page

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Stops are those of some objects, and of what these are made of, that can have
// the keyboard now, in the order in which they are drawn.
func Stops(objects ...fyne.CanvasObject) []fyne.Focusable {
	var stops []fyne.Focusable
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if f, ok := o.(fyne.Focusable); ok && !off(o) {
			stops = append(stops, f)
		}
		stops = append(stops, Stops(inside(o)...)...)
	}
	return stops
}

// Along moves the keyboard from one stop to the one before or after by two
// keys; it reports whether one of them was pressed and a stop has the keyboard.
func Along(stops []fyne.Focusable, k *fyne.KeyEvent, before, after fyne.KeyName) bool {
	by := 0
	switch k.Name {
	case before:
		by = -1
	case after:
		by = +1
	default:
		return false
	}
	if len(stops) == 0 {
		return false
	}
	o, ok := stops[0].(fyne.CanvasObject)
	if !ok {
		return false
	}
	canvas := CanvasOf(o)
	if canvas == nil {
		return false
	}
	i := slices.Index(stops, canvas.Focused())
	if i < 0 {
		return false
	}
	canvas.Focus(stops[max(0, min(i+by, len(stops)-1))])
	return true
}
