package export

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// ErrTooTall means that a run has more messages than one picture of pixels can hold.
var ErrTooTall = errors.New("the run is too long for a PNG; use SVG")

const (
	pixels  = 2     // for each point, so that it is sharp on paper and on fine screens
	tallest = 32000 // pixels: no more than any program opens
)

// PNG writes the sequence diagram of the run as pixels, two for each point of
// [SVG]. A run that is too long for that gives [ErrTooTall].
func PNG(w io.Writer, t *trace.Trace, s telling.Story) error {
	c, err := newPicture(t, s)
	if err != nil {
		return err
	}
	rows := c.rows()
	width, height := int(math.Ceil(c.width*pixels)), int(math.Ceil(c.height(rows, true, true)*pixels))
	if height > tallest {
		return fmt.Errorf("%w (%d steps)", ErrTooTall, len(t.Messages))
	}
	p := &pixelPen{image: image.NewRGBA(image.Rect(0, 0, width, height)), fonts: c.fonts}
	c.draw(p, rows, true, true)
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	return encoder.Encode(w, p.image)
}

// pixelPen fills outlines with smooth edges.
type pixelPen struct {
	image *image.RGBA
	fonts *fonts
}

// fill paints an outline that path describes inside a box.
func (p *pixelPen) fill(x1, y1, x2, y2 float64, c uint32, path func(r *vector.Rasterizer, x, y float32)) {
	low := func(v float64) int { return int(math.Floor(v*pixels)) - 1 }
	high := func(v float64) int { return int(math.Ceil(v*pixels)) + 1 }
	box := image.Rect(low(x1), low(y1), high(x2), high(y2)).Intersect(p.image.Rect)
	if box.Empty() {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	path(r, float32(box.Min.X), float32(box.Min.Y))
	r.Draw(p.image, box, image.NewUniform(rgba(c)), image.Point{})
}

func rgba(c uint32) color.RGBA {
	return color.RGBA{R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c), A: 255} //nolint:gosec // three bytes of one number
}

func (p *pixelPen) rect(s shape) {
	if s.thick > 0 {
		p.round(s.x-s.thick/2, s.y-s.thick/2, s.w+s.thick, s.h+s.thick, s.radius+s.thick/2, s.stroke)
		p.round(s.x+s.thick/2, s.y+s.thick/2, s.w-s.thick, s.h-s.thick, max(0, s.radius-s.thick/2), s.fill)
		return
	}
	if s.radius == 0 {
		near := func(v float64) int { return int(math.Round(v * pixels)) }
		box := image.Rect(near(s.x), near(s.y), near(s.x+s.w), near(s.y+s.h))
		draw.Draw(p.image, box.Intersect(p.image.Rect), image.NewUniform(rgba(s.fill)), image.Point{}, draw.Src)
		return
	}
	p.round(s.x, s.y, s.w, s.h, s.radius, s.fill)
}

// bend is how far the handles of a curve stand out that makes a quarter of a circle.
const bend = 0.5523

func (p *pixelPen) round(x, y, w, h, radius float64, c uint32) {
	radius = min(radius, w/2, h/2)
	p.fill(x, y, x+w, y+h, c, func(r *vector.Rasterizer, ox, oy float32) {
		at := func(px, py float64) (float32, float32) { return float32(px*pixels) - ox, float32(py*pixels) - oy }
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

func (p *pixelPen) disc(x, y, radius float64, fill uint32) {
	p.round(x-radius, y-radius, 2*radius, 2*radius, radius, fill)
}

func (p *pixelPen) line(s stroke) {
	length := math.Hypot(s.x2-s.x1, s.y2-s.y1)
	if length == 0 {
		return
	}
	dx, dy := (s.x2-s.x1)/length, (s.y2-s.y1)/length
	if !s.dashed {
		p.bar(s.x1, s.y1, s.x2, s.y2, dx, dy, s)
		return
	}
	for at := 0.0; at < length; at += 6 {
		end := min(at+3, length)
		p.bar(s.x1+dx*at, s.y1+dy*at, s.x1+dx*end, s.y1+dy*end, dx, dy, s)
	}
}

func (p *pixelPen) bar(x1, y1, x2, y2, dx, dy float64, s stroke) {
	nx, ny := -dy*s.thick/2, dx*s.thick/2
	p.polygon([]float64{x1 + nx, y1 + ny, x2 + nx, y2 + ny, x2 - nx, y2 - ny, x1 - nx, y1 - ny}, s.color)
}

func (p *pixelPen) polygon(points []float64, fill uint32) {
	x1, y1, x2, y2 := points[0], points[1], points[0], points[1]
	for i := 0; i < len(points); i += 2 {
		x1, x2 = min(x1, points[i]), max(x2, points[i])
		y1, y2 = min(y1, points[i+1]), max(y2, points[i+1])
	}
	p.fill(x1, y1, x2, y2, fill, func(r *vector.Rasterizer, ox, oy float32) {
		for i := 0; i < len(points); i += 2 {
			x, y := float32(points[i]*pixels)-ox, float32(points[i+1]*pixels)-oy
			if i == 0 {
				r.MoveTo(x, y)
			} else {
				r.LineTo(x, y)
			}
		}
		r.ClosePath()
	})
}

func (p *pixelPen) text(t text) {
	x := t.x - p.fonts.width(t.words, t.size, t.bold)*float64(t.anchor)/2
	d := font.Drawer{
		Dst: p.image, Src: image.NewUniform(rgba(t.color)), Face: p.fonts.face(t.size*pixels, t.bold),
		Dot: fixed.Point26_6{X: fixed.Int26_6(x * pixels * 64), Y: fixed.Int26_6(t.y * pixels * 64)},
	}
	d.DrawString(t.words)
}

func (p *pixelPen) open(string) {}

func (p *pixelPen) shut() {}
