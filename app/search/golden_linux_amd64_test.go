package search_test

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestWhatIsFoundLooksAsAgreed(t *testing.T) {
	d := opened(t)
	d.reads = true
	d.panel.Type("token")
	test.AssertRendersToImage(t, "search/light.png", d.win.Canvas())
}
