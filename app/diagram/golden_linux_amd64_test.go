package diagram

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
)

func TestTheStoryLooksAsItShould(t *testing.T) {
	for name, mode := range map[string]look.Mode{"light": look.Light, "dark": look.Dark} {
		t.Run(name, func(t *testing.T) {
			d := shown(t, mode, fyne.NewSize(760, 740))
			d.SetLanes(protocolLanes())
			d.SetArrows(story(15, false))
			d.SetCurrent(15)
			test.AssertImageMatches(t, "diagram/"+name+".png", d.scrollCanvas().Capture())
		})
	}
}
