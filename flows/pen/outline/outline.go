// Package outline fills the outlines of a picture. The fillers of the library
// that reads SVG go over the whole image for each outline; one of a hundred in a
// picture covers a hundredth of it.
package outline

import (
	"image"
	"image/color"
	"math"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// Filler goes over no more of an image than an outline covers. It is a
// [rasterx.Scanner].
type Filler struct {
	on     *image.RGBA
	within image.Rectangle
	paint  image.Image
	path   []point
	extent fixed.Rectangle26_6
	fill   vector.Rasterizer
}

var _ rasterx.Scanner = (*Filler)(nil)

type point struct {
	fixed.Point26_6
	begins bool // a part of the outline
}

// On returns a filler that paints a part of an image.
func On(drawn *image.RGBA, within image.Rectangle) *Filler {
	f := &Filler{on: drawn, within: within.Intersect(drawn.Rect), paint: image.Black}
	f.Clear()
	return f
}

// Clear forgets the outline.
func (f *Filler) Clear() {
	const most = fixed.Int26_6(math.MaxInt32)
	f.path = f.path[:0]
	f.extent = fixed.Rectangle26_6{Min: fixed.Point26_6{X: most, Y: most}, Max: fixed.Point26_6{X: -most, Y: -most}}
}

// Start begins a part of the outline.
func (f *Filler) Start(at fixed.Point26_6) { f.add(point{at, true}) }

// Line goes on with it.
func (f *Filler) Line(to fixed.Point26_6) { f.add(point{to, false}) }

func (f *Filler) add(p point) {
	f.path = append(f.path, p)
	f.extent.Min.X, f.extent.Max.X = min(f.extent.Min.X, p.X), max(f.extent.Max.X, p.X)
	f.extent.Min.Y, f.extent.Max.Y = min(f.extent.Min.Y, p.Y), max(f.extent.Max.Y, p.Y)
}

// Draw fills the outline.
func (f *Filler) Draw() {
	if len(f.path) == 0 {
		return
	}
	box := image.Rect(f.extent.Min.X.Floor(), f.extent.Min.Y.Floor(), f.extent.Max.X.Ceil(), f.extent.Max.Y.Ceil()).Intersect(f.within)
	if box.Empty() {
		return
	}
	f.fill.Reset(box.Dx(), box.Dy())
	for _, p := range f.path {
		x, y := float32(p.X)/64-float32(box.Min.X), float32(p.Y)/64-float32(box.Min.Y)
		if p.begins {
			f.fill.MoveTo(x, y)
		} else {
			f.fill.LineTo(x, y)
		}
	}
	f.fill.Draw(f.on, box, f.paint, box.Min)
}

// SetColor says what to fill with: one colour, or one for each place.
func (f *Filler) SetColor(c any) {
	switch c := c.(type) {
	case color.Color:
		f.paint = image.NewUniform(c)
	case rasterx.ColorFunc:
		f.paint = &shades{f.on.Rect, c}
	}
}

// GetPathExtent is where the outline reaches, which a shade that goes from one
// side of it to the other asks for.
func (f *Filler) GetPathExtent() fixed.Rectangle26_6 { return f.extent }

// SetWinding has no effect: like the library's own, a filler knows one rule.
func (*Filler) SetWinding(bool) {}

// SetBounds has no effect: the image has its bounds.
func (*Filler) SetBounds(_, _ int) {}

// SetClip has no effect: what may be painted was said in [On].
func (*Filler) SetClip(image.Rectangle) {}

// shades is an image with a colour for each place.
type shades struct {
	bounds image.Rectangle
	colour rasterx.ColorFunc
}

// ColorModel is part of [image.Image].
func (*shades) ColorModel() color.Model { return color.RGBAModel }

// Bounds is part of [image.Image].
func (s *shades) Bounds() image.Rectangle { return s.bounds }

// At is part of [image.Image].
func (s *shades) At(x, y int) color.Color { return s.colour(x, y) }
