//go:build !race

package learn

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
)

func TestALessonLooksAsAgreed(t *testing.T) {
	asked := learning(t, store(t), look.Light, wide())
	asked.open("lesson/tokens/three-passes")
	asked.press(fyne.KeyA)
	test.AssertRendersToImage(t, "learn/guessed-light.png", asked.win.Canvas())
	before := learning(t, store(t), look.Dark, fyne.NewSize(900, 560))
	before.open("lesson/two-ways-in/log-in-with")
	test.AssertRendersToImage(t, "learn/asked-dark.png", before.win.Canvas())
	end := learning(t, store(t), look.Light, fyne.NewSize(900, 480))
	end.open("lesson/tokens/end")
	test.AssertRendersToImage(t, "learn/end-light.png", end.win.Canvas())
	narrow := learning(t, store(t), look.Dark, fyne.NewSize(780, 560))
	narrow.open("lesson/who-are-you/two-questions")
	test.AssertRendersToImage(t, "learn/narrow-dark.png", narrow.win.Canvas())
}
