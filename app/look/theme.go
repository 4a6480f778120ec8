package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Mode is a person's choice of light.
type Mode string

// The modes. System follows the desktop.
const (
	System       Mode = "system"
	Light        Mode = "light"
	Dark         Mode = "dark"
	HighContrast Mode = "high-contrast"
	// HighContrastLight is for lit rooms, and for whom light on black glares.
	HighContrastLight Mode = "high-contrast-light"
)

// Modes lists the modes in the order in which the menu offers them.
func Modes() []Mode { return []Mode{System, Light, Dark, HighContrast, HighContrastLight} }

// Theme is the [fyne.Theme] of the whole window.
type Theme struct {
	mode Mode
}

var _ fyne.Theme = (*Theme)(nil)

// NewTheme returns the theme for a mode; an unknown mode is [System].
func NewTheme(mode Mode) *Theme { return &Theme{mode: mode} }

// Wear puts the theme of a mode on, unless it is on: for one that is put on Fyne reads every font anew.
func Wear(s fyne.Settings, mode Mode) {
	if worn, ours := s.Theme().(*Theme); !ours || worn.mode != mode {
		s.SetTheme(NewTheme(mode))
	}
}

// Color returns the colour of that name, ours or one of Fyne's own.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	p := t.palette(variant)
	if c, ok := p[name]; ok {
		return c
	}
	if ours, ok := fyneToOurs[name]; ok {
		return p[ours]
	}
	switch name {
	case theme.ColorNameHover:
		return withAlpha(p[Ink], 0x12)
	case theme.ColorNamePressed:
		return withAlpha(p[Ink], 0x24)
	case theme.ColorNameScrollBar:
		return withAlpha(p[InkSoft], scrollBarAlpha)
	case theme.ColorNameScrollBarBackground:
		return color.Transparent
	case theme.ColorNameShadow:
		return color.NRGBA{R: 0x0A, G: 0x0C, B: 0x18, A: 0x66}
	case theme.ColorNameSelection:
		return withAlpha(p[Primary], 0x48)
	case theme.ColorNameDisabled:
		return p[InkFaint]
	}
	if t.dark(variant) {
		variant = theme.VariantDark
	} else {
		variant = theme.VariantLight
	}
	return theme.DefaultTheme().Color(name, variant)
}

// Font returns Fyne's bundled faces.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(style) }

// Icon returns Fyne's bundled icons; our own are in assets.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// Size returns the size of that name.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return Body
	case theme.SizeNameCaptionText:
		return Small
	case theme.SizeNameHeadingText:
		return Title
	case theme.SizeNameSubHeadingText:
		return Heading
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return Round
	case theme.SizeNameScrollBar:
		return 10
	case theme.SizeNameScrollBarSmall:
		return 4
	case theme.SizeNameSeparatorThickness:
		return 1
	case theme.SizeNameModalBlurRadius:
		return 0 // without a graphics card a blur of the whole window costs five times what is in it
	}
	return theme.DefaultTheme().Size(name)
}

// Flat returns the theme of the running app without its shadows. Fyne draws
// one at the edge of every list and under every divider; on calm panes they are
// dirt, while a card that lies over the window needs one.
func Flat() fyne.Theme { return flat{} }

type flat struct{}

func (flat) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if name == theme.ColorNameShadow {
		return color.Transparent
	}
	return current().Color(name, variant)
}

func (flat) Font(style fyne.TextStyle) fyne.Resource    { return current().Font(style) }
func (flat) Icon(name fyne.ThemeIconName) fyne.Resource { return current().Icon(name) }
func (flat) Size(name fyne.ThemeSizeName) float32       { return current().Size(name) }
func current() fyne.Theme                               { return fyne.CurrentApp().Settings().Theme() }

func (t *Theme) dark(variant fyne.ThemeVariant) bool {
	switch t.mode {
	case Dark, HighContrast:
		return true
	case Light, HighContrastLight:
		return false
	case System:
	}
	return variant == theme.VariantDark
}

func (t *Theme) palette(variant fyne.ThemeVariant) palette {
	switch {
	case t.mode == HighContrast:
		return highContrastPalette
	case t.mode == HighContrastLight:
		return highContrastLight
	case t.dark(variant):
		return darkPalette
	default:
		return lightPalette
	}
}

// scrollBarAlpha lets what is below a scroll bar be seen, and the bar too.
const scrollBarAlpha = 0xC0

func withAlpha(c color.Color, a uint8) color.Color {
	n, _ := c.(color.NRGBA)
	n.A = a
	return n
}
