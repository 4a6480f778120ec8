//go:build !race

package connect

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/tutorials"
)

// framed is what the frame takes above a room: menu, bar and title.
const framed = 118

// Whoever has an error sees where to ask about it, in the smallest window too.
func TestWhereToAskAboutAnErrorIsSeenAtOnce(t *testing.T) {
	for _, voice := range []tutorials.Voice{tutorials.Everyone, tutorials.Executive, tutorials.Developer} {
		d := connecting(t, voice)
		for window, seen := range map[fyne.Size][]string{
			{Width: 1024, Height: 640}: {"Diagnose what is copied"},
			{Width: 1280, Height: 720}: {"Diagnose what is copied", "Start serving"},
			{Width: 1440, Height: 900}: {"Diagnose what is copied", "Start serving", "Look on"},
		} {
			room := fyne.NewSize(window.Width, window.Height-framed)
			d.room.Content().Resize(room)
			away := map[string]float32{}
			all := page.Targets(d.room.Content(), fyne.Position{}, room, nil)
			for _, target := range all {
				away[target.Label] = target.Away
			}
			if len(all) == 0 || all[0].Label != seen[0] {
				t.Errorf("%s in %v: what can be pressed begins with %v", voice, window, all)
			}
			for _, label := range seen {
				if by, there := away[label]; !there || by != 0 {
					t.Errorf("%s in %v: %q is %v (%v) away", voice, window, label, by, there)
				}
			}
		}
	}
}
