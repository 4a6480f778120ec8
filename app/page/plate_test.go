package page

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
)

// A plate is put together of parts, and nobody sees that: neither at an odd size nor at a place between two pixels.
func TestAPlateLooksLikeOneRectangle(t *testing.T) {
	for _, mode := range []look.Mode{look.Light, look.HighContrast} {
		looktest.Dressed(t, mode)
		for _, size := range []fyne.Size{{Width: 200, Height: 120}, {Width: 201.5, Height: 121.3}, {Width: 60, Height: 333.4}} {
			for _, at := range []fyne.Position{{X: 10, Y: 10}, {X: 10.4, Y: 11.6}} {
				s := Surface{Ground: look.Card, Line: look.Card, Width: 1, Radius: look.Radius}
				r := &canvas.Rectangle{CornerRadius: s.Radius}
				Fill(r, s.Ground, s.Line, s.Width)
				Put(r, at.X, at.Y, size.Width, size.Height)
				p := NewPlate()
				Fill(p.whole, s.Ground, s.Line, s.Width)
				parts := p.parts(at, size, s, func(top fyne.Position, high, wide float32) { // here a thick line is drawn elsewhere
					p.place(&canvas.Rectangle{}, p.whole.FillColor, top.AddXY(-wide/2, 0), fyne.NewSize(wide, high))
				})
				if n := differ(captured(r), captured(parts...)); n > 0 {
					t.Errorf("%s: a plate of %v at %v differs in %d pixels from a rectangle", mode, size, at, n)
				}
			}
		}
	}
}

func captured(objects ...fyne.CanvasObject) image.Image {
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(container.NewWithoutLayout(objects...))
	c.Resize(fyne.NewSize(240, 360))
	return c.Capture()
}

// differ counts the pixels that are of another colour, by more than the edge of a curve.
func differ(a, b image.Image) (n int) {
	const edge = 0x4000
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r, g, bl, _ := a.At(x, y).RGBA()
			r2, g2, bl2, _ := b.At(x, y).RGBA()
			if max(apart(r, r2), apart(g, g2), apart(bl, bl2)) > edge {
				n++
			}
		}
	}
	return n
}

func apart(a, b uint32) uint32 { return max(a, b) - min(a, b) }
