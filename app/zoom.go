package app

import (
	"math"
	"os"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// scaleVariable is read by Fyne each time that the theme changes. It is the one
// way to zoom a running window, so it is used here and nowhere else.
const scaleVariable = "FYNE_SCALE"

// baseVariable keeps the scale that the desktop asked for before the first zoom.
const baseVariable = "GRANTWALK_BASE_SCALE"

// applyZoom multiplies the desktop's scale; it shows when the theme is set next.
func applyZoom(zoom float64) {
	base, err := strconv.ParseFloat(os.Getenv(baseVariable), 64)
	if err != nil {
		if base, err = strconv.ParseFloat(os.Getenv(scaleVariable), 64); err != nil || base <= 0 {
			base = 1
		}
		_ = os.Setenv(baseVariable, strconv.FormatFloat(base, 'f', 2, 64)) // fails for broken names only
	}
	_ = os.Setenv(scaleVariable, strconv.FormatFloat(base*zoom, 'f', 2, 64))
}

// zoom is how large everything is drawn.
type zoom struct {
	*surface

	then func() // told when it is another
}

// to zooms the window; its outer size stays.
func (z zoom) to(factor float64) {
	before := z.settings.zoom
	z.settings.saveZoom(math.Round(factor*10) / 10)
	if z.settings.zoom == before {
		return
	}
	applyZoom(z.settings.zoom)
	// Setting the theme makes Fyne fit the window around its content at the new
	// scale. Content that was shrunk by as much before leaves the window as it is.
	if c, ok := z.win.Canvas().(interface{ Resize(fyne.Size) }); ok {
		size, scale, ratio := z.Size(), z.win.Canvas().Scale(), float32(before/z.settings.zoom)
		c.Resize(fyne.NewSize(rescaled(size.Width, scale, ratio), rescaled(size.Height, scale, ratio)))
	}
	z.app.Settings().SetTheme(look.NewTheme(z.settings.theme))
	z.then()
}

// rescaled is a length of content times a ratio, such that Fyne can round it up
// without the window growing by a pixel: at scale 1 to a whole unit, otherwise
// to a whole pixel.
func rescaled(length, scale, ratio float32) float32 {
	const hair = 0.01
	length = float32(math.Round(float64(length*scale))) / scale * ratio
	if scale == 1 {
		return float32(math.Floor(float64(length) + hair))
	}
	return length - hair
}

// zoomStep is one press of Ctrl + or Ctrl −.
const zoomStep = 0.1

func (z zoom) in()    { z.to(z.settings.zoom + zoomStep) }
func (z zoom) out()   { z.to(z.settings.zoom - zoomStep) }
func (z zoom) reset() { z.to(1) }
