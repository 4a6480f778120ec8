package frame

import (
	"slices"

	"fyne.io/fyne/v2"
)

// stopsIn are those of some objects that can have the keyboard now.
func stopsIn(objects []fyne.CanvasObject) []fyne.Focusable {
	var stops []fyne.Focusable
	for _, o := range objects {
		f, ok := o.(fyne.Focusable)
		if d, can := o.(fyne.Disableable); ok && o.Visible() && (!can || !d.Disabled()) {
			stops = append(stops, f)
		}
	}
	return stops
}

// along moves the keyboard from one stop to the one before or after by two
// keys; it reports whether one of them was pressed and a stop has the keyboard.
func along(stops []fyne.Focusable, k *fyne.KeyEvent, before, after fyne.KeyName) bool {
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
	canvas := fyne.CurrentApp().Driver().CanvasForObject(o)
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

// Next is what has the keyboard first in the region after the one where it is,
// or with -1 before it: bar, rail, title and strip, content. nil is the content.
func (f *Frame) Next(focused fyne.Focusable, by int) fyne.Focusable {
	regions := [][]fyne.Focusable{nil, f.header.stops(), f.rail.stops(), f.head.stops()}
	at := 0
	for i, r := range regions {
		if focused != nil && slices.Contains(r, focused) {
			at = i
		}
	}
	for range regions {
		at = (at + by + len(regions)) % len(regions)
		if at == 0 {
			return nil
		}
		if len(regions[at]) > 0 {
			return regions[at][0]
		}
	}
	return nil
}
