//go:build !race

package learn

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

func TestKeysGoThroughEveryScreenOfEveryLessonAndBack(t *testing.T) {
	c := learning(t, store(t), look.Light, wide())
	var there []string
	for {
		at := c.room.Address().String()
		there = append(there, at)
		c.press(fyne.KeyRight)
		if c.room.Address().String() == at {
			break
		}
	}
	var want int
	for i := range c.room.lessons {
		want += len(c.room.lessons[i].Screens) + 1
	}
	if len(there) != want {
		t.Errorf("Right leads through %d screens, and there are %d: %q", len(there), want, there)
	}
	for i := len(there) - 2; i >= 0; i-- {
		c.press(fyne.KeyLeft)
		if at := c.room.Address().String(); at != there[i] {
			t.Fatalf("Left leads to %s; on the way there it was %s", at, there[i])
		}
	}
	c.press(fyne.KeyLeft)
	if at := c.room.Address().String(); at != there[0] {
		t.Errorf("before the first screen there is %s", at)
	}
}
