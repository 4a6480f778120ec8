package frame

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestTheFrameLooksAsAgreed(t *testing.T) {
	_, w := furnished(t, fyne.NewSize(1000, 640))
	test.AssertRendersToImage(t, "frame/light.png", w.Canvas())
}
