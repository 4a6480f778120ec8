package diagram

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// style is what a row looks like, as names of colours.
type style struct {
	label, line              fyne.ThemeColorName
	discFill, discLine, step fyne.ThemeColorName // the number's disc, its border, the number
	band                     fyne.ThemeColorName // "" where there is none
	bold, dashed             bool
	thick                    float32 // of a single line
}

// styleOf returns the style of an arrow. An arrow that did not cross yet is
// never red: what will be refused is not known before.
func styleOf(state State, current, red bool) style {
	s := style{thick: 2}
	switch {
	case state == Future:
		s.label, s.line, s.dashed = look.InkFaint, look.ArrowSoft, true
		s.discFill, s.discLine, s.step = look.Card, look.Line, look.InkFaint
	case state == Waiting:
		s.label, s.line, s.dashed = look.InkSoft, look.ArrowSoft, true
		s.discFill, s.discLine, s.step = look.Card, look.OnBand, look.OnBand
	case red:
		s.label, s.line = look.Fail, look.Fail
		s.discFill, s.discLine, s.step = look.FailGround, look.FailGround, look.Fail
	default:
		s.label, s.line = look.Ink, look.Arrow
		s.discFill, s.discLine, s.step = look.Quiet, look.Quiet, look.InkSoft
	}
	if !current {
		return s
	}
	s.bold, s.thick = true, 3
	if red && !s.dashed {
		s.band, s.discFill, s.discLine, s.step = look.FailGround, look.Fail, look.Fail, look.Card
		return s
	}
	s.label, s.line = look.OnBand, look.OnBand
	s.band, s.discFill, s.discLine, s.step = look.Band, look.Primary, look.Primary, look.OnPrimary
	return s
}
