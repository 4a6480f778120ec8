package inspector_test

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// modules is a square that looks like a code: no two of its rows are alike.
func modules(n int) page.Modules {
	out := make(page.Modules, n)
	for y := range out {
		out[y] = make([]bool, n)
		for x := range out[y] {
			out[y][x] = x == y || x == 0 || y == n-1 || (x*y+x)%3 == 1
		}
	}
	return out
}

func appGesture(verb string) *trace.Message {
	return &trace.Message{
		Step: "shows", Kind: trace.Gesture, From: trace.Client, To: trace.ResourceOwner, Channel: trace.Local, At: now(),
		Act: &trace.Act{Verb: verb},
	}
}

func tvStep() inspector.Content {
	c := step(appGesture("shows"), nil, nil)
	c.Page = &inspector.Page{Frame: inspector.TV, Title: "Travel TV", Blocks: []inspector.Block{
		{Heading: "Go on with your phone"},
		{Pairing: &inspector.Pairing{Code: "KHHN-WDGS", Address: "https://idp.example/realms/demo/device", QR: modules(33)}},
	}}
	return c
}

func appStep() inspector.Content {
	c := step(appGesture("types"), nil, nil)
	c.Page = &inspector.Page{Frame: inspector.Window, Title: "Old desktop app", Note: "The app has every letter.", Blocks: []inspector.Block{
		{Input: &inspector.Input{Name: "username", Label: "Username", Value: "jane"}},
		{Input: &inspector.Input{Name: "password", Label: "Password", Value: "secret", Password: true}},
		{Buttons: []inspector.Button{{Label: "Sign in", Primary: true}}},
		{Lines: []string{"Flight BA 117", "Flight BA 118"}},
	}}
	return c
}

// pictureOn returns what is drawn where the code is, in pixels.
func pictureOn(t *testing.T, c fyne.Canvas, scale float32) image.Image {
	t.Helper()
	for _, s := range everything(c.Content(), fyne.Position{}) {
		r, ok := s.object.(*canvas.Raster)
		if !ok {
			continue
		}
		px := func(v float32) int { return int(v*scale + 0.5) }
		at := image.Pt(px(s.at.X), px(s.at.Y))
		whole, ok := c.Capture().(interface {
			SubImage(r image.Rectangle) image.Image
		})
		if !ok {
			t.Fatal("the capture cannot be cut")
		}
		corner := whole.SubImage(image.Rectangle{Min: at, Max: at.Add(image.Pt(1, 1))})
		if luminance(corner.At(at.X, at.Y)) < 1 {
			at = at.Add(image.Pt(1, 1)) // the edge of a picture may lie between two pixels
		}
		return whole.SubImage(image.Rectangle{Min: at, Max: at.Add(image.Pt(px(r.Size().Width), px(r.Size().Height)))})
	}
	t.Fatal("no picture is drawn")
	return nil
}

// The picture is read back as a camera does: every pixel of every module, and the white around them.
func TestACodeIsBlackOnWhiteInWholePixelsWithAMarginOfFourModules(t *testing.T) {
	code := modules(33)
	for _, tt := range []struct {
		name  string
		mode  look.Mode
		width float32
		scale float32
	}{
		{"light, next to the words", look.Light, 440, 1},
		{"dark, over the words", look.Dark, 340, 1},
		{"high contrast", look.HighContrast, 440, 1},
		{"at 150 %", look.Dark, 440, 1.5},
		{"at 125 %", look.Light, 400, 1.25},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := paneAt(t, tt.mode, fyne.NewSize(tt.width, 800), tvStep(), "page")
			if scaled, ok := c.(interface{ SetScale(s float32) }); ok {
				scaled.SetScale(tt.scale)
			}
			readBack(t, pictureOn(t, c, tt.scale), code)
		})
	}
}

// readBack fails where a pixel of a picture is not that of the code.
func readBack(t *testing.T, picture image.Image, code page.Modules) {
	t.Helper()
	const margin = 4
	b, n := picture.Bounds(), len(code)
	px := min(b.Dx(), b.Dy()) / (n + 2*margin)
	if px < 3 {
		t.Fatalf("a module has %d pixels: too fine for a camera", px)
	}
	left, top := b.Min.X+(b.Dx()-px*n)/2, b.Min.Y+(b.Dy()-px*n)/2
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			want := color.Gray{Y: 0xFF}
			inside := x >= left && y >= top && x < left+px*n && y < top+px*n
			if inside && code[(y-top)/px][(x-left)/px] {
				want = color.Gray{}
			}
			r, g, bl, _ := picture.At(x, y).RGBA()
			if w := uint32(want.Y) * 0x101; r != w || g != w || bl != w {
				t.Fatalf("the pixel %d,%d is %v, want %v", x-left, y-top, picture.At(x, y), want)
			}
		}
	}
	if left-b.Min.X < margin*px || top-b.Min.Y < margin*px {
		t.Errorf("the margin is %d,%d pixels, want %d", left-b.Min.X, top-b.Min.Y, margin*px)
	}
}

func TestAnAppsOwnScreenIsLookedAtAndNotUsed(t *testing.T) {
	v := paneOn(t, "page", appStep())
	v.OnPage = func(string, string, map[string]string) { t.Error("a button worked") }
	tapText(t, v, "Sign in")
	for _, want := range []string{"Old desktop app", "jane", "••••••", "The app has every letter", "Flight BA 118", "Screen"} {
		if !shows(v, want) {
			t.Errorf("%q is missing in %q", want, textsOf(v))
		}
	}
	if shows(v, "secret") || shows(v, "The moment to use this page has passed") {
		t.Errorf("shows %q", textsOf(v))
	}
	for _, s := range everything(v, fyne.Position{}) {
		if _, ok := s.object.(*page.Field); ok {
			t.Error("a field can be typed into")
		}
	}
}

func TestATVWithoutAPictureStillShowsCodeAndAddress(t *testing.T) {
	c := tvStep()
	c.Page.Blocks[1].Pairing.QR = nil
	v := paneOn(t, "page", c)
	if !shows(v, "KHHN-WDGS") || !shows(v, "https://idp.example/realms/demo/device") || shows(v, "Scan") {
		t.Errorf("shows %q", textsOf(v))
	}
	for _, s := range everything(v, fyne.Position{}) {
		if _, ok := s.object.(*canvas.Raster); ok {
			t.Error("a picture of nothing is drawn")
		}
	}
}

func TestAScreenFollowsAPageAndAPageAScreen(t *testing.T) {
	v := paneOn(t, "page", tvStep())
	for _, c := range []inspector.Content{pageStep(), appStep(), tvStep(), pageStep()} {
		v.SetContent(c)
		code := c.Page.Frame == inspector.TV
		if shows(v, "KHHN-WDGS") != code || shows(v, "idp.example/realms/demo/proto") != (c.Page.Frame == inspector.Browser) {
			t.Errorf("in the frame %q: %q", c.Page.Frame, textsOf(v))
		}
	}
	test.Type(entryOf(t, v, 1), "x") // the page works as before
}

func TestTheTVLooksAsAgreed(t *testing.T) {
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		t.Run(string(mode), func(t *testing.T) {
			test.AssertRendersToImage(t, "inspector/tv-"+string(mode)+".png", onACard(paneAt(t, mode, fyne.NewSize(440, 460), tvStep(), "page")))
		})
	}
}
