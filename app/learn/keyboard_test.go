package learn

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// Where the window is low or enlarged, nobody has to look for what the run said.
func TestWhatTheRunSaidIsSeenInALowWindow(t *testing.T) {
	c := learning(t, store(t), look.Light, fyne.NewSize(700, 380))
	c.open("lesson/tokens/three-passes")
	c.press(fyne.KeyB)
	for _, p := range c.room.sheet.news {
		if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p); at.Y < 0 || at.Y > 380-footTall {
			t.Errorf("it stands at %v in a window that is 380 high", at.Y)
		}
	}
	if len(c.room.sheet.news) == 0 {
		t.Error("the run said nothing")
	}
}

// Nobody needs a pointer: Right goes on, a letter answers.
func TestTheKeyboardAloneGoesThroughALessonAndTenQuestions(t *testing.T) {
	c := learning(t, store(t), look.Light, wide())
	answered := map[string]bool{}
	for range 80 {
		if q := c.room.asking(); q != nil {
			c.press(fyne.KeyB)
			if a := c.room.answers.of(q.ID); a.chosen != 2 || a.right == 0 || a.err != nil {
				t.Fatalf("%s: after B the answer is %+v", q.ID, *a)
			}
			answered[q.ID] = true
		}
		if c.room.Address().String() == "lesson/who-are-you/end" && len(answered) != 3 {
			t.Errorf("lesson 1 asks %d questions on the way to its end", len(answered))
		}
		if len(answered) == 10 {
			break
		}
		c.press(fyne.KeyRight)
	}
	if len(answered) != 10 || !c.room.record.finished("who-are-you") {
		t.Errorf("the keyboard answered %d questions; lesson 1 is finished: %v", len(answered), c.room.record.finished("who-are-you"))
	}
}
