package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Select is one of several words, which unfold. Enter unfolds them as Space
// does, and it hands on the keys that it has no use for, so that Escape closes
// what it stands in.
type Select struct {
	widget.Select
	OnKey func(*fyne.KeyEvent) bool
}

// NewSelect returns a select with the first of the words.
func NewSelect(words []string, onKey func(*fyne.KeyEvent) bool) *Select {
	s := &Select{OnKey: onKey}
	s.Options = words
	s.ExtendBaseWidget(s)
	s.SetSelectedIndex(0)
	return s
}

// TypedKey unfolds the words with Enter, and goes through them with the arrows.
func (s *Select) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		s.Select.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	case fyne.KeySpace, fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight:
		s.Select.TypedKey(k)
	default:
		if s.OnKey != nil {
			s.OnKey(k)
		}
	}
}
