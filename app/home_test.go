package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/tutorials"
)

// atHome is a window in which nothing was chosen yet.
func atHome(t *testing.T, o Options) *window {
	t.Helper()
	return openingAs(t, looktest.Bare(t), o, places(), false)
}

// through types the key of a door and waits until the walk behind it stands there.
func through(w *window, key fyne.KeyName) {
	ready := make(chan struct{})
	w.stands = func() { close(ready) }
	typeKeys(w, key)
	<-ready
}

func TestTheVeryFirstStartBeginsAtHomeAndLaterOnesInTheWalk(t *testing.T) {
	a := looktest.Bare(t)
	w := openingAs(t, a, Options{}, places(), false)
	if got := now(t, w).Room; got != "home" {
		t.Fatalf("the very first start begins in %q", got)
	}
	typeKeys(w, fyne.KeyEscape)
	if got := now(t, w).Room; got != "home" {
		t.Errorf("Escape leads to %q, and there is nothing to go back to", got)
	}
	through(w, fyne.Key2)
	if got := now(t, w).Room; got != "walk" {
		t.Errorf("a door leads to %q", got)
	}
	again := openingAs(t, a, Options{}, places(), false)
	if got := now(t, again).Room; got != "walk" {
		t.Errorf("the start after that begins in %q", got)
	}
}

func TestWhoAsksForSomethingAtTheFirstStartGetsIt(t *testing.T) {
	for name, o := range map[string]Options{
		"a flow": {Walk: walk.Options{Flow: "device"}}, "a step": at("token"), "a tab": {Walk: walk.Options{Tab: "checks"}},
		"a voice": {Voice: tutorials.Developer}, "a lens": {Lens: "hotel"},
	} {
		if got := now(t, atHome(t, o)).Room; got != "walk" {
			t.Errorf("whoever asks for %s stands in %q", name, got)
		}
	}
}

func TestADoorSetsVoiceLensAndTab(t *testing.T) {
	for key, want := range map[fyne.KeyName][3]string{
		fyne.Key1: {"everyone", "hotel", "words"}, fyne.Key2: {"developer", "protocol", "request"},
	} {
		w := atHome(t, Options{})
		through(w, key)
		if at := now(t, w).Cursor; at != -1 {
			t.Errorf("door %s leads to step %d", key, at)
		}
		typeKeys(w, fyne.KeyRight, fyne.KeyRight) // before the first message there are only words
		if s := now(t, w); [3]string{s.Voice, s.Lens, s.Tab} != want || s.Cursor != 1 || s.Flow != "authorization-code-pkce" {
			t.Errorf("door %s leads to %s, %s, %s at %d of %s; want %v", key, s.Voice, s.Lens, s.Tab, s.Cursor, s.Flow, want)
		}
	}
}

func TestTheDoorOfPresentersLeadsToTheTalks(t *testing.T) {
	w := atHome(t, Options{})
	typeKeys(w, fyne.Key3)
	if s := now(t, w); s.Room != "present" || s.Voice != "executive" || s.Lens != "office" {
		t.Errorf("the third door leads to %s, told for %s through %s", s.Room, s.Voice, s.Lens)
	}
}

func TestTheLogoLeadsHomeAndEscapeBackToTheSameStep(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	was := now(t, w)
	w.goHome()
	if got := now(t, w).Room; got != "home" {
		t.Fatalf("the logo leads to %q", got)
	}
	typeKeys(w, fyne.KeyRight)
	typeKeys(w, fyne.KeyEscape)
	if got := now(t, w); got.Room != "walk" || got.Step != was.Step || got.Voice != was.Voice {
		t.Errorf("Escape leads back to %s in %q, and it was %s", got.Step, got.Room, was.Step)
	}
	w.goHome()
	typeKeys(w, fyne.Key2)
	if got := now(t, w); got.Voice != "developer" || got.Step != was.Step || got.Tab != "request" {
		t.Errorf("the developer's door leads to %s at %s, %s; the flow should stand where it stood", got.Voice, got.Step, got.Tab)
	}
	w.goHome()
	typeKeys(w, fyne.Key1)
	if got := now(t, w); got.Voice != "everyone" || got.Cursor != -1 {
		t.Errorf("the door for beginners leads to %s at %d; it begins anew", got.Voice, got.Cursor)
	}
}

func TestHomeHasNoListAtTheLeft(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	left := func() float32 { return fyne.CurrentApp().Driver().AbsolutePositionForObject(w.rooms.shown.Content()).X }
	beside := left()
	w.goHome()
	if x := left(); beside == 0 || x != 0 {
		t.Errorf("home begins at %v, and the walk beside its list at %v", x, beside)
	}
	w.act("place.walk")
	if x := left(); x != beside {
		t.Errorf("back in the walk its content begins at %v, and it was %v", x, beside)
	}
}
