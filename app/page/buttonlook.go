package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

const (
	buttonHigh float32 = 36
	leadingPad float32 = 10 // at the ends of a button whose label stands at the left
	leastWide  float32 = 40 // of what stands at the right end, before the label is cut
)

// buttonMeasures are the sizes that go together in a button.
type buttonMeasures struct{ pad, high, icon, gap, size float32 }

func (b *Button) measures() buttonMeasures {
	switch {
	case b.Small:
		return buttonMeasures{pad: 10, high: 26, icon: 14, gap: 4, size: look.Small}
	case b.Soft:
		return buttonMeasures{pad: 16, high: buttonHigh, icon: 14, gap: 4, size: look.Body}
	case b.Label == "":
		return buttonMeasures{pad: 10, high: buttonHigh, icon: 16, gap: look.Gap, size: look.Body}
	}
	return buttonMeasures{pad: 14, high: buttonHigh, icon: 16, gap: look.Gap, size: look.Body}
}

// inks picks the colours by what the button is and how it is; "" is none.
func (b *Button) inks() (ground, line, ink fyne.ThemeColorName) {
	if b.Soft {
		return b.softInks()
	}
	ground, line, ink = look.Card, look.Edge, look.Ink
	if b.Quiet {
		ground, line = "", ""
	}
	switch {
	case b.Disabled():
		return ground, line, look.InkFaint
	case b.Primary:
		return look.Primary, look.Primary, look.OnPrimary
	case b.Chosen:
		return look.Band, "", look.OnBand
	case b.Hovered:
		ground = look.CardSoft
	}
	if b.Holds {
		ink = look.OnBand
	}
	return ground, line, ink
}

func (b *Button) softInks() (ground, line, ink fyne.ThemeColorName) {
	switch {
	case b.Disabled():
		return look.CardSoft, look.Line, look.InkSoft
	case b.Tone != Tone{}:
		ground, line, ink = b.Tone.Ground, look.Edge, b.Tone.Ink
	case b.Primary:
		return look.Primary, "", look.OnPrimary
	case b.Chosen:
		return look.Band, "", look.OnBand
	case b.Quiet:
		ground, line, ink = "", "", look.InkSoft
	default:
		ground, line, ink = look.Card, look.Edge, look.Ink
	}
	if b.Hovered {
		ground = theme.ColorNameHover
	}
	return ground, line, ink
}
