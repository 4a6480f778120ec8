package frame

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
)

func TestTheLinesOfAMenuAreTargetsWhileItIsOpen(t *testing.T) {
	f, w := framed(t, Calls{})
	chosen := ""
	chip := func(title string, labels ...string) room.Chip {
		c := room.Chip{Section: room.Section{Title: title}}
		for _, l := range labels {
			c.Rows = append(c.Rows, room.Row{Label: l, Off: l == "off", Do: func() { chosen = l }})
		}
		return c
	}
	f.head.offer(f.head.more, []room.Chip{chip("salt", "much", "off", "little"), chip("heat", "high", "low")})
	labels := func() (all []string) {
		for _, one := range f.Popped() {
			all = append(all, one.Label)
		}
		return all
	}
	middle := func(label string) fyne.Position {
		one := f.Popped()[slices.IndexFunc(f.Popped(), func(t page.Target) bool { return t.Label == label })]
		return one.At.Add(fyne.NewPos(one.Size.Width/2, one.Size.Height/2))
	}
	if got := labels(); !slices.Equal(got, []string{"salt", "heat"}) {
		t.Fatalf("of the menu that is open there are %q", got)
	}
	test.MoveMouse(w.Canvas(), middle("salt"))
	if got := labels(); !slices.Equal(got, []string{"salt", "much", "little", "heat"}) {
		t.Fatalf("of the menu that is unfolded there are %q", got)
	}
	test.TapCanvas(w.Canvas(), middle("little"))
	if got := labels(); chosen != "little" || len(got) > 0 {
		t.Errorf("a press where “little” is said to be chooses %q; then there are %q", chosen, got)
	}
}
