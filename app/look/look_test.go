package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	colours "github.com/grantwalk/grantwalk/flows/telling/palette"
)

func TestEveryPairMeetsWCAGAA(t *testing.T) {
	const least = 4.5 // WCAG 2.2 success criterion 1.4.3, level AA, text below 18 pt
	for _, mode := range Modes() {
		th := NewTheme(mode)
		for _, pair := range Pairs() {
			ink, ground := th.Color(pair.Ink, theme.VariantLight), th.Color(pair.Ground, theme.VariantLight)
			if got := contrast(ink, ground); got < least {
				t.Errorf("%s: %s on %s has contrast %.2f, want %.1f or more", mode, pair.Ink, pair.Ground, got, least)
			}
		}
	}
}

func TestEveryShapeThatCarriesMeaningStandsOut(t *testing.T) {
	const least = 3 // WCAG 2.2 success criterion 1.4.11
	for _, mode := range Modes() {
		th := NewTheme(mode)
		for _, pair := range Shapes() {
			shape, ground := th.Color(pair.Ink, theme.VariantLight), th.Color(pair.Ground, theme.VariantLight)
			if got := contrast(shape, ground); got < least {
				t.Errorf("%s: the shape %s on %s has contrast %.2f, want %d or more", mode, pair.Ink, pair.Ground, got, least)
			}
		}
		bar, _ := th.Color(theme.ColorNameScrollBar, theme.VariantLight).(color.NRGBA)
		for _, ground := range []fyne.ThemeColorName{Card, Ground} {
			below, _ := th.Color(ground, theme.VariantLight).(color.NRGBA)
			if got := contrast(over(bar, below), below); got < least {
				t.Errorf("%s: a scroll bar on %s has contrast %.2f, want %d or more", mode, ground, got, least)
			}
		}
	}
}

// over is what is seen of a colour that lets another one through.
func over(above, below color.NRGBA) color.Color {
	mix := func(a, b uint8) uint8 {
		return uint8((uint32(a)*uint32(above.A) + uint32(b)*(255-uint32(above.A))) / 255)
	}
	return color.NRGBA{R: mix(above.R, below.R), G: mix(above.G, below.G), B: mix(above.B, below.B), A: 0xFF}
}

func TestContrastIsTheOneOfWCAG(t *testing.T) {
	if got := contrast(color.Black, color.White); math.Abs(got-21) > 0.001 {
		t.Errorf("black on white: got %.3f, want 21", got)
	}
	// #777777 on white is the well-known grey that just misses AA.
	if got := contrast(color.NRGBA{R: 0x77, G: 0x77, B: 0x77, A: 0xFF}, color.White); math.Abs(got-4.48) > 0.005 {
		t.Errorf("#777777 on white: got %.3f, want 4.48", got)
	}
}

// TestAThemeChangesColorsAndNoMeasure lets a tour at one size stand for that size in every theme.
func TestAThemeChangesColorsAndNoMeasure(t *testing.T) {
	for _, mode := range []Mode{Dark, HighContrast, HighContrastLight, System} {
		for _, name := range []fyne.ThemeSizeName{
			theme.SizeNameText, theme.SizeNameCaptionText, theme.SizeNameHeadingText, theme.SizeNameSubHeadingText, theme.SizeNamePadding,
			theme.SizeNameInnerPadding, theme.SizeNameLineSpacing, theme.SizeNameScrollBar, theme.SizeNameInputBorder, theme.SizeNameInlineIcon,
		} {
			if got, want := NewTheme(mode).Size(name), NewTheme(Light).Size(name); got != want {
				t.Errorf("in the theme %v %s is %v, in the light one %v", mode, name, got, want)
			}
		}
		style := fyne.TextStyle{Bold: true}
		if NewTheme(mode).Font(style) != NewTheme(Light).Font(style) {
			t.Errorf("the theme %v has a face of its own", mode)
		}
	}
}

func TestEveryPaletteNamesTheSameColours(t *testing.T) {
	for name := range lightPalette {
		if darkPalette[name] == nil || highContrastPalette[name] == nil || highContrastLight[name] == nil {
			t.Errorf("%s is not in every palette", name)
		}
	}
	for _, other := range []palette{darkPalette, highContrastPalette, highContrastLight} {
		if len(other) != len(lightPalette) {
			t.Errorf("palettes differ in size: %d and %d", len(lightPalette), len(other))
		}
	}
	for fynes, ours := range fyneToOurs {
		if lightPalette[ours] == nil {
			t.Errorf("%s stands for %s, which no palette has", fynes, ours)
		}
	}
}

func TestEveryIconTakesTheColourOfItsName(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Light))
	for _, name := range append(Icons(), colours.Artefacts()...) {
		icon := IconIn(name, Fail)
		themed, ok := icon.(fyne.ThemedResource)
		if !ok || themed.ThemeColorName() != Fail {
			t.Errorf("icon %s: got %T, want one themed by %s", name, icon, Fail)
		}
		if len(icon.Content()) == 0 {
			t.Errorf("icon %s is empty", name)
		}
		if a, b := string(IconIn(name, Fail).Content()), string(IconIn(name, Pass).Content()); a == b {
			t.Errorf("icon %s looks the same in two colours", name)
		}
	}
}

func TestAnUnknownIconIsEmptyAndDoesNotPanic(t *testing.T) {
	test.NewTempApp(t)
	if Icon("no such icon") == nil {
		t.Error("got nil, want a resource")
	}
}

func TestTheFocusRingShowsOnlyWithFocus(t *testing.T) {
	test.NewTempApp(t)
	ring := NewFocusRing()
	if ring.Visible() {
		t.Error("a new ring is visible")
	}
	SetFocusRing(ring, true, color.White)
	if !ring.Visible() || ring.StrokeColor != color.White {
		t.Error("the ring does not show the focus")
	}
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	channel := func(v uint32) float64 {
		s := float64(v) / 0xFFFF
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(r) + 0.7152*channel(g) + 0.0722*channel(b)
}
