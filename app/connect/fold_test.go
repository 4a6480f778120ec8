//go:build !race

package connect

import (
	"fmt"
	"slices"
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
			for _, wrong := range d.hidden(window, seen) {
				t.Errorf("%s in %v: %s", voice, window, wrong)
			}
		}
	}
}

// hidden tells what of that is not seen in a window of a size, and whether something else comes first.
func (d *desk) hidden(window fyne.Size, labels []string) (wrong []string) {
	room := fyne.NewSize(window.Width, window.Height-framed)
	d.room.Content().Resize(room)
	all := page.Targets(d.room.Content(), fyne.Position{}, room, nil)
	if len(all) == 0 || all[0].Label != labels[0] {
		wrong = append(wrong, fmt.Sprintf("what can be pressed begins with %v", all))
	}
	for _, label := range labels {
		if !slices.ContainsFunc(all, func(t page.Target) bool { return t.Label == label && t.Away == 0 }) {
			wrong = append(wrong, label+" is not seen")
		}
	}
	return wrong
}
