package controls

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

// Switch offers a few options beside each other, of which one is on.
type Switch struct {
	widget.BaseWidget

	Options  []string
	OnChosen func(i int)
	OnKey    func(*fyne.KeyEvent) bool

	chosen, hovered int
	focused         bool
}

var (
	_ fyne.Focusable     = (*Switch)(nil)
	_ fyne.Tappable      = (*Switch)(nil)
	_ desktop.Hoverable  = (*Switch)(nil)
	_ desktop.Cursorable = (*Switch)(nil)
)

// NewSwitch returns a switch with the first option on.
func NewSwitch(options []string, chosen func(i int)) *Switch {
	s := &Switch{Options: options, OnChosen: chosen, hovered: -1}
	s.ExtendBaseWidget(s)
	return s
}

// Choose puts option i on without calling OnChosen.
func (s *Switch) Choose(i int) {
	if i != s.chosen && i >= 0 && i < len(s.Options) {
		s.chosen = i
		s.Refresh()
	}
}

func (s *Switch) pick(i int) {
	if i < 0 || i >= len(s.Options) || i == s.chosen {
		return
	}
	s.Choose(i)
	if s.OnChosen != nil {
		s.OnChosen(i)
	}
}

// Tapped chooses the option under the pointer.
func (s *Switch) Tapped(e *fyne.PointEvent) { s.pick(s.at(e.Position.X)) }

// TypedKey moves with Up and Down and offers the rest to OnKey.
func (s *Switch) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyUp:
		s.pick(s.chosen - 1)
	case fyne.KeyDown, fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		s.pick((s.chosen + 1) % len(s.Options))
	default:
		if s.OnKey != nil {
			s.OnKey(k)
		}
	}
}

// TypedRune is part of [fyne.Focusable].
func (s *Switch) TypedRune(rune) {}

// FocusGained shows the focus ring.
func (s *Switch) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost hides the focus ring.
func (s *Switch) FocusLost() { s.focused = false; s.Refresh() }

// MouseIn is part of [desktop.Hoverable].
func (s *Switch) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved lights the option under the pointer.
func (s *Switch) MouseMoved(e *desktop.MouseEvent) {
	if i := s.at(e.Position.X); i != s.hovered {
		s.hovered = i
		s.Refresh()
	}
}

// MouseOut ends that.
func (s *Switch) MouseOut() { s.hovered = -1; s.Refresh() }

// Cursor is a hand.
func (s *Switch) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (s *Switch) at(x float32) int {
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
	return fyne.MeasureText(words, look.Body, fyne.TextStyle{Bold: true}).Width + 28
}

// CreateRenderer is called by Fyne.
func (s *Switch) CreateRenderer() fyne.WidgetRenderer {
	r := &switchRenderer{s: s, frame: canvas.NewRectangle(color.Transparent), ring: look.NewFocusRing()}
	for range s.Options {
		r.grounds = append(r.grounds, canvas.NewRectangle(color.Transparent))
		t := canvas.NewText("", color.Black)
		t.Alignment, t.TextSize = fyne.TextAlignCenter, look.Body
		r.texts = append(r.texts, t)
	}
	r.Refresh()
	return r
}

type switchRenderer struct {
	s       *Switch
	frame   *canvas.Rectangle
	ring    *canvas.Rectangle
	grounds []*canvas.Rectangle
	texts   []*canvas.Text
}

func (r *switchRenderer) Destroy() {}

func (r *switchRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.frame}
	for i := range r.grounds {
		objects = append(objects, r.grounds[i], r.texts[i])
	}
	return append(objects, r.ring)
}

func (r *switchRenderer) MinSize() fyne.Size {
	width := float32(0)
	for _, o := range r.s.Options {
		width += optionWidth(o)
	}
	return fyne.NewSize(width, buttonHigh)
}

func (r *switchRenderer) Layout(size fyne.Size) {
	top := (size.Height - buttonHigh) / 2
	width := r.MinSize().Width
	r.frame.Move(fyne.NewPos(0, top))
	r.frame.Resize(fyne.NewSize(width, buttonHigh))
	r.ring.Move(fyne.NewPos(-2, top-2))
	r.ring.Resize(fyne.NewSize(width+4, buttonHigh+4))
	left := float32(0)
	for i, o := range r.s.Options {
		w := optionWidth(o)
		r.grounds[i].Move(fyne.NewPos(left, top))
		r.grounds[i].Resize(fyne.NewSize(w, buttonHigh))
		high := r.texts[i].MinSize().Height
		r.texts[i].Move(fyne.NewPos(left, top+(buttonHigh-high)/2))
		r.texts[i].Resize(fyne.NewSize(w, high))
		left += w
	}
}

func (r *switchRenderer) Refresh() {
	th, v := r.s.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.frame.FillColor, r.frame.StrokeColor = paint(th, v, look.Card), paint(th, v, look.Edge)
	r.frame.StrokeWidth, r.frame.CornerRadius = 1, look.Round
	for i, o := range r.s.Options {
		ground, ink := none, look.Ink
		switch i {
		case r.s.chosen:
			ground, ink = look.Primary, look.OnPrimary
		case r.s.hovered:
			ground = look.CardSoft
		}
		r.grounds[i].FillColor, r.grounds[i].CornerRadius = paint(th, v, ground), look.Round
		r.texts[i].Text, r.texts[i].Color = o, paint(th, v, ink)
		r.texts[i].TextStyle.Bold = i == r.s.chosen
		r.grounds[i].Refresh()
		r.texts[i].Refresh()
	}
	r.frame.Refresh()
	look.SetFocusRing(r.ring, r.s.focused, paint(th, v, look.Focus))
	r.Layout(r.s.Size())
}
