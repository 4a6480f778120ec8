package player

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// screenLayout places the panes over the transport bar and a line of hints.
type screenLayout Screen

// lowRoom is the height below which a screen leaves the air out.
const lowRoom float32 = 420

// MinSize is small on purpose: panes collapse rather than keep a window large.
func (l *screenLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(360, 280) }

// Layout shows both panes where there is room, and one at a time where there is not.
func (l *screenLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	s := (*Screen)(l)
	hints, air, gap, pad := float32(18), look.Gutter, float32(10), transportPad
	if size.Height < lowRoom { // what is walked counts for more than the air around it
		hints, air, gap, pad = 0, 4, 4, 3 // hints stand beside what they speak of as well
	}
	show(s.status, hints > 0)
	s.transport.card.Style(look.Card, look.Line, pad, look.Radius)
	bar := s.transport.card.MinSize().Height
	width := size.Width - 2*air
	s.status.Move(fyne.NewPos(air+2, size.Height-hints-gap*0.3))
	s.status.Resize(fyne.NewSize(width, hints))
	top := size.Height - hints - gap*0.6 - bar
	s.transport.card.Move(fyne.NewPos(air, top))
	s.transport.card.Resize(fyne.NewSize(width, bar))
	s.toast.place(size)
	s.panes.place(fyne.NewPos(air, air), fyne.NewSize(width, top-air-gap))
}
