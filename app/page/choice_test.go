package page

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look/looktest"
)

func TestTheLetterOfAChoiceStaysAsLongAsItIsAKey(t *testing.T) {
	looktest.App(t)
	kit := NewKit()
	for state := ChoiceOpen; state <= ChoiceTrue; state++ {
		c := NewChoice(kit).Set("A", nil, state, func() {})
		c.Arrange(fyne.NewSize(300, c.HeightFor(300)))
		if !slices.Contains(c.Shown, fyne.CanvasObject(c.mark)) {
			t.Errorf("state %d: a choice that can be pressed does not show its letter", state)
		}
		c.Set("A", nil, state, nil)
		c.Arrange(fyne.NewSize(300, c.HeightFor(300)))
		glyph, _ := state.sign()
		if shown := slices.Contains(c.Shown, fyne.CanvasObject(c.mark)); shown != (glyph == "") {
			t.Errorf("state %d: with the sign %q and nothing to press, the letter shows: %v", state, glyph, shown)
		}
	}
}
