package learn

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

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
