package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

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

// setCanvasText changes a text object only where it differs, since every change costs a texture.
func setCanvasText(t *canvas.Text, text string, r *run) {
	ink := theme.Color(r.ink)
	style := r.face.style()
	style.Underline = r.link != "" && !r.calm
	if t.Text == text && t.TextSize == r.face.size && t.TextStyle == style && t.Color == ink {
		return
	}
	t.Text, t.TextSize, t.TextStyle, t.Color = text, r.face.size, style, ink
	t.Refresh()
}

// at moves and sizes an object.
func at(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// show makes an object visible or not.
func show(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// canvasOf returns the canvas that an object stands on; nil while it stands on none.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}
