package pen

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"github.com/grantwalk/grantwalk/flows/pen/outline"
)

// Pixels fills outlines with smooth edges.
type Pixels struct {
	image *image.RGBA
	fonts *Fonts
	scale float64
}

// NewPixels returns a pen on an image that is clear, with so many pixels for each point.
func NewPixels(width, height, scale float64, fonts *Fonts) *Pixels {
	size := image.Rect(0, 0, int(math.Ceil(width*scale)), int(math.Ceil(height*scale)))
	return &Pixels{image: image.NewRGBA(size), fonts: fonts, scale: scale}
}

// Drawn is the image.
func (p *Pixels) Drawn() *image.RGBA { return p.image }

// fill paints an outline that path describes inside a box.
func (p *Pixels) fill(x1, y1, x2, y2 float64, c uint32, path func(r *vector.Rasterizer, x, y float32)) {
	box := p.box(x1*p.scale, y1*p.scale, x2*p.scale, y2*p.scale)
	if box.Empty() {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	path(r, float32(box.Min.X), float32(box.Min.Y))
	r.Draw(p.image, box, image.NewUniform(rgba(c)), image.Point{})
}

// box is what may be drawn on of the image, in pixels, with one more on each side for a smooth edge.
func (p *Pixels) box(x1, y1, x2, y2 float64) image.Rectangle {
	low := func(v float64) int { return int(math.Floor(v)) - 1 }
	high := func(v float64) int { return int(math.Ceil(v)) + 1 }
	return image.Rect(low(x1), low(y1), high(x2), high(y2)).Intersect(p.image.Rect)
}

func rgba(c uint32) color.RGBA {
	return color.RGBA{R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c), A: 255} //nolint:gosec // three bytes of one number
}

// Rect is part of [Pen].
func (p *Pixels) Rect(s Shape) {
	if s.Thick > 0 {
		p.round(s.X-s.Thick/2, s.Y-s.Thick/2, s.W+s.Thick, s.H+s.Thick, s.Radius+s.Thick/2, s.Stroke)
		p.round(s.X+s.Thick/2, s.Y+s.Thick/2, s.W-s.Thick, s.H-s.Thick, max(0, s.Radius-s.Thick/2), s.Fill)
		return
	}
	if s.Radius == 0 {
		near := func(v float64) int { return int(math.Round(v * p.scale)) }
		box := image.Rect(near(s.X), near(s.Y), near(s.X+s.W), near(s.Y+s.H))
		draw.Draw(p.image, box.Intersect(p.image.Rect), image.NewUniform(rgba(s.Fill)), image.Point{}, draw.Src)
		return
	}
	p.round(s.X, s.Y, s.W, s.H, s.Radius, s.Fill)
}

// bend is how far the handles of a curve stand out that makes a quarter of a circle.
const bend = 0.5523

func (p *Pixels) round(x, y, w, h, radius float64, c uint32) {
	radius = min(radius, w/2, h/2)
	p.fill(x, y, x+w, y+h, c, func(r *vector.Rasterizer, ox, oy float32) {
		at := func(px, py float64) (float32, float32) { return float32(px*p.scale) - ox, float32(py*p.scale) - oy }
		k := radius * (1 - bend)
		to := func(px, py float64) { ax, ay := at(px, py); r.LineTo(ax, ay) }
		turn := func(x1, y1, x2, y2, x3, y3 float64) {
			ax, ay := at(x1, y1)
			bx, by := at(x2, y2)
			cx, cy := at(x3, y3)
			r.CubeTo(ax, ay, bx, by, cx, cy)
		}
		sx, sy := at(x+radius, y)
		r.MoveTo(sx, sy)
		to(x+w-radius, y)
		turn(x+w-k, y, x+w, y+k, x+w, y+radius)
		to(x+w, y+h-radius)
		turn(x+w, y+h-k, x+w-k, y+h, x+w-radius, y+h)
		to(x+radius, y+h)
		turn(x+k, y+h, x, y+h-k, x, y+h-radius)
		to(x, y+radius)
		turn(x, y+k, x+k, y, x+radius, y)
		r.ClosePath()
	})
}

