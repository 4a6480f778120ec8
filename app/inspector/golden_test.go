package inspector_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
)

func paneAt(t *testing.T, mode look.Mode, size fyne.Size, c inspector.Content, tab string) fyne.Canvas {
	t.Helper()
	looktest.Dressed(t, mode)
	v := inspector.New(inspector.English(t))
	v.OnCurl = func() string { return "curl" }
	w := test.NewTempWindow(t, v)
	w.SetPadded(false)
	w.Resize(size)
	v.SetContent(c)
	v.SelectTab(tab)
	return w.Canvas()
}

// onACard is the pane as those see it who hold it, on a card.
func onACard(c fyne.Canvas) fyne.Canvas {
	size := c.Size()
	c.SetContent(container.NewStack(canvas.NewRectangle(theme.Color(look.Card)), c.Content()))
	c.(software.WindowlessCanvas).Resize(size)
	return c
}

func TestEachStateIsDrawnAsAgreed(t *testing.T) {
	redirect, keys := loginRedirect(), jwksResponse()
	followed := tokenStep()
	followed.Followed = verifier
	opaque := tokensStep()
	opaque.Tokens = []inspector.Token{{Name: "Access token", Artefact: "access-token", Raw: "2YotnFZFEjr1zCsicMWpAA", Opaque: true}}
	expired := tokensStep()
	expired.Tokens[0].Says, expired.Tokens[0].Over = "expired 2 min ago", true
	expired.Lives = []inspector.Life{
		{Artefact: "code", Name: "Code", Says: "used, and good only once", Used: true},
		{Artefact: "id-token", Name: "ID token", Says: "expired 2 min ago", Over: true},
		{Artefact: "access-token", Name: "Access token", Says: "good for 4 min 58 s more"},
	}
	for _, s := range []struct {
		name, tab string
		content   inspector.Content
	}{
		{"empty", "words", inspector.Content{}},
		{"words", "words", tokenStep()},
		{"words-refused", "words", failingStep()},
		{"request", "request", tokenStep()},
		{"request-followed", "request", followed},
		{"request-edited", "request", failingStep()},
		{"request-of-a-click", "request", step(clickGesture(), nil, nil)},
		{"response-none-yet", "response", tokenStep()},
		{"response-json", "response", tokensStep()},
		{"response-redirect", "response", step(redirect, nil, redirect)},
		{"response-html", "response", pageStep()},
		{"response-keys", "response", step(keys, nil, keys)},
		{"checks", "checks", tokenStep()},
		{"checks-failed", "checks", failingStep()},
		{"tokens", "tokens", tokensStep()},
		{"tokens-opaque", "tokens", opaque},
		{"calculation", "calculation", step(pkceNote(), nil, nil)},
		{"page", "page", pageStep()},
		{"page-boxes", "page", consentStep()},
		{"tokens-expired", "tokens", expired},
		{"words-lives", "words", expired},
		{"page-of-a-tv", "page", tvStep()},
		{"page-of-an-app", "page", appStep()},
	} {
		t.Run(s.name, func(t *testing.T) {
			test.AssertRendersToMarkup(t, "inspector/"+s.name+".xml", paneAt(t, look.Light, fyne.NewSize(380, 720), s.content, s.tab))
		})
	}
}

func TestThePaneLooksAsAgreed(t *testing.T) {
	for _, s := range []struct {
		mode look.Mode
		tab  string
		c    inspector.Content
	}{{look.Light, "request", tokenStep()}, {look.Dark, "checks", failingStep()}} {
		t.Run(string(s.mode), func(t *testing.T) {
			s.c.Followed = verifier
			test.AssertRendersToImage(t, "inspector/"+string(s.mode)+".png", onACard(paneAt(t, s.mode, fyne.NewSize(400, 640), s.c, s.tab)))
		})
	}
}

// TestWireInksAreReadableOnEveryGroundTheyStandOn covers the pairs that only this pane puts together.
func TestWireInksAreReadableOnEveryGroundTheyStandOn(t *testing.T) {
	wire := []fyne.ThemeColorName{look.WireName, look.WireValue, look.WireKeyword, look.WireQuiet, look.InkSoft, look.OnBand}
	pairs := []look.Pair{
		{Ink: look.WireValue, Ground: look.Selected},
		{Ink: look.Caution, Ground: look.Band},
		{Ink: look.Fail, Ground: look.FailGround},
		{Ink: look.Role(look.ResourceServer).Ink, Ground: look.CardSoft},
		{Ink: look.OnBand, Ground: look.CautionGround},
	}
	for _, ground := range []fyne.ThemeColorName{look.Card, look.CardSoft, look.Band, look.PassGround, look.FailGround} {
		for _, ink := range wire {
			pairs = append(pairs, look.Pair{Ink: ink, Ground: ground})
		}
	}
	for _, mode := range []look.Mode{look.Light, look.Dark, look.HighContrast} {
		th := look.NewTheme(mode)
		for _, p := range pairs {
			if r := contrast(th.Color(p.Ink, theme.VariantLight), th.Color(p.Ground, theme.VariantLight)); r < 4.5 {
				t.Errorf("%s: %s on %s has %.2f", mode, p.Ink, p.Ground, r)
			}
		}
	}
}

// contrast is the ratio of WCAG 2.2 section 1.4.3.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		f := float64(v) / 0xFFFF
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
