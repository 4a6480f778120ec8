package diagram

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

const lowWindow = 340 // below this height the boxes have one line, and rows stand closer

// renderer draws what does not scroll: the lanes' boxes, their lifelines, the
// legend and the focus ring.
type renderer struct {
	diagram *Diagram
	pen     *pen
	ring    *canvas.Rectangle
	edge    *canvas.Rectangle // under the boxes, while arrows are scrolled away below them
	fade    *canvas.LinearGradient
	objects []fyne.CanvasObject
	top     float32 // height of the boxes
	bottom  float32 // height of the legend
}

func newRenderer(d *Diagram) *renderer {
	r := &renderer{diagram: d, pen: newPen(colours(&d.BaseWidget)), ring: look.NewFocusRing()}
	r.edge = canvas.NewRectangle(color.Transparent)
	r.fade = canvas.NewVerticalGradient(color.Transparent, color.Transparent)
	r.ring.CornerRadius = look.Radius
	r.draw()
	return r
}

func (r *renderer) Destroy() { r.diagram.journey.stop() }

func (r *renderer) MinSize() fyne.Size { return fyne.NewSize(minimumWidth, minimumHeight) }

func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

// Layout is called when the size changed: everything finds a new place, and
// the current arrow stays in view.
func (r *renderer) Layout(fyne.Size) {
	r.diagram.arrange()
	r.draw()
	r.diagram.scroll.Refresh()
	r.diagram.reveal(r.diagram.current)
	r.diagram.rows.Refresh()
}

func (r *renderer) Refresh() {
	r.draw()
	r.diagram.rows.Refresh()
}

func (r *renderer) draw() {
	d, size := r.diagram, r.diagram.Size()
	r.pen.start()
	plan := planHeading(d.lanes, d.place.box-2*boxAir, size.Height < lowWindow, textWidth)
	r.top, r.bottom = boxHeight(plan)+2*boxPad(size)-4, legendHeight(d.legend, size)
	if size.Width > 0 {
		r.lanes(plan, size)
		r.legend(size)
	}
	height := max(0, size.Height-r.top-r.bottom)
	d.place.fit(height)
	d.scroll.Move(fyne.NewPos(0, r.top))
	d.scroll.Resize(fyne.NewSize(size.Width, height))
	r.underline()
	r.fadeOut()
	look.SetFocusRing(r.ring, d.focused, r.pen.colour(look.Focus))
	r.ring.Move(fyne.NewSquareOffsetPos(1))
	r.ring.Resize(fyne.NewSize(max(0, size.Width-2), max(0, size.Height-2)))
	r.objects = append(append(r.objects[:0], r.pen.objects...), d.scroll, r.fade, r.edge, r.ring)
	r.pen.finish()
}

// underline separates the boxes from arrows that are scrolled away below them.
func (r *renderer) underline() {
	r.edge.FillColor = r.pen.colour(look.Line)
	r.diagram.away = r.diagram.scroll.Offset.Y > 0
	r.edge.Hidden = !r.diagram.away
	r.edge.Move(fyne.NewPos(0, r.top-1))
	r.edge.Resize(fyne.NewSize(r.diagram.Size().Width, 1))
	r.edge.Refresh()
}

// fadeOut lets lifelines and bands end softly where the rows end. It leaves the
// scroll bar alone.
func (r *renderer) fadeOut() {
	d := r.diagram
	end, x := d.scroll.Position().Y+d.scroll.Size().Height, pad-bandOutset
	size := fyne.NewSize(max(0, d.Size().Width-2*x), min(fadeHeight, d.scroll.Size().Height))
	card := color.NRGBAModel.Convert(r.pen.colour(look.Card))
	changed := r.fade.EndColor != card || r.fade.Size() != size
	r.fade.StartColor, r.fade.EndColor = unseen(card), card
	r.fade.Move(fyne.NewPos(x, end-size.Height))
	r.fade.Resize(size)
	if changed {
		r.fade.Refresh()
	}
}

// unseen is a colour that nothing is seen of; a gradient from black would pass through grey.
func unseen(c color.Color) color.Color {
	n, _ := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = 0
	return n
}

// colours reads colours by name from the theme that a widget has at that moment.
func colours(w *widget.BaseWidget) func(fyne.ThemeColorName) color.Color {
	return func(name fyne.ThemeColorName) color.Color {
		return w.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
	}
}

func takeFocus(d *Diagram) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(d); c != nil {
		c.Focus(d)
	}
}
