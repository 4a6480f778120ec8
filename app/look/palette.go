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
		Ink: rgb(c.Ink), InkSoft: rgb(c.InkSoft), InkFaint: rgb(c.InkFaint),
		Line: rgb(c.Line), Ground: rgb(c.Ground), Card: rgb(c.Card), CardSoft: rgb(c.CardSoft),
		Primary: rgb(c.Primary), OnPrimary: rgb(c.OnPrimary), Band: rgb(c.Band), OnBand: rgb(c.OnBand), Past: rgb(c.Past),
		Arrow: rgb(c.Arrow), ArrowSoft: rgb(c.ArrowSoft), Lifeline: rgb(c.Lifeline),
		Edge: rgb(c.Edge), Quiet: rgb(c.Quiet), Selected: rgb(c.Selected), Focus: rgb(c.Focus),
		Pass: rgb(c.Pass), PassGround: rgb(c.PassGround), Fail: rgb(c.Fail), FailGround: rgb(c.FailGround),
		Caution: rgb(c.Caution), CautionGround: rgb(c.CautionGround),
		WireName: rgb(c.WireName), WireValue: rgb(c.WireValue), WireKeyword: rgb(c.WireKeyword), WireQuiet: rgb(c.WireQuiet),
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
	p[name.Ink], p[name.Ground], p[name.Line] = rgb(t.Ink), rgb(t.Ground), rgb(t.Line)
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xFF} //nolint:gosec // three bytes of one number
}
