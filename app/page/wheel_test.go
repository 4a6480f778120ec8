package page

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look/looktest"
)

func TestTheWheelTurnsThePageOverAFieldToo(t *testing.T) {
	looktest.App(t)
	field := NewField(nil)
	column := NewColumn().Add(0, NewHolder(field, nil))
	for range 20 {
		column.Add(0, NewButton("below", func() {}))
	}
	scroll := NewScroll(column)
	w := test.NewTempWindow(t, scroll)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(300, 200))
	middle := fyne.NewPos(150, field.Size().Height/2)
	test.Scroll(w.Canvas(), middle, 0, -10)
	if scroll.pane.Offset.Y != 10 {
		t.Errorf("the wheel over a field turns the page by %v", scroll.pane.Offset.Y)
	}
	field.MultiLine = true
	scroll.Refresh()
	test.Scroll(w.Canvas(), middle.SubtractXY(0, 10), 0, -10)
	if scroll.pane.Offset.Y != 10 {
		t.Errorf("the wheel over a field of several rows, which has some to show, turns the page by %v more", scroll.pane.Offset.Y-10)
	}
}
