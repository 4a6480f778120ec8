package practice

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// Tab goes as one reads: down, and to the right; up it goes only to the top of
// what stands at the right, and back to the left only below.
func TestTabGoesThroughAnExerciseAsOneReadsIt(t *testing.T) {
	for _, size := range []fyne.Size{wide(), fyne.NewSize(700, 600), fyne.NewSize(500, 320)} {
		d := practising(t, look.Light, size)
		for _, open := range []func(){
			func() {},
			d.room.decider.accept,
		} {
			for _, at := range []string{
				"check/be-the-provider/1", "check/order/authorization-code/1", "check/sees/authorization-code/1", "check/which-token/authorization-code/1",
				"check/difference/authorization-code/1", "check/again", "check/record", "setup/phone", "setup/spa",
			} {
				d.open("check/record")
				d.open(at)
				open()
				d.inReadingOrder(at)
			}
		}
	}
}

// inReadingOrder presses Tab until it comes round.
func (d *desk) inReadingOrder(at string) {
	d.t.Helper()
	c := d.win.Canvas()
	c.Unfocus()
	var before fyne.CanvasObject
	passed := map[fyne.CanvasObject]bool{}
	for {
		c.FocusNext()
		now, ok := c.Focused().(fyne.CanvasObject)
		if !ok || passed[now] {
			break
		}
		if passed[now] = true; before != nil && !follows(before, now) {
			d.t.Errorf("%s: Tab goes from %s to %s", at, where(before), where(now))
		}
		before = now
	}
	if len(passed) == 0 {
		d.t.Errorf("%s: Tab finds nothing", at)
	}
}

// follows reports whether one reads b after a: it stands below, or at the right.
func follows(a, b fyne.CanvasObject) bool {
	from, to := placed(a), placed(b)
	if to.Y > from.Y {
		return true
	}
	if to.Y < from.Y {
		return to.X >= from.X+a.Size().Width
	}
	return to.X > from.X
}

func placed(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
}

func where(o fyne.CanvasObject) string {
	name := fmt.Sprintf("a %T", o)
	if b, ok := o.(*page.Button); ok {
		name = b.Label
	}
	return fmt.Sprintf("%s at %.0f, %.0f", name, placed(o).X, placed(o).Y)
}
