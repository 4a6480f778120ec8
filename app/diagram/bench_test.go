package diagram

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
)

// BenchmarkStep is what pressing Next costs here, before rasterising, in a
// window of 1440×900.
func BenchmarkStep(b *testing.B) {
	d := shown(b, look.Light, fyne.NewSize(760, 740))
	d.SetLanes(protocolLanes())
	steps := len(legs())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		d.SetArrows(story(i%steps, false))
		d.SetCurrent(i % steps)
		d.Refresh()
		d.Resize(fyne.NewSize(760+float32(i%2), 740)) // a layout of everything
	}
}

// BenchmarkScroll is one turn of the wheel over ten thousand arrows.
func BenchmarkScroll(b *testing.B) {
	d := shown(b, look.Light, fyne.NewSize(760, 740))
	d.SetLanes(protocolLanes())
	d.SetArrows(many(10_000))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		d.scroll.ScrollToOffset(fyne.NewPos(0, float32(i%5000)*60))
		d.rows.scrolled()
	}
}

// shown returns a diagram in a window, drawn once.
func shown(tb testing.TB, mode look.Mode, size fyne.Size) *Diagram {
	tb.Helper()
	looktest.Dressed(tb, mode)
	d := New()
	window := test.NewTempWindow(tb, d)
	window.SetPadded(false)
	window.Resize(size)
	return d
}

// many returns n arrows, the happy path over and over.
func many(n int) []Arrow {
	one := story(9, false)
	arrows := make([]Arrow, 0, n)
	for i := range n {
		a := one[i%len(one)]
		a.Label = strconv.Itoa(i) + " " + a.Label
		arrows = append(arrows, a)
	}
	return arrows
}