// Disc is part of [Pen].
func (p *Pixels) Disc(x, y, radius float64, fill uint32) {
	p.round(x-radius, y-radius, 2*radius, 2*radius, radius, fill)
}

// Line is part of [Pen].
func (p *Pixels) Line(s Stroke) {
	length := math.Hypot(s.X2-s.X1, s.Y2-s.Y1)
	if length == 0 {
		return
	}
	dx, dy := (s.X2-s.X1)/length, (s.Y2-s.Y1)/length
	if !s.Dashed {
		p.bar(s.X1, s.Y1, s.X2, s.Y2, dx, dy, s)
		return
	}
	for at := 0.0; at < length; at += 6 {
		end := min(at+3, length)
		p.bar(s.X1+dx*at, s.Y1+dy*at, s.X1+dx*end, s.Y1+dy*end, dx, dy, s)
	}
}

func (p *Pixels) bar(x1, y1, x2, y2, dx, dy float64, s Stroke) {
	nx, ny := -dy*s.Thick/2, dx*s.Thick/2
	p.Polygon([]float64{x1 + nx, y1 + ny, x2 + nx, y2 + ny, x2 - nx, y2 - ny, x1 - nx, y1 - ny}, s.Color)
}

// Polygon is part of [Pen].
func (p *Pixels) Polygon(points []float64, fill uint32) {
	x1, y1, x2, y2 := points[0], points[1], points[0], points[1]
	for i := 0; i < len(points); i += 2 {
		x1, x2 = min(x1, points[i]), max(x2, points[i])
		y1, y2 = min(y1, points[i+1]), max(y2, points[i+1])
	}
	p.fill(x1, y1, x2, y2, fill, func(r *vector.Rasterizer, ox, oy float32) {
		for i := 0; i < len(points); i += 2 {
			x, y := float32(points[i]*p.scale)-ox, float32(points[i+1]*p.scale)-oy
			if i == 0 {
				r.MoveTo(x, y)
			} else {
				r.LineTo(x, y)
			}
		}
		r.ClosePath()
	})
}

// Text is part of [Pen].
func (p *Pixels) Text(t Text) {
	x := t.X - p.fonts.Width(t.Words, t.Size, t.Bold)*float64(t.Anchor)/2
	d := font.Drawer{
		Dst: p.image, Src: image.NewUniform(rgba(t.Color)), Face: p.fonts.Face(t.Size*p.scale, t.Bold),
		Dot: fixed.Point26_6{X: fixed.Int26_6(x * p.scale * 64), Y: fixed.Int26_6(t.Y * p.scale * 64)},
	}
	d.DrawString(t.Words)
}

// Open is part of [Pen].
func (p *Pixels) Open(string) {}

// Shut is part of [Pen].
func (p *Pixels) Shut() {}

// Image is part of [Pen]. A picture that can't be read leaves its box empty.
func (p *Pixels) Image(i Image) {
	icon, err := oksvg.ReadIconStream(bytes.NewReader(i.SVG), oksvg.IgnoreErrorMode)
	if err != nil || icon.ViewBox.W <= 0 || icon.ViewBox.H <= 0 {
		return
	}
	fit := min(i.W/icon.ViewBox.W, i.H/icon.ViewBox.H)
	w, h := icon.ViewBox.W*fit*p.scale, icon.ViewBox.H*fit*p.scale
	x, y := i.X*p.scale+(i.W*p.scale-w)/2, i.Y*p.scale+(i.H*p.scale-h)/2
	icon.SetTarget(x, y, w, h)
	size := p.image.Rect.Size()
	icon.Draw(rasterx.NewDasher(size.X, size.Y, outline.On(p.image, p.box(x, y, x+w, y+h))), 1)
}
