package palette

import (
	"fmt"
	"strings"
)

// Style fills the colours of the light and the dark theme into a style sheet:
// where $light and $dark stand, as custom properties of CSS, such as --ink.
func Style(css string) string {
	return strings.NewReplacer("$light", Light().properties(), "$dark", Dark().properties()).Replace(css)
}

func (p Palette) properties() string {
	var b strings.Builder
	for _, one := range []struct {
		name  string
		color uint32
	}{
		{"ink", p.Ink},
		{"soft", p.InkSoft},
		{"line", p.Line},
		{"ground", p.Ground},
		{"card", p.Card},
		{"inset", p.CardSoft},
		{"quiet", p.Quiet},
		{"arrow", p.Arrow},
		{"lifeline", p.Lifeline},
		{"band", p.Band},
		{"on-band", p.OnBand},
		{"focus", p.Focus},
		{"pass", p.Pass},
		{"pass-ground", p.PassGround},
		{"fail", p.Fail},
		{"fail-ground", p.FailGround},
		{"caution", p.Caution},
		{"caution-ground", p.CautionGround},
	} {
		fmt.Fprintf(&b, "--%s: #%06x; ", one.name, one.color)
	}
	return b.String()
}
