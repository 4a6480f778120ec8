package diagram

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// style is what a row looks like, as names of colours.
type style struct {
	label, line              fyne.ThemeColorName
	discFill, discLine, step fyne.ThemeColorName // the number's disc, its border, the number
	band, edge               fyne.ThemeColorName // behind the row and around it; "" where there is none
	bold, dashed             bool
	thick                    float32 // of a single line
}

// styleOf returns the style of an arrow. An arrow that did not cross yet is
// coloured by no news: what will be refused is not known before.
func styleOf(state State, current bool, news News) style {
	s := style{thick: 2}
	switch {
	case state == Future:
		s.label, s.line, s.dashed = look.InkFaint, look.ArrowSoft, true
		s.discFill, s.discLine, s.step = look.Card, look.ArrowSoft, look.InkFaint
	case state == Waiting:
		s.label, s.line, s.dashed = look.InkSoft, look.ArrowSoft, true
		s.discFill, s.discLine, s.step = look.Card, look.OnBand, look.OnBand
	case news != NoNews:
		ink, ground := inksOf(news)
		s.label, s.line = ink, ink
		s.discFill, s.discLine, s.step = ground, ground, ink
	default:
		s.label, s.line = look.Ink, look.Arrow
		s.discFill, s.discLine, s.step = look.Quiet, look.Quiet, look.InkSoft
	}
	if !current {
		return s
	}
	s.bold, s.thick = true, 3
	if news != NoNews && !s.dashed {
		ink, ground := inksOf(news)
		s.band, s.edge, s.discFill, s.discLine, s.step = ground, ink, ink, ink, look.Card
		return s
	}
	s.label, s.line = look.OnBand, look.OnBand
	s.band, s.edge, s.discFill, s.discLine, s.step = look.Band, look.Past, look.Primary, look.Primary, look.OnPrimary
	return s
}

// inksOf are the colours of news.
func inksOf(n News) (ink, ground fyne.ThemeColorName) {
	if n == GoodNews {
		return look.Pass, look.PassGround
	}
	return look.Fail, look.FailGround
}
