package home_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
)

func TestHomeLooksAsAgreed(t *testing.T) {
	test.AssertRendersToImage(t, "home/light.png", visiting(t, look.Light, wide(), inMidst).win.Canvas())
}
