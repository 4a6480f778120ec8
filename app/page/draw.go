package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Fill sets the colours of a rectangle by name; "" is none.
func Fill(r *canvas.Rectangle, ground, line fyne.ThemeColorName, width float32) {
	r.FillColor, r.StrokeColor, r.StrokeWidth = nil, nil, 0
	if ground != "" {
		r.FillColor = theme.Color(ground)
	}
	if line != "" {
		r.StrokeColor, r.StrokeWidth = theme.Color(line), width
	}
	r.Refresh()
}

// Write changes a text object only where it differs, since every change costs a texture.
func Write(t *canvas.Text, text string, r *Span) {
	ink := theme.Color(r.Ink)
	style := r.Face.style()
	style.Underline = r.Link != "" && !r.Calm
	if t.Text == text && t.TextSize == r.Face.Size && t.TextStyle == style && t.Color == ink {
		return
	}
	t.Text, t.TextSize, t.TextStyle, t.Color = text, r.Face.Size, style, ink
	t.Refresh()
}

// Put moves and sizes an object.
func Put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// Show makes an object visible or not.
func Show(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// CanvasOf returns the canvas that an object stands on; nil while it stands on none.
func CanvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}

// Within reports whether what has the keyboard stands in an area of the canvas.
func Within(area fyne.CanvasObject, focused fyne.Focusable) bool {
	o, ok := focused.(fyne.CanvasObject)
	if !ok || CanvasOf(area) == nil || CanvasOf(o) == nil {
		return false
	}
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(o).Subtract(driver.AbsolutePositionForObject(area))
	size := area.Size()
	return at.X >= 0 && at.Y >= 0 && at.X < size.Width && at.Y < size.Height
}
