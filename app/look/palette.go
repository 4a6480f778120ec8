package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	colours "github.com/grantwalk/grantwalk/flows/telling/palette"
)

type palette map[fyne.ThemeColorName]color.Color

// The tables below are read on every refresh, so they are made once.
//
//nolint:gochecknoglobals // immutable tables, read on every refresh; building them per call costs a map each
var (
	// Fyne's own names of colours and ours, for the widgets that we did not write.
	fyneToOurs = map[fyne.ThemeColorName]fyne.ThemeColorName{
		theme.ColorNameBackground:          Ground,
		theme.ColorNameButton:              Card,
		theme.ColorNameDisabledButton:      CardSoft,
		theme.ColorNameForeground:          Ink,
		theme.ColorNamePlaceHolder:         InkSoft,
		theme.ColorNamePrimary:             Primary,
		theme.ColorNameForegroundOnPrimary: OnPrimary,
		theme.ColorNameHyperlink:           OnBand,
		theme.ColorNameFocus:               Band,
		theme.ColorNameInputBackground:     CardSoft,
		theme.ColorNameInputBorder:         Edge,
		theme.ColorNameMenuBackground:      CardSoft,
		theme.ColorNameOverlayBackground:   Card,
		theme.ColorNameHeaderBackground:    CardSoft,
		theme.ColorNameSeparator:           Line,
		theme.ColorNameError:               Fail,
		theme.ColorNameSuccess:             Pass,
		theme.ColorNameWarning:             Caution,
	}
	lightPalette        = named(colours.Light())
	darkPalette         = named(colours.Dark())
	highContrastPalette = named(colours.HighContrast())
	highContrastLight   = named(colours.HighContrastLight())
)

// named files the colours of a theme under the names by which widgets ask for them.
func named(c colours.Palette) palette {
	p := palette{
		Ink: RGB(c.Ink), InkSoft: RGB(c.InkSoft), InkFaint: RGB(c.InkFaint),
		Line: RGB(c.Line), Ground: RGB(c.Ground), Card: RGB(c.Card), CardSoft: RGB(c.CardSoft),
		Primary: RGB(c.Primary), OnPrimary: RGB(c.OnPrimary), Band: RGB(c.Band), OnBand: RGB(c.OnBand), Past: RGB(c.Past),
		Arrow: RGB(c.Arrow), ArrowSoft: RGB(c.ArrowSoft), Lifeline: RGB(c.Lifeline),
		Edge: RGB(c.Edge), Quiet: RGB(c.Quiet), Selected: RGB(c.Selected), Focus: RGB(c.Focus),
		Pass: RGB(c.Pass), PassGround: RGB(c.PassGround), Fail: RGB(c.Fail), FailGround: RGB(c.FailGround),
		Caution: RGB(c.Caution), CautionGround: RGB(c.CautionGround),
		WireName: RGB(c.WireName), WireValue: RGB(c.WireValue), WireKeyword: RGB(c.WireKeyword), WireQuiet: RGB(c.WireQuiet),
	}
	for _, id := range colours.Roles() {
		p.add(Role(id), c.Role(id))
	}
	for _, id := range colours.Artefacts() {
		p.add(Artefact(id), c.Artefact(id))
	}
	return p
}

func (p palette) add(name Tone, t colours.Tone) {
	p[name.Ink], p[name.Ground], p[name.Line] = RGB(t.Ink), RGB(t.Ground), RGB(t.Line)
}

// RGB is the colour of a palette for what draws.
func RGB(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xFF} //nolint:gosec // three bytes of one number
}
