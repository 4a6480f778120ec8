package guide

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestTheChooserLooksAsAgreed(t *testing.T) {
	d := open(t, fyne.NewSize(900, 560)).at("chooser/person/keyboard")
	d.win.SetPadded(false)
	test.AssertRendersToImage(t, "guide/chooser-light.png", d.win.Canvas())
	d.at("chooser/person/keyboard/page")
	test.AssertRendersToImage(t, "guide/recommended-light.png", d.win.Canvas())
}
