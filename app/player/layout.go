package player

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// bothPanes is the width from which diagram and inspector stand side by side.
const bothPanes float32 = 760

// inspectorLeast is the width below which the inspector does not shrink while both panes show.
const inspectorLeast float32 = 396

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
	s.keepRoom(width)
	s.split.Move(fyne.NewPos(look.Gutter, look.Gutter))
	s.split.Resize(fyne.NewSize(width, top-2*look.Gutter+6))
	s.collapse(width < bothPanes)
}

// keepRoom moves the split so that the inspector can be read, and back when
// the window has grown. Where a person dragged it counts from then on.
func (s *Screen) keepRoom(width float32) {
	if s.split.Offset != s.placed {
		s.wanted = s.split.Offset
	}
	s.placed = min(s.wanted, max(0.35, 1-float64(inspectorLeast/width)))
	if s.split.Offset != s.placed {
		s.split.Offset = s.placed
		s.split.Refresh()
	}
}

// collapse shows one pane, or both.
func (s *Screen) collapse(narrow bool) {
	s.narrow = narrow
	show(s.left, !narrow || !s.details)
	show(s.right, !narrow || s.details)
	s.split.Refresh()
}

// Narrow reports whether only one pane fits, and whether it is the details.
func (s *Screen) Narrow() (narrow, details bool) { return s.narrow, s.details }
