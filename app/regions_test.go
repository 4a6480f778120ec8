//go:build !race

package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/walk"
)

// in is which region of the room has the keyboard: 0 for the first, -1 for none.
func in(w *window) int {
	for i, r := range w.regions() {
		if page.Within(r.Area, w.win.Canvas().Focused()) {
			return i
		}
	}
	return -1
}

func TestF6LeadsThroughDiagramStoryAndBarAndRoundTheFrame(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	w.win.Resize(fyne.NewSize(1440, 900))
	for i, want := range []int{0, 1, 2, -1, -1, -1, 0} {
		w.toRegion(+1)
		if got := in(w); got != want || w.win.Canvas().Focused() == nil {
			t.Errorf("after F6, %d times, the region %d has the keyboard, want %d", i+1, got, want)
		}
	}
	w.toRegion(-1)
	if got := in(w); got != -1 {
		t.Errorf("Shift and F6 lead from the diagram to the region %d", got)
	}
}

func TestArrowsMoveInsideTheRegionThatF6LedTo(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	w.win.Resize(fyne.NewSize(1440, 900))
	press := func(k fyne.KeyName) fyne.Focusable {
		w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		return w.win.Canvas().Focused()
	}
	for region, k := range []fyne.KeyName{"", fyne.KeyDown, fyne.KeyLeft} {
		w.toRegion(+1)
		if k == "" {
			continue // of the diagram arrows are marked, and it keeps the keyboard
		}
		first := w.win.Canvas().Focused()
		for range 40 {
			if next := press(k); in(w) != region {
				t.Fatalf("%s leads from region %d to %T in region %d", k, region, next, in(w))
			}
		}
		if w.win.Canvas().Focused() == first {
			t.Errorf("%s moves nothing in region %d", k, region)
		}
	}
	if now(t, w).Step != "token" {
		t.Error("arrows in the bar went to another step")
	}
}

func TestFunctionKeysLeaveATextField(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{Walk: walk.Options{At: "sign-in-page", Tab: "page"}})
	w.win.Resize(fyne.NewSize(1440, 900))
	var field *page.Field
	for _, s := range page.Stops(w.regions()[1].Area.(*fyne.Container)) {
		if f, ok := s.(*page.Field); ok {
			field = f
		}
	}
	if field == nil {
		t.Fatal("the page of the login has no field")
	}
	w.Focus(field)
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF6})
	if w.win.Canvas().Focused() == fyne.Focusable(field) || in(w) != 2 {
		t.Errorf("F6 in a field leads to region %d", in(w))
	}
	w.Focus(field)
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	if !w.dialogs.IsOpen() {
		t.Error("F1 in a field opens no list of keys")
	}
}
