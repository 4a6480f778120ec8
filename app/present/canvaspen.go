package present

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/pen"
)

// canvasPen draws with the objects of a window. What is drawn again as it was
// costs nothing: each object keeps what it was told last.
type canvasPen struct {
	zoom   float64
	dx, dy float64
	rects  shelf[pen.Shape, *canvas.Rectangle]
	lines  shelf[pen.Stroke, *canvas.Line]
	discs  shelf[pen.Shape, *canvas.Circle]
	heads  shelf[outline, *canvas.ArbitraryPolygon]
	texts  shelf[pen.Text, *canvas.Text]
	images shelf[place, *canvas.Image]
	shown  []fyne.CanvasObject
	anew   int // how many of them show something else than before
}

var _ pen.Pen = (*canvasPen)(nil)

// shelf keeps the objects of one kind by what they show. A thing that stays is
// found again wherever it comes among the others; those that showed what went are
// the next to be used.
type shelf[T comparable, O fyne.CanvasObject] struct {
	before, now map[T][]O
	spare       []O
}

// begin makes what is shown now what was shown before.
func (s *shelf[T, O]) begin() {
	for _, left := range s.before {
		s.spare = append(s.spare, left...)
	}
	clear(s.before)
	s.before, s.now = s.now, s.before
	if s.now == nil {
		s.now = map[T][]O{}
	}
}

// next is the object that shows this, and whether it showed something else before.
func (s *shelf[T, O]) next(tell T, fresh func() O) (object O, other bool) {
	switch same, spare := s.before[tell], len(s.spare); {
	case len(same) > 0:
		object, s.before[tell] = same[0], same[1:]
	case spare > 0:
		object, s.spare, other = s.spare[spare-1], s.spare[:spare-1], true
	default:
		object, other = fresh(), true
	}
	s.now[tell] = append(s.now[tell], object)
	return object, other
}

// outline is a polygon of up to eight corners, so that two can be compared.
type outline struct {
	points [16]float64
	n      int
	fill   uint32
}

// place is where a picture is.
type place struct {
	name       string
	x, y, w, h float64
}

// begin takes everything back.
func (p *canvasPen) begin(zoom, dx, dy float64) {
	p.zoom, p.dx, p.dy = zoom, dx, dy
	p.rects.begin()
	p.lines.begin()
	p.discs.begin()
	p.heads.begin()
	p.texts.begin()
	p.images.begin()
	p.shown, p.anew = p.shown[:0], 0
}

// show puts an object over those before it.
func (p *canvasPen) show(o fyne.CanvasObject, other bool) {
	if p.shown = append(p.shown, o); other {
		p.anew++
	}
}

func (p *canvasPen) at(x, y float64) (float32, float32) {
	return float32(x*p.zoom + p.dx), float32(y*p.zoom + p.dy)
}

func (p *canvasPen) long(v float64) float32 { return float32(v * p.zoom) }

// Rect is part of [pen.Pen].
func (p *canvasPen) Rect(s pen.Shape) {
	s.X, s.Y, s.W, s.H = s.X*p.zoom+p.dx, s.Y*p.zoom+p.dy, s.W*p.zoom, s.H*p.zoom
	r, other := p.rects.next(s, func() *canvas.Rectangle { return &canvas.Rectangle{} })
	if p.show(r, other); !other {
		return
	}
	r.FillColor, r.StrokeColor, r.StrokeWidth = look.RGB(s.Fill), nil, p.long(s.Thick)
	if s.Thick > 0 {
		r.StrokeColor = look.RGB(s.Stroke)
	}
	r.CornerRadius = p.long(s.Radius)
	page.Put(r, float32(s.X), float32(s.Y), float32(s.W), float32(s.H))
	r.Refresh()
}

// Disc is part of [pen.Pen].
func (p *canvasPen) Disc(x, y, radius float64, fill uint32) {
	px, py := p.at(x-radius, y-radius)
	side := p.long(2 * radius)
	told := pen.Shape{X: float64(px), Y: float64(py), W: float64(side), Fill: fill}
	c, other := p.discs.next(told, func() *canvas.Circle { return &canvas.Circle{} })
	if p.show(c, other); other {
		c.FillColor = look.RGB(fill)
		page.Put(c, px, py, side, side)
		c.Refresh()
	}
}

