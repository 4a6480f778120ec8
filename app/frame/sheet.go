package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
)

// sheet is what is read at the right of the content, which makes room for it,
// or in a narrow window over it.
type sheet struct {
	card *fyne.Container
	open bool
}

const (
	sheetWide  float32 = 400
	besideOver float32 = 560 // what the content keeps at least beside a sheet
)

func newSheet() *sheet {
	s := &sheet{card: container.NewStack()}
	s.card.Hide()
	return s
}

// width is what the sheet takes from the content of a window.
func (s *sheet) width(window float32) float32 {
	if !s.open || window-sheetWide < besideOver {
		return 0
	}
	return sheetWide
}

// lay gives the sheet its room below the bar.
func (s *sheet) lay(size fyne.Size, top float32) {
	wide := min(sheetWide, size.Width)
	s.card.Move(fyne.NewPos(size.Width-wide, top))
	s.card.Resize(fyne.NewSize(wide, max(0, size.Height-top)))
}

// Beside lays a sheet beside the content; nil takes it away.
func (f *Frame) Beside(content fyne.CanvasObject) {
	f.sheet.open = content != nil
	f.sheet.card.Objects = nil
	if f.sheet.open {
		f.sheet.card.Objects = []fyne.CanvasObject{newGround(look.Card, leftEdge), content}
	}
	visible(f.sheet.card, f.sheet.open)
	f.sheet.card.Refresh()
	f.body.Refresh()
}
