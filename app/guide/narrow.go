package guide

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// narrow keeps a page as wide as it is read well, in the middle of its room.
type narrow struct {
	page.Base
	sheet page.Part
}

const widest float32 = 860

func newNarrow(sheet page.Part) *narrow {
	n := &narrow{sheet: sheet}
	n.Shown = []fyne.CanvasObject{sheet}
	n.Extend(n)
	return n
}

func inner(width float32) float32 { return max(1, min(width-2*look.Gutter, widest)) }

// HeightFor is part of [page.Part].
func (n *narrow) HeightFor(width float32) float32 {
	return n.sheet.HeightFor(inner(width)) + look.Gap + look.Gutter
}

// Arrange is part of [page.Part].
func (n *narrow) Arrange(size fyne.Size) {
	w := inner(size.Width)
	page.Place(n.sheet, (size.Width-w)/2, look.Gap, w, n.sheet.HeightFor(w))
}
