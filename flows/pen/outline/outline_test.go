package outline_test

import (
	"bytes"
	"image"
	"testing"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"

	"github.com/grantwalk/grantwalk/assets"
	"github.com/grantwalk/grantwalk/flows/pen/outline"
)

const wide, high = 450, 150

// painted is an SVG drawn by one filler or another.
func painted(t *testing.T, svg []byte, filler func(on *image.RGBA) rasterx.Scanner) *image.RGBA {
	t.Helper()
	on := image.NewRGBA(image.Rect(0, 0, wide, high))
	icon, err := oksvg.ReadIconStream(bytes.NewReader(svg), oksvg.IgnoreErrorMode)
	if err != nil {
		t.Fatal(err)
	}
	icon.SetTarget(0, 0, wide, high)
	icon.Draw(rasterx.NewDasher(wide, high, filler(on)), 1)
	return on
}

func ours(on *image.RGBA) rasterx.Scanner { return outline.On(on, on.Rect) }

func theirs(on *image.RGBA) rasterx.Scanner {
	return rasterx.NewScannerGV(wide, high, on, on.Rect)
}

// apart is by how much two images differ at most, of 255.
func apart(a, b *image.RGBA) int {
	most := 0
	for i := range a.Pix {
		most = max(most, int(a.Pix[i])-int(b.Pix[i]), int(b.Pix[i])-int(a.Pix[i]))
	}
	return most
}

func TestEveryIllustrationLooksAsTheLibraryDrawsIt(t *testing.T) {
	for _, name := range assets.Illustrations() {
		svg, _ := assets.Illustration(name)
		if by := apart(painted(t, svg, ours), painted(t, svg, theirs)); by > 1 {
			t.Errorf("%s: a pixel differs by %d of 255", name, by)
		}
	}
}

func TestWhatReachesBeyondTheImageIsCutOff(t *testing.T) {
	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">
		<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient></defs>
		<circle cx="0" cy="0" r="20" fill="#0a0"/><path d="M80 20 L120 -40 L120 80 Z" fill="url(#g)"/><path d="M-90 2 h9 v9 z"/></svg>`)
	if by := apart(painted(t, svg, ours), painted(t, svg, theirs)); by > 1 {
		t.Errorf("a pixel differs by %d of 255", by)
	}
}

func TestNothingIsPaintedOutsideOfWhatMayBe(t *testing.T) {
	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30" fill="#fff"/></svg>`)
	part := image.Rect(100, 20, 200, 60)
	on := painted(t, svg, func(on *image.RGBA) rasterx.Scanner { return outline.On(on, part) })
	for y := range high {
		for x := range wide {
			if inside := (image.Point{X: x, Y: y}).In(part); inside != (on.RGBAAt(x, y).A == 255) {
				t.Fatalf("that %d, %d is painted is %t, and that it may be %t", x, y, !inside, inside)
			}
		}
	}
}
