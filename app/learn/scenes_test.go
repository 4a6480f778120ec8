//go:build !race

package learn

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/assets"
)

// shown draws a picture as a lesson does, on a card of a theme.
func shown(t *testing.T, name string, svg []byte) image.Image {
	t.Helper()
	p := page.NewPicture().Set(fyne.NewStaticResource(name, svg))
	w := test.NewTempWindow(t, page.NewColumn().Style(look.CardSoft, "", 0, 0).Add(0, p))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(192, 78))
	return w.Canvas().Capture()
}

// Nothing of a picture is cut: what is drawn stays a little within its frame.
func TestNoPictureLeavesItsFrame(t *testing.T) {
	looktest.App(t)
	for _, name := range assets.Illustrations() {
		svg, _ := assets.Illustration(name)
		wider := bytes.Replace(svg, []byte(`viewBox="0 0 640 260"`), []byte(`viewBox="0 0 768 312"`), 1)
		wider = bytes.Replace(wider, []byte(`>`), []byte(`><g transform="translate(64 26)">`), 1)
		wider = bytes.Replace(wider, []byte(`</svg>`), []byte(`</g></svg>`), 1)
		drawn := shown(t, name, wider)
		size, ground := drawn.Bounds(), drawn.At(0, 0)
		inner := image.Rect(size.Dx()/12-1, size.Dy()/12-1, size.Dx()-size.Dx()/12+1, size.Dy()-size.Dy()/12+1)
		for i := range size.Dx() * size.Dy() {
			if x, y := i%size.Dx(), i/size.Dx(); !(image.Point{x, y}).In(inner) && drawn.At(x, y) != ground {
				t.Fatalf("%s: something is drawn outside of its frame, at pixel %d,%d of %v", name, x, y, size.Max)
			}
		}
	}
}

// A picture can be made out: enough of it stands out from its card as signs have to (WCAG 2.2, 1.4.11). The cards of
// both high contrasts are as light and darker than these two.
func TestEveryPictureCanBeMadeOutOnLightAndDark(t *testing.T) {
	const least = 0.06
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		looktest.Dressed(t, mode)
		for _, name := range assets.Illustrations() {
			svg, _ := assets.Illustration(name)
			drawn := shown(t, name, svg)
			size, ground := drawn.Bounds(), drawn.At(0, 0)
			stands := 0
			for i := range size.Dx() * size.Dy() {
				if contrast(drawn.At(i%size.Dx(), i/size.Dx()), ground) >= 3 {
					stands++
				}
			}
			if share := float64(stands) / float64(size.Dx()*size.Dy()); share < least {
				t.Errorf("%s, %s: %.3f of the picture stands out from its card, and %.2f should", name, mode, share, least)
			}
		}
	}
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(a, b color.Color) float64 {
	light, dark := luminance(a), luminance(b)
	return (max(light, dark) + 0.05) / (min(light, dark) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		if s := float64(v) / 0xFFFF; s > 0.04045 {
			return math.Pow((s+0.055)/1.055, 2.4)
		}
		return float64(v) / 0xFFFF / 12.92
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
