package page_test

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
)

// long is a list of many rows that writes down what is asked of it.
type long struct {
	list   *page.LongList
	canvas fyne.Canvas
	made   int
	opened []int
	passed []fyne.KeyName
}

func longList(t *testing.T, rows int) *long {
	t.Helper()
	looktest.App(t)
	l := &long{}
	l.list = page.NewLongList(20, func() *page.Line {
		l.made++
		return page.NewLine("", look.Body, look.Ink)
	}, func(i int, row *page.Line) { row.SetText("row " + strconv.Itoa(i)) })
	l.list.OnOpen = func(i int) { l.opened = append(l.opened, i) }
	l.list.OnKey = func(k *fyne.KeyEvent) bool { l.passed = append(l.passed, k.Name); return true }
	w := test.NewTempWindow(t, l.list)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 100))
	l.canvas = w.Canvas()
	l.list.Set(rows)
	l.canvas.Focus(l.list)
	return l
}

func (l *long) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		l.canvas.Focused().TypedKey(key(k))
	}
}

func TestALongListMakesOnlyTheRowsInSight(t *testing.T) {
	l := longList(t, 100_000)
	l.list.ScrollTo(1_000_000)
	if l.made > 8 {
		t.Errorf("for 100 units of 20 each it made %d rows", l.made)
	}
	l.press(fyne.KeyEnd, fyne.KeyReturn)
	if len(l.opened) != 1 || l.opened[0] != 99_999 {
		t.Errorf("End and Enter open %v", l.opened)
	}
}

func TestALongListIsWorkedByKeysAndHandsTheOthersOn(t *testing.T) {
	l := longList(t, 30)
	l.press(fyne.KeyDown, fyne.KeyDown, fyne.KeySpace, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp, fyne.KeyReturn, fyne.KeyPageDown, fyne.KeyEnter)
	if want := []int{2, 0, 4}; len(l.opened) != 3 || l.opened[0] != want[0] || l.opened[1] != want[1] || l.opened[2] != want[2] {
		t.Errorf("the keys open %v, want %v", l.opened, want)
	}
	l.press(fyne.KeyEscape, fyne.KeyF1)
	if len(l.passed) != 2 {
		t.Errorf("it hands on %v", l.passed)
	}
}

func TestARowOfALongListIsOpenedByTheMouse(t *testing.T) {
	l := longList(t, 30)
	l.list.ScrollTo(200)
	test.TapCanvas(l.canvas, fyne.NewPos(50, 30))
	if len(l.opened) != 1 || l.opened[0] != 11 || l.list.Marked() != 11 {
		t.Errorf("pressed is %v, and marked %d", l.opened, l.list.Marked())
	}
}

func TestAnEmptyListOpensNothing(t *testing.T) {
	l := longList(t, 3)
	l.list.Set(0)
	l.press(fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnd)
	test.TapCanvas(l.canvas, fyne.NewPos(50, 30))
	if len(l.opened) != 0 || l.list.Marked() != -1 {
		t.Errorf("it opens %v", l.opened)
	}
}
