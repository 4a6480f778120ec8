package frame

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
)

// Whoever goes from a room with a list at the left to one without finds the
// places where they were.
func TestThePlacesOfTheBarStandWhereTheyStandInEveryRoom(t *testing.T) {
	for wide := float32(480); wide <= 1920; wide += 40 {
		f, w := fullBar(t)
		w.Resize(fyne.NewSize(wide, 700))
		stand := func() (at [2]float32) {
			h := f.header
			if h.folded.Visible() {
				return [2]float32{0, h.folded.Position().X}
			}
			return [2]float32{h.places[0].Position().X, h.places[1].Position().X}
		}
		with := stand()
		f.Show(room.Title{}, nil, nil)
		if without := stand(); without != with {
			t.Errorf("at %v the places stand at %v beside a rail and at %v without one", wide, with, without)
		}
		f.Show(room.Title{}, pots("soup"), nil)
		f.FoldRail()
		folded := stand()
		f.ToggleRail()
		if hidden := stand(); folded != with || hidden != with {
			t.Errorf("at %v the places stand at %v, with a folded rail at %v, with a hidden one at %v", wide, with, folded, hidden)
		}
	}
}
