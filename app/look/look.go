// Package look is how Grantwalk looks: colours, sizes, fonts and icons, each
// by the role that it plays and never by its value.
//
// Widgets ask for a colour by name when they refresh:
//
//	text.Color = theme.Color(look.Role(look.Client).Ink)
//
// so that light, dark and high contrast need no code of their own. The package
// knows the parties of a flow by id only; it knows no protocol.
package look

import (
	"slices"

	"fyne.io/fyne/v2"

	colours "github.com/grantwalk/grantwalk/flows/telling/palette"
)

// Colours by the role that they play. Every pair of ink and ground that the
// screens put together is listed by [Pairs] and held to WCAG AA by a test.
const (
	Ink       fyne.ThemeColorName = "gw-ink"       // body text
	InkSoft   fyne.ThemeColorName = "gw-ink-soft"  // secondary text
	InkFaint  fyne.ThemeColorName = "gw-ink-faint" // what has not happened yet
	Line      fyne.ThemeColorName = "gw-line"      // borders that nothing depends on
	Lifeline  fyne.ThemeColorName = "gw-lifeline"
	Ground    fyne.ThemeColorName = "gw-ground"    // behind the cards
	Card      fyne.ThemeColorName = "gw-card"      // panes
	CardSoft  fyne.ThemeColorName = "gw-card-soft" // code blocks and other insets on a card
	Primary   fyne.ThemeColorName = "gw-primary"   // the one filled button, the current step
	OnPrimary fyne.ThemeColorName = "gw-on-primary"
	Band      fyne.ThemeColorName = "gw-band"       // behind the current arrow, the chosen entry of the rail
	OnBand    fyne.ThemeColorName = "gw-on-band"    // text on Band
	Past      fyne.ThemeColorName = "gw-past"       // segments of steps that are done
	Arrow     fyne.ThemeColorName = "gw-arrow"      // arrows that crossed
	Edge      fyne.ThemeColorName = "gw-edge"       // borders of what can be pressed; never text
	ArrowSoft fyne.ThemeColorName = "gw-arrow-soft" // arrows still to come; never text
	Quiet     fyne.ThemeColorName = "gw-quiet"      // behind numbers of done steps and quiet badges
	Selected  fyne.ThemeColorName = "gw-selected"   // the value that is being followed, wherever it appears
	Focus     fyne.ThemeColorName = "gw-focus"      // focus ring

	Pass          fyne.ThemeColorName = "gw-pass"
	PassGround    fyne.ThemeColorName = "gw-pass-ground"
	Fail          fyne.ThemeColorName = "gw-fail"
	FailGround    fyne.ThemeColorName = "gw-fail-ground"
	Caution       fyne.ThemeColorName = "gw-caution"
	CautionGround fyne.ThemeColorName = "gw-caution-ground"

	WireName    fyne.ThemeColorName = "gw-wire-name"    // parameter, header and claim names on the wire
	WireValue   fyne.ThemeColorName = "gw-wire-value"   // their values
	WireKeyword fyne.ThemeColorName = "gw-wire-keyword" // method, status line
	WireQuiet   fyne.ThemeColorName = "gw-wire-quiet"   // punctuation
)

// The parties of a flow, by their ids.
const (
	ResourceOwner       = colours.ResourceOwner
	UserAgent           = colours.UserAgent
	Client              = colours.Client
	OtherClient         = colours.OtherClient
	AuthorizationServer = colours.AuthorizationServer
	ResourceServer      = colours.ResourceServer
	Attacker            = colours.Attacker
)

// The artefacts that travel. Each keeps one colour everywhere.
const (
	Code         = colours.Code
	AccessToken  = colours.AccessToken
	IDToken      = colours.IDToken
	RefreshToken = colours.RefreshToken
	Secret       = colours.Secret
	ClientSecret = colours.ClientSecret
	Password     = colours.Password
)

// Tone names the three colours of a party or an artefact.
type Tone struct {
	Ink    fyne.ThemeColorName // text and icon on Ground, and on Card
	Ground fyne.ThemeColorName // fill
	Line   fyne.ThemeColorName // border
}

// Role returns the tone of a party; an unknown one gets the user agent's.
func Role(id string) Tone {
	if slices.Contains(colours.Roles(), id) {
		return tone("gw-role-" + id)
	}
	return tone("gw-role-" + UserAgent)
}

// Artefact returns the tone of an artefact; an unknown one gets the secret's.
func Artefact(id string) Tone {
	if slices.Contains(colours.Artefacts(), id) {
		return tone("gw-artefact-" + id)
	}
	return tone("gw-artefact-" + Secret)
}

func tone(prefix string) Tone {
	return Tone{
		Ink:    fyne.ThemeColorName(prefix),
		Ground: fyne.ThemeColorName(prefix + "-ground"),
		Line:   fyne.ThemeColorName(prefix + "-line"),
	}
}

// Text sizes in Fyne's scale-independent pixels. Nothing that matters is smaller than Small.
const (
	Body    float32 = 14
	Small   float32 = 12
	Mono    float32 = 12.5
	Heading float32 = 18
	Title   float32 = 20
)

// Spaces between things, and radii.
const (
	Gap    float32 = 8  // between things that belong together
	Gutter float32 = 16 // between panes, and inside them
	Radius float32 = 10 // cards
	Round  float32 = 6  // buttons, badges, code blocks
)
