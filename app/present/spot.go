package present

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/page"
)

// spot is a light that follows the mouse: a veil with a hole, drawn once and
// then only moved.
type spot struct {
	veil *canvas.Image
	at   fyne.Position
}

// pixels of the veil, and the share of them that the hole takes.
const (
	veilSide = 512
	hole     = 0.035
)

func newSpot() *spot {
	veil := image.NewNRGBA(image.Rect(0, 0, veilSide, veilSide))
	for y := range veilSide {
		for x := range veilSide {
			away := math.Hypot(float64(x)-veilSide/2, float64(y)-veilSide/2) / veilSide
			shade := min(1, max(0, (away-hole)*120))
			veil.SetNRGBA(x, y, color.NRGBA{A: uint8(190 * shade)})
		}
	}
	return &spot{veil: &canvas.Image{Image: veil, FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleSmooth}}
}

// over lays the veil so that the hole is where the mouse is.
func (s *spot) over(size fyne.Size) {
	side := 2.2 * max(size.Width, size.Height) // covers the stage wherever the mouse is
	page.Put(s.veil, s.at.X-side/2, s.at.Y-side/2, side, side)
}
