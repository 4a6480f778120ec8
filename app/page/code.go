package page

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Modules is a QR code without its margin: rows from the top, true is dark.
type Modules [][]bool

// quietZone is the white around a QR code, in modules (ISO/IEC 18004 section 6.3.8).
const quietZone = 4

// codePicture draws a QR code to be scanned off the screen. It is black on
// white in every theme, since readers are made for that, and each module is a
// whole number of pixels, since a blurred edge is what they stumble over.
type codePicture struct {
	Base
	modules Modules
	raster  *canvas.Raster
}

func newcodePicture() *codePicture {
	c := &codePicture{}
	c.raster = canvas.NewRaster(func(w, h int) image.Image { return c.modules.draw(w, h) })
	c.raster.ScaleMode = canvas.ImageScalePixels
	c.Shown = []fyne.CanvasObject{c.raster}
	c.Extend(c)
	return c
}

func (c *codePicture) set(m Modules) {
	c.modules = m
	c.raster.Refresh()
}

// side is how large the picture is where there is that much room: the margin is
// no wider than it has to be, and a module no finer than a camera can tell.
func (c *codePicture) side(room float32) float32 {
	n := float32(len(c.modules) + 2*quietZone)
	return max(1, min(5, float32(int(room/n)))) * n
}

// HeightFor is part of [Part].
func (c *codePicture) HeightFor(width float32) float32 { return c.side(width) }

// Arrange is part of [Part].
func (c *codePicture) Arrange(size fyne.Size) { Put(c.raster, 0, 0, size.Width, size.Height) }

// draw puts the code in the middle of a white picture, as large as whole pixels let it be.
func (m Modules) draw(w, h int) image.Image {
	out := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.Black})
	scale := min(w, h) / (len(m) + 2*quietZone)
	left, top := (w-scale*len(m))/2, (h-scale*len(m))/2
	for y, row := range m {
		for x, dark := range row {
			if !dark {
				continue
			}
			for i := range scale * scale {
				out.SetColorIndex(left+x*scale+i%scale, top+y*scale+i/scale, 1)
			}
		}
	}
	return out
}

// Beside is a picture with words next to it, or over them where there is little room.
type Beside struct {
	Base
	picture *codePicture
	words   *Column
}

const (
	besideGap   float32 = 18
	besideWords float32 = 136 // a user code in large letters
)

// NewBeside returns one that shows nothing yet.
func NewBeside() *Beside {
	b := &Beside{picture: newcodePicture()}
	b.Extend(b)
	return b
}

// Set gives the picture its code, and the words.
func (b *Beside) Set(code Modules, words *Column) *Beside {
	b.picture.set(code)
	b.words = words
	b.Shown = append(b.Shown[:0], b.picture, words)
	return b
}

// fit returns the side of the picture, and whether the words have room next to it.
func (b *Beside) fit(width float32) (side float32, next bool) {
	side = b.picture.side(width - besideGap - besideWords)
	if next = side >= 3*float32(len(b.picture.modules)+2*quietZone); !next {
		side = b.picture.side(width)
	}
	return side, next
}

// HeightFor is part of [Part].
func (b *Beside) HeightFor(width float32) float32 {
	side, next := b.fit(width)
	if next {
		return max(side, b.words.HeightFor(width-side-besideGap))
	}
	return side + besideGap + b.words.HeightFor(width)
}

// Arrange is part of [Part].
func (b *Beside) Arrange(size fyne.Size) {
	side, next := b.fit(size.Width)
	Place(b.picture, 0, 0, side, side)
	if !next {
		Place(b.words, 0, side+besideGap, size.Width, b.words.HeightFor(size.Width))
		return
	}
	tall := b.words.HeightFor(size.Width - side - besideGap)
	Place(b.words, side+besideGap, max(0, (side-tall)/2), size.Width-side-besideGap, tall)
}
