package look

import (
	"image/color"

	"fyne.io/fyne/v2/canvas"
)

// NewFocusRing returns a hidden ring for a renderer to lay over its widget.
func NewFocusRing() *canvas.Rectangle {
	ring := canvas.NewRectangle(color.Transparent)
	ring.StrokeWidth = 2
	ring.CornerRadius = Round
	ring.Hide()
	return ring
}

// SetFocusRing shows or hides a ring; ink is the colour that the widget's theme gives to [Focus].
func SetFocusRing(ring *canvas.Rectangle, focused bool, ink color.Color) {
	ring.StrokeColor = ink
	ring.Hidden = !focused
	ring.Refresh()
}
