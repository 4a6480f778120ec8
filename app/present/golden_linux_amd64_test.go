//go:build !race

package present

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
)

// screen is one that people plug in. The toolkit counts two pixels a point on a
// screen of four thousand, as desktops set them.
type screen struct {
	name  string
	size  fyne.Size
	scale float32
}

func projectors() []screen {
	return []screen{
		{"1280x720", fyne.NewSize(1280, 720), 1},
		{"1920x1080", fyne.NewSize(1920, 1080), 1},
		{"3840x2160", fyne.NewSize(1920, 1080), 2},
	}
}

func modes() map[string]look.Mode {
	return map[string]look.Mode{"light": look.Light, "dark": look.Dark}
}

// looksAs compares what a window shows on a screen with the picture of that name.
func looksAs(t *testing.T, name string, content fyne.CanvasObject, on screen) {
	t.Helper()
	win := test.NewTempWindow(t, content)
	win.SetPadded(false)
	if c, ok := win.Canvas().(software.WindowlessCanvas); ok {
		c.SetScale(on.scale)
	}
	win.Resize(on.size)
	test.AssertRendersToImage(t, name+".png", win.Canvas())
}

// TestAStageLooksAsAgreedOnEveryScreen shows the scene with most in it: parties
// that are bright and dim, an arrow, two things that travelled, and their names
// in the sentence.
func TestAStageLooksAsAgreedOnEveryScreen(t *testing.T) {
	for mode, theme := range modes() {
		h := inHall(t, theme, 1)
		g := h.give("present/log-in-with?minutes=10&start=yes")
		g.move(6)
		for _, on := range projectors() {
			looksAs(t, "stage/trade-"+mode+"-"+on.name, newStage(g, h.room.now.words, h.room.colours, true), on)
		}
	}
}

// The other kinds of scene are laid out in the same shares of the height, so one picture of each will do.
func TestEveryKindOfSceneLooksAsAgreed(t *testing.T) {
	for name, c := range map[string]struct {
		mode  look.Mode
		scene int
		keys  []fyne.KeyName
	}{
		"answered-light": {look.Light, 2, []fyne.KeyName{"1", "2", "2", fyne.KeyPageDown}},
		"stopped-light":  {look.Light, 9, nil},
		"opened-dark":    {look.Dark, 6, []fyne.KeyName{fyne.KeyT}},
		"sentences-dark": {look.Dark, 11, nil},
		"all-light":      {look.Light, 6, []fyne.KeyName{fyne.KeyO}},
	} {
		h := inHall(t, c.mode, 1)
		g := h.give("present/log-in-with?minutes=10&start=yes")
		g.move(c.scene)
		h.press(c.keys...)
		looksAs(t, "stage/"+name, newStage(g, h.room.now.words, h.room.colours, true), projectors()[0])
	}
}

// TestASpeakersWindowLooksAsAgreedOnEveryScreen is the moment in which it has
// most to say: behind the plan, with notes, questions and something to show. The
// largest picture is of the last scene of the shortest talk, so that it stays small.
func TestASpeakersWindowLooksAsAgreedOnEveryScreen(t *testing.T) {
	for mode, theme := range modes() {
		h := inHall(t, theme, 2)
		h.give("present/log-in-with?minutes=10&start=yes")
		h.press(fyne.KeyF5, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown)
		h.pass(225 * time.Second)
		screens := projectors()
		for _, on := range append(screens[:2:2], screen{"1024x640", fyne.NewSize(1024, 640), 1}) {
			looksAs(t, "speaker/behind-"+mode+"-"+on.name, h.room.now.beside.Content(), on)
		}
		h.give("present/log-in-with?minutes=5&start=yes")
		h.press(fyne.KeyEnd)
		looksAs(t, "speaker/last-"+mode+"-"+screens[2].name, h.room.now.beside.Content(), screens[2])
	}
}
