package diagram

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

func TestNoRowIsDrawnInHalfAtTheBottom(t *testing.T) {
	d := told(t, 0)
	for height := float32(430); height < 800; height += 9 {
		d.Resize(fyne.NewSize(760, height))
		end := d.scroll.Offset.Y + d.scroll.Size().Height
		for _, object := range test.WidgetRenderer(d.rows).Objects() {
			if text, ok := object.(*canvas.Text); ok && text.Position().Y+text.Size().Height > end {
				t.Errorf("height %.0f: %q is cut", height, text.Text)
			}
		}
	}
}

func TestARowThatIsNotDrawnCannotBeTapped(t *testing.T) {
	d := told(t, 0)
	cut := d.rows.whole
	chosen := -1
	d.OnSelected = func(i int) { chosen = i }
	test.TapAt(d.rows, fyne.NewPos(300, d.place.tops[cut]+5))
	if chosen != -1 {
		t.Errorf("got row %d", chosen)
	}
	test.TapAt(d.rows, fyne.NewPos(300, d.place.tops[cut-1]+5))
	if chosen != cut-1 {
		t.Errorf("got row %d, want %d", chosen, cut-1)
	}
}

func TestTheRowBelowTheCurrentOneIsAlwaysDrawn(t *testing.T) {
	for _, height := range []float32{230, 280, 410, 740} {
		d := told(t, 0)
		d.Resize(fyne.NewSize(600, height))
		for i := range len(d.arrows) - 1 {
			d.SetCurrent(i)
			if i+1 >= d.rows.whole {
				t.Errorf("height %.0f: row %d is not drawn below row %d", height, i+1, i)
			}
		}
	}
}

func TestLifelinesAndFadeEndWhereTheRowsDo(t *testing.T) {
	for _, height := range []float32{320, 740} {
		d := told(t, 14)
		d.Resize(fyne.NewSize(760, height))
		want := d.scroll.Position().Y + d.scroll.Size().Height
		lifelines, fades := 0, 0
		for _, object := range test.WidgetRenderer(d).Objects() {
			end := object.Position().Y + object.Size().Height
			switch o := object.(type) {
			case *canvas.Rectangle:
				if o.FillColor == theme.Color(look.Lifeline) && o.Size().Width == 1 && o.Size().Height > 50 {
					lifelines++
					assertEnd(t, "a lifeline", end, want)
				}
			case *canvas.LinearGradient:
				fades++
				assertEnd(t, "the fade", end, want)
			}
		}
		if lifelines != len(d.lanes) || fades != 1 {
			t.Errorf("height %.0f: got %d lifelines and %d fades", height, lifelines, fades)
		}
	}
}

func assertEnd(t *testing.T, what string, got, want float32) {
	t.Helper()
	if got != want {
		t.Errorf("%s ends at %.1f, the rows at %.1f", what, got, want)
	}
}

func TestTheLegendGoesWhereItHasNoRoom(t *testing.T) {
	d := told(t, 4)
	for _, c := range []struct {
		size fyne.Size
		want bool
	}{
		{fyne.NewSize(760, 740), true}, {fyne.NewSize(760, 420), true}, {fyne.NewSize(760, 419), false}, {fyne.NewSize(440, 740), false},
	} {
		d.Resize(c.size)
		if got := writes(d, d.legend.Note); got != c.want {
			t.Errorf("%v: legend %t, want %t", c.size, got, c.want)
		}
	}
}

func TestALowDiagramHasLowBoxes(t *testing.T) {
	d := told(t, 4)
	for height, want := range map[float32]bool{lowWindow: true, lowWindow - 1: false} {
		d.Resize(fyne.NewSize(760, height))
		if got := writes(d, "resource owner"); got != want {
			t.Errorf("height %.0f: second lines %t, want %t", height, got, want)
		}
	}
}

// writes tells whether a text stands outside the rows.
func writes(d *Diagram, words string) bool {
	for _, object := range test.WidgetRenderer(d).Objects() {
		if text, ok := object.(*canvas.Text); ok && text.Text == words {
			return true
		}
	}
	return false
}
