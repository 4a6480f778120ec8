//go:build !race

package app

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestTheFirstWindowFitsTheScreen(t *testing.T) {
	wish := fyne.NewSize(1440, 900)
	for name, c := range map[string]struct{ screen, want fyne.Size }{
		"a laptop of 1280 by 800":         {fyne.NewSize(1280, 800), fyne.NewSize(1280, 760)},
		"a projector of 1024 by 768":      {fyne.NewSize(1024, 768), fyne.NewSize(1024, 728)},
		"a wide screen that is not high":  {fyne.NewSize(1920, 800), fyne.NewSize(1440, 760)},
		"a screen with room":              {fyne.NewSize(2560, 1440), wish},
		"a screen that nobody knows":      {fyne.Size{}, wish},
		"a screen of 2560 by 1600 at 200": {fyne.NewSize(1280, 800), fyne.NewSize(1280, 760)},
	} {
		if got := fits(wish, c.screen); got != c.want {
			t.Errorf("on %s the window is %v instead of %v", name, got, c.want)
		}
	}
}
