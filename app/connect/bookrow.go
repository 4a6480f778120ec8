package connect

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

const rowHigh float32 = 28

// bookRow is a row that shows one login after the other.
type bookRow struct {
	page.Base

	time, app, at, state *page.Line
}

func newBookRow() *bookRow {
	line := func(ink fyne.ThemeColorName) *page.Line {
		l := page.NewLine("", look.Body, ink)
		l.Least = 40
		return l
	}
	r := &bookRow{time: line(look.InkSoft), app: line(look.Ink), at: line(look.InkSoft), state: line(look.Ink)}
	r.time.Mono = true
	r.Shown = []fyne.CanvasObject{r.time, r.app, r.at, r.state}
	r.Extend(r)
	return r
}

// HeightFor is part of [page.Part].
func (r *bookRow) HeightFor(float32) float32 { return rowHigh }

// LeastSize is part of [page.Part].
func (r *bookRow) LeastSize() fyne.Size { return fyne.NewSize(280, rowHigh) }

// Arrange is part of [page.Part].
func (r *bookRow) Arrange(size fyne.Size) {
	const first = 88
	rest := size.Width - first
	page.Place(r.time, 0, 0, first, size.Height)
	page.Place(r.app, first, 0, rest*0.34, size.Height)
	page.Place(r.at, first+rest*0.36, 0, rest*0.3, size.Height)
	page.Place(r.state, first+rest*0.68, 0, rest*0.32, size.Height)
}
