package diagram

import (
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
)

// pen draws into pooled canvas objects: what was drawn last time is used again
// in the same order, and only what differs is refreshed.
type pen struct {
	colour  func(fyne.ThemeColorName) color.Color
	objects []fyne.CanvasObject // what was drawn since start, back to front

	ground *canvas.Rectangle // always there: refreshing it repaints the window
	rects  pool[*canvas.Rectangle]
	texts  pool[*canvas.Text]
	shapes pool[*canvas.ArbitraryPolygon]
	icons  map[string]*pool[*canvas.Image] // by name, ink and size, so that an image is rasterised once
	themed [3]color.Color                  // tells whether the theme changed since the last start
}

type pool[T fyne.CanvasObject] struct {
	all  []T
	used int
}

func (p *pool[T]) next(create func() T) T {
	if p.used == len(p.all) {
		p.all = append(p.all, create())
	}
	p.used++
	return p.all[p.used-1]
}

func newPen(colour func(fyne.ThemeColorName) color.Color) *pen {
	return &pen{colour: colour, ground: canvas.NewRectangle(color.Transparent), icons: map[string]*pool[*canvas.Image]{}}
}

// start begins a new drawing.
func (p *pen) start() {
	p.objects = append(p.objects[:0], p.ground)
	p.rects.used, p.texts.used, p.shapes.used = 0, 0, 0
	now := [3]color.Color{p.colour(look.Card), p.colour(look.Ink), p.colour(look.Primary)}
	changed := p.themed != now
	p.themed = now
	for _, icons := range p.icons {
		icons.used = 0
		if changed {
			for _, icon := range icons.all {
				icon.Refresh()
			}
		}
	}
}

// finish repaints; it matters where there is less to draw than before.
func (p *pen) finish() { p.ground.Refresh() }

// box is a rectangle, a disc or a pill. A colour without a name is transparent.
type box struct {
	x, y, w, h   float32
	fill, stroke fyne.ThemeColorName
	line, radius float32
}

func (p *pen) box(b box) {
	if b.w <= 0 || b.h <= 0 {
		return
	}
	r := p.rects.next(func() *canvas.Rectangle { return &canvas.Rectangle{} })
	fill, stroke := p.named(b.fill), p.named(b.stroke)
	if b.stroke == "" {
		b.line = 0
	}
	changed := r.FillColor != fill || r.StrokeColor != stroke || r.StrokeWidth != b.line || r.CornerRadius != b.radius
	r.FillColor, r.StrokeColor, r.StrokeWidth, r.CornerRadius = fill, stroke, b.line, b.radius
	r.Move(fyne.NewPos(b.x, b.y))
	r.Resize(fyne.NewSize(b.w, b.h))
	if changed {
		r.Refresh()
	}
	p.objects = append(p.objects, r)
}

// disc is a circle around a point.
func (p *pen) disc(x, y, radius float32, fill, stroke fyne.ThemeColorName, line float32) {
	p.box(box{x: x - radius, y: y - radius, w: 2 * radius, h: 2 * radius, fill: fill, stroke: stroke, line: line, radius: radius})
}

// text writes one line whose middle is at height y, and returns its width.
func (p *pen) text(s string, x, y, size float32, bold bool, ink fyne.ThemeColorName) float32 {
	from := x
	for _, run := range runs(s) {
		x += p.run(run, x, y, size, bold, ink)
	}
	return x - from
}

func (p *pen) run(s string, x, y, size float32, bold bool, ink fyne.ThemeColorName) float32 {
	style := fyne.TextStyle{Bold: bold}
	extent := fyne.MeasureText(s, size, style)
	t := p.texts.next(func() *canvas.Text { return &canvas.Text{} })
	c := p.colour(ink)
	changed := t.Text != s || t.TextSize != size || t.TextStyle != style || t.Color != c
	t.Text, t.TextSize, t.TextStyle, t.Color = s, size, style, c
	t.Move(fyne.NewPos(round(x), round(y-extent.Height/2)))
	t.Resize(extent)
	if changed {
		t.Refresh()
	}
	p.objects = append(p.objects, t)
	return extent.Width
}

// icon draws a square icon around a point.
func (p *pen) icon(name string, x, y, size float32, ink fyne.ThemeColorName) {
	key := name + " " + string(ink) + " " + strconv.Itoa(int(size))
	icons := p.icons[key]
	if icons == nil {
		icons = &pool[*canvas.Image]{}
		p.icons[key] = icons
	}
	i := icons.next(func() *canvas.Image {
		image := canvas.NewImageFromResource(look.IconIn(name, ink))
		image.FillMode = canvas.ImageFillContain
		image.Resize(fyne.NewSquareSize(size))
		return image
	})
	i.Move(fyne.NewPos(round(x-size/2), round(y-size/2)))
	p.objects = append(p.objects, i)
}

// polygon fills the outline through points, given relative to (x, y).
func (p *pen) polygon(x, y float32, points []fyne.Position, ink fyne.ThemeColorName) {
	const reach = 16 // half the side of the object: more than any arrowhead
	s := p.shapes.next(func() *canvas.ArbitraryPolygon { return &canvas.ArbitraryPolygon{} })
	c := p.colour(ink)
	changed := s.FillColor != c || len(s.Points) != len(points)
	s.FillColor = c
	if len(s.Points) != len(points) {
		s.Points = make([]fyne.Position, len(points))
	}
	for i, point := range points {
		moved := point.AddXY(reach, reach)
		changed = changed || s.Points[i] != moved
		s.Points[i] = moved
	}
	s.Move(fyne.NewPos(x-reach, y-reach))
	s.Resize(fyne.NewSquareSize(2 * reach))
	if changed {
		s.Refresh()
	}
	p.objects = append(p.objects, s)
}

func (p *pen) named(name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	return p.colour(name)
}

// runs splits a text behind each arrow. Fyne 2.8 takes "→" from its symbol face
// and then looks there for the space behind it too, which it has not.
func runs(s string) []string { return strings.SplitAfter(s, "→") }

// textWidth measures one line.
func textWidth(s string, size float32, bold bool) float32 {
	width := float32(0)
	for _, run := range runs(s) {
		width += fyne.MeasureText(run, size, fyne.TextStyle{Bold: bold}).Width
	}
	return width
}
