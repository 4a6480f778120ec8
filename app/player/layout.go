package player

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// screenLayout places the panes over the transport bar and a line of hints.
type screenLayout Screen

// MinSize is small on purpose: panes collapse rather than keep a window large.
func (l *screenLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(360, 280) }

// Layout shows both panes where there is room, and one at a time where there is not.
func (l *screenLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	s := (*Screen)(l)
	const hints = 18
	bar := s.transport.card.MinSize().Height
	width := size.Width - 2*look.Gutter
	s.status.Move(fyne.NewPos(look.Gutter+2, size.Height-hints-3))
	s.status.Resize(fyne.NewSize(width, hints))
	top := size.Height - hints - 6 - bar
	s.transport.card.Move(fyne.NewPos(look.Gutter, top))
	s.transport.card.Resize(fyne.NewSize(width, bar))
	s.panes.place(fyne.NewPos(look.Gutter, look.Gutter), fyne.NewSize(width, top-2*look.Gutter+6))
}
