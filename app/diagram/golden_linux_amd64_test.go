package diagram

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

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
			board, ok := d.scrollCanvas().(software.WindowlessCanvas)
			if !ok {
				t.Fatal("the canvas can't be resized")
			}
			size := board.Size()
			board.SetContent(container.NewStack(canvas.NewRectangle(theme.Color(look.Card)), d)) // as it is held
			board.Resize(size)
			test.AssertImageMatches(t, "diagram/"+c.name+".png", board.Capture())
		})
	}
}
