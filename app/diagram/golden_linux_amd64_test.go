package diagram

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
)

func TestTheStoryLooksAsItShould(t *testing.T) {
	for _, c := range []struct {
		name    string
		mode    look.Mode
		arrows  []Arrow
		current int
	}{
		{"light", look.Light, story(15, false), 15},
		{"dark", look.Dark, refusal(16), 16},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := shown(t, c.mode, fyne.NewSize(760, 740))
			d.SetLanes(protocolLanes())
			d.SetArrows(c.arrows)
			d.SetCurrent(c.current)
			test.AssertImageMatches(t, "diagram/"+c.name+".png", d.scrollCanvas().Capture())
		})
	}
}
