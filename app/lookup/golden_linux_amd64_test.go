package lookup_test

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestAPageLooksAsAgreed(t *testing.T) {
	test.AssertRendersToImage(t, "lookup/light.png", reading(t, size(), "standards", "rfc7636", "4.6").win.Canvas())
}
