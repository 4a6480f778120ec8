package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/grantwalk/grantwalk/app/look"
)

// Segments offer a few options beside each other, of which one is on.
type Segments struct {
	Pressable

	Options  []string
	OnChosen func(i int)

	chosen, hovered int

	frame   *canvas.Rectangle
	grounds []*canvas.Rectangle
	texts   []*canvas.Text
}

var _ desktop.Hoverable = (*Segments)(nil)

// NewSegments returns segments with the first option on.
func NewSegments(options []string, chosen func(i int)) *Segments {
	s := &Segments{Options: options, OnChosen: chosen, hovered: -1, frame: &canvas.Rectangle{CornerRadius: look.Round}}
	s.Extend(s, nil, s.next)
	return s
}

// Choose puts option i on without calling OnChosen.
func (s *Segments) Choose(i int) {
	if i != s.chosen && i >= 0 && i < len(s.Options) {
		s.chosen = i
		s.Refresh()
	}
}

func (s *Segments) pick(i int) {
	if i < 0 || i >= len(s.Options) || i == s.chosen {
		return
	}
	s.Choose(i)
	if s.OnChosen != nil {
		s.OnChosen(i)
	}
}

func (s *Segments) next() { s.pick((s.chosen + 1) % len(s.Options)) }

// Tapped chooses the option under the pointer.
func (s *Segments) Tapped(e *fyne.PointEvent) { s.pick(s.optionAt(e.Position.X)) }

// TypedKey moves with Up and Down, and on with what presses; the rest it hands on.
func (s *Segments) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyUp:
		s.pick(s.chosen - 1)
	case k.Name == fyne.KeyDown, Presses(k.Name):
		s.next()
	default:
		s.pass(k)
	}
}

// MouseIn is part of [desktop.Hoverable].
func (s *Segments) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved lights the option under the pointer.
func (s *Segments) MouseMoved(e *desktop.MouseEvent) {
	if i := s.optionAt(e.Position.X); i != s.hovered {
		s.hovered = i
		s.Refresh()
	}
}

// MouseOut ends that.
func (s *Segments) MouseOut() { s.hovered = -1; s.Refresh() }

func (s *Segments) optionAt(x float32) int {
	left := float32(0)
	for i, o := range s.Options {
		left += optionWidth(o)
		if x < left {
			return i
		}
	}
	return -1
}

// optionWidth measures in bold, so that nothing moves when another option is chosen.
func optionWidth(words string) float32 {
	return measure(Face{Size: look.Body, Bold: true}, words).Width + 28
}

// HeightFor is part of [Part].
func (s *Segments) HeightFor(float32) float32 { return buttonHigh }

// LeastSize is part of [Part].
func (s *Segments) LeastSize() fyne.Size {
	width := float32(0)
	for _, o := range s.Options {
		width += optionWidth(o)
	}
	return fyne.NewSize(width, buttonHigh)
}

// Arrange keeps the options in the middle of the height that they get.
func (s *Segments) Arrange(size fyne.Size) {
	top := (size.Height - buttonHigh) / 2
	width := s.LeastSize().Width
	Fill(s.frame, look.Card, look.Edge, 1)
	Put(s.frame, 0, top, width, buttonHigh)
	s.Shown = append(s.Shown[:0], s.frame)
	left := float32(0)
	for i, o := range s.Options {
		back := Nth(&s.grounds, i, func() *canvas.Rectangle { return &canvas.Rectangle{CornerRadius: look.Round} })
		text := Nth(&s.texts, i, func() *canvas.Text { return &canvas.Text{Alignment: fyne.TextAlignCenter} })
		ground, ink := s.inksOf(i)
		Fill(back, ground, "", 0)
		Write(text, o, &Span{Ink: ink, Face: Face{Size: look.Body, Bold: i == s.chosen}})
		w := optionWidth(o)
		high := text.MinSize().Height
		Put(back, left, top, w, buttonHigh)
		Put(text, left, top+(buttonHigh-high)/2, w, high)
		s.Shown = append(s.Shown, back, text)
		left += w
	}
	s.DrawRing(-2, top-2, width+4, buttonHigh+4)
}

func (s *Segments) inksOf(i int) (ground, ink fyne.ThemeColorName) {
	switch i {
	case s.chosen:
		return look.Primary, look.OnPrimary
	case s.hovered:
		return look.CardSoft, look.Ink
	}
	return "", look.Ink
}
