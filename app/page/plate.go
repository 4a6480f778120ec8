package page

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Plate is a ground with round corners and a line around it. Without a graphics card the toolkit takes five times as
// long for a pixel of a rectangle with round corners as for one of a line, however thick; so the middle of a large
// ground is a line, and rectangles are what lies around it.
type Plate struct {
	whole *canvas.Rectangle // where it is small
	caps  [2]*canvas.Rectangle
	sides [2]*canvas.Rectangle
	edges [2]*canvas.Rectangle
	body  *canvas.Line
	shown []fyne.CanvasObject
}

// Surface is how a ground looks. A line without a name is none.
type Surface struct {
	Ground, Line  fyne.ThemeColorName
	Width, Radius float32 // of the line, of the corners
}

// NewPlate returns a ground that nothing shows of yet.
func NewPlate() *Plate {
	p := &Plate{whole: &canvas.Rectangle{}, body: &canvas.Line{}}
	for i := range 2 {
		p.caps[i], p.sides[i], p.edges[i] = &canvas.Rectangle{}, &canvas.Rectangle{}, &canvas.Rectangle{}
	}
	return p
}

// The parts around the middle: the sides, which a middle that was rounded to a pixel lies over; and how far the
// caps reach beyond their corners, so that it lies over their inner line.
const (
	plateSide, plateOver float32 = 4, 3
	plateLeast           float32 = 50 // as high, and as wide, is large
)

// Lay fills a size, and returns what shows it.
func (p *Plate) Lay(at fyne.Position, size fyne.Size, look Surface) []fyne.CanvasObject {
	p.whole.CornerRadius = look.Radius
	Fill(p.whole, look.Ground, look.Line, look.Width)
	p.shown = p.shown[:0]
	if size.Height < plateLeast || size.Width < plateLeast || !opaque(p.whole.FillColor) || inMemory(p.whole) {
		p.whole.Move(at)
		p.whole.Resize(size)
		return append(p.shown, p.whole)
	}
	return p.parts(at, size, look, p.middle)
}

// parts shows a size by what lies around the middle, and by that.
func (p *Plate) parts(
	at fyne.Position, size fyne.Size, look Surface, middle func(top fyne.Position, high, wide float32),
) []fyne.CanvasObject {
	pixel := 1 / scaleOf(p.whole)
	whole := func(v float32) float32 { return float32(math.Round(float64(v/pixel))) * pixel }
	wide, high, round := whole(size.Width), whole(size.Height), whole(look.Radius)
	over, side, tall := round+plateOver*pixel, plateSide*pixel, high-2*round
	p.cap(0, look.Radius, at, fyne.NewSize(wide, over))
	p.cap(1, look.Radius, at.AddXY(0, high-over), fyne.NewSize(wide, over))
	for i, x := range []float32{0, wide - side} {
		p.place(p.sides[i], p.whole.FillColor, at.AddXY(x, round), fyne.NewSize(side, tall))
	}
	middle(at.AddXY(wide/2, round), tall, wide-side)
	if look.Line != "" {
		thick := whole(look.Width)
		for i, x := range []float32{0, wide - thick} {
			p.place(p.edges[i], p.whole.StrokeColor, at.AddXY(x, round), fyne.NewSize(thick, tall))
		}
	}
	return p.shown
}

// cap is the upper or the lower end, with its two corners.
func (p *Plate) cap(i int, radius float32, at fyne.Position, size fyne.Size) {
	c := p.caps[i]
	c.StrokeColor, c.StrokeWidth = p.whole.StrokeColor, p.whole.StrokeWidth
	if i == 0 {
		c.TopLeftCornerRadius, c.TopRightCornerRadius = radius, radius
	} else {
		c.BottomLeftCornerRadius, c.BottomRightCornerRadius = radius, radius
	}
	p.place(c, p.whole.FillColor, at, size)
}

// middle is a line from above to below, as thick as the plate is wide: the toolkit draws a line as long as its
// length shows, however thick it is.
func (p *Plate) middle(top fyne.Position, high, wide float32) {
	p.body.StrokeColor, p.body.StrokeWidth = p.whole.FillColor, wide
	p.body.Position1, p.body.Position2 = top, top.AddXY(0, high)
	p.body.Refresh()
	p.shown = append(p.shown, p.body)
}

// inMemory reports whether what is drawn comes to no screen, as in a test: there the toolkit draws a thick line in a
// wrong place, and a rectangle as fast.
func inMemory(o fyne.CanvasObject) bool {
	c := CanvasOf(o)
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		c = w.Canvas()
		break
	}
	_, scaled := c.(interface{ SetScale(scale float32) })
	return c == nil || scaled
}

func (p *Plate) place(r *canvas.Rectangle, fill color.Color, at fyne.Position, size fyne.Size) {
	r.FillColor = fill
	r.Move(at)
	r.Resize(size)
	r.Refresh()
	p.shown = append(p.shown, r)
}

func opaque(c color.Color) bool {
	if c == nil {
		return false
	}
	_, _, _, a := c.RGBA()
	return a == math.MaxUint16
}