// Line is part of [pen.Pen].
func (p *canvasPen) Line(s pen.Stroke) {
	x1, y1 := p.at(s.X1, s.Y1)
	x2, y2 := p.at(s.X2, s.Y2)
	s.X1, s.Y1, s.X2, s.Y2 = float64(x1), float64(y1), float64(x2), float64(y2)
	l, other := p.lines.next(s, func() *canvas.Line { return &canvas.Line{} })
	if p.show(l, other); other {
		l.StrokeColor, l.StrokeWidth = look.RGB(s.Color), p.long(s.Thick)
		l.Position1, l.Position2 = fyne.NewPos(x1, y1), fyne.NewPos(x2, y2)
		l.Refresh()
	}
}

// Polygon is part of [pen.Pen].
func (p *canvasPen) Polygon(points []float64, fill uint32) {
	told := outline{n: min(len(points), 16), fill: fill}
	for i := 0; i+1 < told.n; i += 2 {
		x, y := p.at(points[i], points[i+1])
		told.points[i], told.points[i+1] = float64(x), float64(y)
	}
	o, other := p.heads.next(told, func() *canvas.ArbitraryPolygon { return &canvas.ArbitraryPolygon{} })
	if p.show(o, other); !other {
		return
	}
	x1, y1, x2, y2 := told.points[0], told.points[1], told.points[0], told.points[1]
	for i := 0; i+1 < told.n; i += 2 {
		x1, x2 = min(x1, told.points[i]), max(x2, told.points[i])
		y1, y2 = min(y1, told.points[i+1]), max(y2, told.points[i+1])
	}
	o.Points = o.Points[:0]
	for i := 0; i+1 < told.n; i += 2 {
		o.Points = append(o.Points, fyne.NewPos(float32(told.points[i]-x1), float32(told.points[i+1]-y1)))
	}
	if !clockwise(o.Points) { // as the toolkit wants them
		slices.Reverse(o.Points)
	}
	o.FillColor = look.RGB(fill)
	page.Put(o, float32(x1), float32(y1), float32(x2-x1), float32(y2-y1))
	o.Refresh()
}

// clockwise tells by the area that an outline surrounds.
func clockwise(points []fyne.Position) bool {
	var area float32
	for i, p := range points {
		q := points[(i+1)%len(points)]
		area += p.X*q.Y - q.X*p.Y
	}
	return area > 0
}

// Text is part of [pen.Pen].
func (p *canvasPen) Text(t pen.Text) {
	x, y := p.at(t.X, t.Y)
	t.X, t.Y, t.Size = float64(x), float64(y), float64(p.long(t.Size))
	o, other := p.texts.next(t, func() *canvas.Text { return &canvas.Text{} })
	if p.show(o, other); !other {
		return
	}
	style := fyne.TextStyle{Bold: t.Bold}
	size, base := fyne.CurrentApp().Driver().RenderedTextSize(t.Words, float32(t.Size), style, nil)
	o.Text, o.TextSize, o.TextStyle, o.Color = t.Words, float32(t.Size), style, look.RGB(t.Color)
	page.Put(o, x-size.Width*float32(t.Anchor)/2, y-base, size.Width, size.Height)
	o.Refresh()
}

// Image is part of [pen.Pen].
func (p *canvasPen) Image(i pen.Image) {
	x, y := p.at(i.X, i.Y)
	told := place{i.Name, float64(x), float64(y), i.W * p.zoom, i.H * p.zoom}
	o, other := p.images.next(told, func() *canvas.Image { return &canvas.Image{FillMode: canvas.ImageFillContain} })
	if p.show(o, other); other {
		o.Resource, o.Image = fyne.NewStaticResource(i.Name+".svg", i.SVG), nil
		page.Put(o, x, y, float32(told.w), float32(told.h))
		o.Refresh()
	}
}

// Open is part of [pen.Pen].
func (*canvasPen) Open(string) {}

// Shut is part of [pen.Pen].
func (*canvasPen) Shut() {}

// measure is the font of the window.
type measure struct{}

// Width is part of [sheet.Measure].
func (measure) Width(words string, size float64, bold bool) float64 {
	return float64(fyne.MeasureText(words, float32(size), fyne.TextStyle{Bold: bold}).Width)
}
