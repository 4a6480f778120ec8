package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
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
		theme.ColorNameSelection:           Band,
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
	lightPalette = hexPalette(map[fyne.ThemeColorName]uint32{
		Ink: 0x1C2433, InkSoft: 0x5A6680, InkFaint: 0x606A80, Line: 0xE1E6EF, Ground: 0xF3F5F9, Card: 0xFFFFFF, CardSoft: 0xF7F8FC,
		Primary: 0x4A3AFF, OnPrimary: 0xFFFFFF, Band: 0xECE9FF, OnBand: 0x3A2BD6, Past: 0x8F86FF, Arrow: 0x38445C, Selected: 0xFFE3A3, Focus: 0x4A3AFF,
		ArrowSoft: 0xA9B3C6, Edge: 0xC6CEDC, Quiet: 0xE6EAF2,
		Pass: 0x0B6B4F, PassGround: 0xE0F4EC, Fail: 0xA31D24, FailGround: 0xFBE3E4, Caution: 0x8A4B00, CautionGround: 0xFDEEDC,
		WireName: 0x5B2BC4, WireValue: 0x1C2433, WireKeyword: 0x0F4FBF, WireQuiet: 0x5A6680,
	}, map[string][3]uint32{
		"gw-role-" + ResourceOwner:       {0x9A5C00, 0xFDF3E4, 0xF0C98A},
		"gw-role-" + UserAgent:           {0x55627A, 0xF0F2F5, 0xC3CBD8},
		"gw-role-" + Client:              {0x1F63E0, 0xEAF1FE, 0xA9C5F8},
		"gw-role-" + AuthorizationServer: {0x6D3BE8, 0xF3EEFE, 0xCDB8FA},
		"gw-role-" + ResourceServer:      {0x0A776D, 0xE9F5F3, 0x9CD4CB},
		"gw-role-" + Attacker:            {0xC3272F, 0xFDECEC, 0xF2B3B6},
		"gw-artefact-" + Code:            {0x4A3200, 0xFFB020, 0xE09400},
		"gw-artefact-" + AccessToken:     {0x4F2100, 0xFF9A5C, 0xE57730},
		"gw-artefact-" + IDToken:         {0x3B1A9E, 0xDCCEFF, 0xB79BFF},
		"gw-artefact-" + RefreshToken:    {0x0B5A33, 0xBFEBD0, 0x7FD0A0},
		"gw-artefact-" + Secret:          {0x2F3B52, 0xDDE3EE, 0xB4BFD2},
	})
	darkPalette = hexPalette(map[fyne.ThemeColorName]uint32{
		Ink: 0xF1F3F9, InkSoft: 0xA6B0C6, InkFaint: 0x8E98AF, Line: 0x323549, Ground: 0x12131C, Card: 0x1B1D2A, CardSoft: 0x232636,
		Primary: 0x5B4DFF, OnPrimary: 0xFFFFFF, Band: 0x2D2A52, OnBand: 0xC9C2FF, Past: 0x7A6FFF, Arrow: 0xC3CADB, Selected: 0x6B4E0C, Focus: 0xA99FFF,
		ArrowSoft: 0x5B637A, Edge: 0x474C63, Quiet: 0x2B2E40,
		Pass: 0x6FDDB4, PassGround: 0x12372B, Fail: 0xFF9BA0, FailGround: 0x43191D, Caution: 0xFFC27A, CautionGround: 0x3F2A10,
		WireName: 0xC5A9FF, WireValue: 0xF1F3F9, WireKeyword: 0x8FB8FF, WireQuiet: 0xA6B0C6,
	}, map[string][3]uint32{
		"gw-role-" + ResourceOwner:       {0xF2B45C, 0x2E2618, 0x7A5A26},
		"gw-role-" + UserAgent:           {0xB3BDCF, 0x252936, 0x535D73},
		"gw-role-" + Client:              {0x7FABFF, 0x1C2740, 0x3B5C9E},
		"gw-role-" + AuthorizationServer: {0xBB9EFF, 0x292340, 0x644FA8},
		"gw-role-" + ResourceServer:      {0x5FD0C2, 0x16302E, 0x2C756C},
		"gw-role-" + Attacker:            {0xFF9499, 0x3A1B1F, 0x8F3B41},
		"gw-artefact-" + Code:            {0x3A2700, 0xFFB020, 0xFFC55C},
		"gw-artefact-" + AccessToken:     {0x431B00, 0xFF9A5C, 0xFFB98F},
		"gw-artefact-" + IDToken:         {0x230B70, 0xBFA6FF, 0xD6C6FF},
		"gw-artefact-" + RefreshToken:    {0x06391F, 0x83D9A6, 0xA9E8C2},
		"gw-artefact-" + Secret:          {0x1B2333, 0xB9C3D8, 0xD3DAE8},
	})
	highContrastPalette = hexPalette(map[fyne.ThemeColorName]uint32{
		Ink: 0xFFFFFF, InkSoft: 0xE6E9F0, InkFaint: 0xB8BECC, Line: 0x7A8296, Ground: 0x000000, Card: 0x000000, CardSoft: 0x14151C,
		Primary: 0xFFE14D, OnPrimary: 0x000000, Band: 0x2B2600, OnBand: 0xFFE14D, Past: 0xC9B23D, Arrow: 0xFFFFFF, Selected: 0x6B4E0C, Focus: 0xFFE14D,
		ArrowSoft: 0x8A93A8, Edge: 0xB8BECC, Quiet: 0x1F2128,
		Pass: 0x7DFFC8, PassGround: 0x00291B, Fail: 0xFFA6AA, FailGround: 0x3D0005, Caution: 0xFFD08A, CautionGround: 0x332000,
		WireName: 0xD9C6FF, WireValue: 0xFFFFFF, WireKeyword: 0xA9CBFF, WireQuiet: 0xE6E9F0,
	}, map[string][3]uint32{
		"gw-role-" + ResourceOwner:       {0xFFC871, 0x241A05, 0xFFC871},
		"gw-role-" + UserAgent:           {0xDDE3EE, 0x1A1D26, 0xDDE3EE},
		"gw-role-" + Client:              {0x9FC2FF, 0x0A1730, 0x9FC2FF},
		"gw-role-" + AuthorizationServer: {0xD2BDFF, 0x1C1236, 0xD2BDFF},
		"gw-role-" + ResourceServer:      {0x80EBDD, 0x052421, 0x80EBDD},
		"gw-role-" + Attacker:            {0xFFA6AA, 0x2E0508, 0xFFA6AA},
		"gw-artefact-" + Code:            {0x000000, 0xFFB020, 0xFFFFFF},
		"gw-artefact-" + AccessToken:     {0x000000, 0xFF9A5C, 0xFFFFFF},
		"gw-artefact-" + IDToken:         {0x000000, 0xCDB8FF, 0xFFFFFF},
		"gw-artefact-" + RefreshToken:    {0x000000, 0x8CE6B0, 0xFFFFFF},
		"gw-artefact-" + Secret:          {0x000000, 0xDDE3EE, 0xFFFFFF},
	})
)

func hexPalette(plain map[fyne.ThemeColorName]uint32, tones map[string][3]uint32) palette {
	p := make(palette, len(plain)+3*len(tones))
	for name, hex := range plain {
		p[name] = rgb(hex)
	}
	for prefix, t := range tones {
		n := tone(prefix)
		p[n.Ink], p[n.Ground], p[n.Line] = rgb(t[0]), rgb(t[1]), rgb(t[2])
	}
	return p
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xFF} //nolint:gosec // three bytes of one number
}
