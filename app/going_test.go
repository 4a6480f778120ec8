package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/tutorials"
)

// whereabouts is what the state says of where the window stands.
func whereabouts(t *testing.T, w *window) (here, back, forward string) {
	t.Helper()
	s := now(t, w)
	return s.Address, s.Back, s.Forward
}

func TestTheCommandLineOpensAnAddress(t *testing.T) {
	w := atHome(t, Options{Address: "walk/refresh-token/refresh?thief=late&tab=checks&voice=developer"})
	s := now(t, w)
	if s.Address != "walk/refresh-token/refresh?tab=checks&thief=late" || s.Voice != "developer" || s.Step != "refresh" || s.Said != "" {
		t.Errorf("the window begins at %s in the voice of %s and says %q", s.Address, s.Voice, s.Said)
	}
}

func TestWhatTheCommandLineAsksBesideAnAddressIsShownThere(t *testing.T) {
	for text, want := range map[string]string{
		"walk/authorization-code-pkce":                              "walk/authorization-code-pkce/token?mistake=late-code&tab=checks",
		"walk/authorization-code-pkce/token?mistake=other-verifier": "walk/authorization-code-pkce/token?mistake=other-verifier&tab=checks",
		"glossary/pkce": "glossary/pkce",
	} {
		o := Options{Address: text, Walk: walk.Options{Mistake: "late-code", Tab: "checks", At: "token"}}
		if here, _, _ := whereabouts(t, opening(t, looktest.Bare(t), o)); here != want {
			t.Errorf("%s with three options opens %s", text, here)
		}
	}
}

func TestBackAndForwardLeadThroughWhatWasOpened(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	w.Go(addressIn("walk/refresh-token/refresh"))
	typeKeys(w, fyne.KeyRight, fyne.KeyRight)
	w.goHome()
	if here, back, _ := whereabouts(t, w); here != "home" || !strings.HasPrefix(back, "walk/refresh-token/") {
		t.Fatalf("at %s back leads to %q", here, back)
	}
	w.act(idBack)
	s := now(t, w)
	if s.Flow != "refresh-token" || s.Step == "refresh" || s.Forward != "home" {
		t.Errorf("back leads to %s of %s, and forward to %q; it stood two steps after refresh", s.Step, s.Flow, s.Forward)
	}
	w.act(idBack)
	if s := now(t, w); s.Flow != "authorization-code-pkce" || s.Step != "token" {
		t.Errorf("back again leads to %s of %s", s.Step, s.Flow)
	}
	w.act(idForward)
	w.act(idForward)
	if here, _, forward := whereabouts(t, w); here != "home" || forward != "" {
		t.Errorf("forward twice leads to %s, and then to %q", here, forward)
	}
	if !inMenu(t, w, "Go", "Forward again").Disabled {
		t.Error("where nothing lies ahead the menu offers to go forward")
	}
}

func TestTheNextStartBeginsAtTheSameStepChoicesAndTab(t *testing.T) {
	a := looktest.Bare(t)
	w := opening(t, a, Options{Address: "walk/refresh-token/refresh?thief=late"})
	w.view.setVoice(tutorials.Developer)
	w.act("tab.checks")
	was := now(t, w)
	w.goHome()
	if err := w.remember(); err != nil {
		t.Fatal(err)
	}
	again := opening(t, a, Options{})
	if got := now(t, again); got.Address != was.Address || got.Step != "refresh" || got.Tab != "checks" || got.Switches["thief"] != "late" {
		t.Errorf("the next start begins at %s, and it was left at %s", got.Address, was.Address)
	}
}

func TestHomeGoesOnWhereSomebodyWasAtTheLastStart(t *testing.T) {
	a := looktest.Bare(t)
	a.Preferences().SetString(keyPlace, "walk/refresh-token/refresh")
	w := openingAs(t, a, Options{Address: "home"}, places(), true)
	if called := w.rooms.title().Name + w.way.called(addressIn(w.settings.address)); !strings.Contains(called, "Stay logged in") {
		t.Errorf("what home goes on with is called %q", called)
	}
	through(w, fyne.KeyEscape)
	if got := now(t, w); got.Step != "refresh" || got.Flow != "refresh-token" {
		t.Errorf("to go on leads to %s of %s", got.Step, got.Flow)
	}
}

func TestABrokenAddressOpensTheNearestPlaceAndSaysSo(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{Address: "wlak/refresh-token"})
	if got := now(t, w); got.Flow != "refresh-token" || !strings.Contains(got.Said, "wlak") {
		t.Errorf("wlak leads to %s and says %q", got.Address, got.Said)
	}
	w.Go(addressIn("zzzz/x"))
	if got := now(t, w); got.Room != "home" || !strings.Contains(got.Said, "zzzz") {
		t.Errorf("zzzz leads to %s and says %q", got.Address, got.Said)
	}
	w.goHome()
	if got := now(t, w); got.Said != "" {
		t.Errorf("what was said of another address still stands there: %q", got.Said)
	}
	w.Say("something")
	typeKeys(w, fyne.KeyEscape)
	if got := now(t, w); got.Said != "" {
		t.Errorf("Escape leaves %q standing there", got.Said)
	}
}

func TestAnyRoomOpensItsOwnAddresses(t *testing.T) {
	w, k := withKitchen(t)
	w.Go(addressIn("kitchen/3"))
	if here, _, _ := whereabouts(t, w); here != "kitchen/3" || k.pots != 3 {
		t.Errorf("kitchen/3 leads to %s with %d pots", here, k.pots)
	}
	w.Go(addressIn("kitchen/ladles"))
	if here, back, _ := whereabouts(t, w); here != "kitchen/3" || strings.HasPrefix(back, "kitchen") || w.frame.Said() == "" {
		t.Errorf("what the kitchen does not have leads to %s, back to %s, and says %q", here, back, w.frame.Said())
	}
}

func TestSearchOpensWhatIsFoundAndRunsCommands(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	for typed, arrived := range map[string]func(shown) bool{
		"refresh token": func(s shown) bool { return s.Flow == "refresh-token" },
		"next lens":     func(s shown) bool { return s.Lens != "hotel" },
	} {
		w.act("window.search")
		if !w.dialogs.IsOpen() {
			t.Fatal("search does not open")
		}
		test.Type(w.win.Canvas().Focused(), typed)
		w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if s := now(t, w); !arrived(s) {
			t.Errorf("%q leads to %s", typed, s.Address)
		}
		w.dialogs.Dismiss()
	}
}

func TestBackLeadsFromAnExerciseToTheOneBefore(t *testing.T) {
	for from, next := range map[string]string{
		"check/be-the-provider/1":       "check/be-the-provider/2",
		"check/sees/authorization-code": "check/sees/authorization-code/2",
		"check/order/openid-connect":    "check/order/device-code/1", // of another flow
		"setup/phone":                   "setup/spa",
	} {
		w := opening(t, looktest.Bare(t), Options{Address: from})
		first, _, _ := whereabouts(t, w)
		typeKeys(w, fyne.KeyRight, fyne.KeyRight)
		w.act(idBack)
		if here, _, _ := whereabouts(t, w); here != next {
			t.Errorf("two exercises after %s, back leads to %s, and not to %s", from, here, next)
		}
		w.act(idBack)
		if here, _, _ := whereabouts(t, w); here != first {
			t.Errorf("back again leads to %s, and not to %s", here, first)
		}
		typeKeys(w, fyne.KeyRight, fyne.KeyLeft)
		if here, back, _ := whereabouts(t, w); here != first || back != next {
			t.Errorf("from the one after %s the left arrow leads to %s, and back from there to %s", first, here, back)
		}
	}
}
