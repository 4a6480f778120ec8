package present

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
)

// The pictures of the stage are small on purpose: a slide is laid out in shares
// of its height, so what differs at another size is sharpness alone.
func TestAStageLooksAsAgreed(t *testing.T) {
	for name, c := range map[string]struct {
		mode  look.Mode
		scene int
		keys  []fyne.KeyName
		size  fyne.Size
	}{
		"trade-dark":     {look.Dark, 6, nil, fyne.NewSize(1280, 720)},
		"answered-light": {look.Light, 2, []fyne.KeyName{"1", "2", "2", fyne.KeyPageDown}, fyne.NewSize(1280, 720)},
		"stopped-light":  {look.Light, 9, nil, fyne.NewSize(1920, 1080)},
	} {
		h := inHall(t, c.mode, 1)
		g := h.give("present/log-in-with?minutes=10&start=yes")
		g.move(c.scene)
		h.press(c.keys...)
		win := test.NewTempWindow(t, newStage(g, h.room.now.words, h.room.colours, true))
		win.SetPadded(false)
		win.Resize(c.size)
		test.AssertRendersToImage(t, "stage/"+name+".png", win.Canvas())
	}
}

func TestASpeakersWindowLooksAsAgreed(t *testing.T) {
	h := inHall(t, look.Dark, 2)
	h.give("present/log-in-with?minutes=10&start=yes")
	h.press(fyne.KeyF5, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown)
	h.pass(225 * time.Second)
	h.open[1].Resize(speakerSize())
	h.room.now.refresh()
	test.AssertRendersToImage(t, "speaker/behind-dark.png", h.open[1].Canvas())
}
