//go:build !race

package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/address"
)

// presses gives a key to what has the keyboard, else to the window, as the toolkit does.
func presses(w *window, k fyne.KeyName) {
	if f := w.win.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: k})
		return
	}
	w.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: k})
}

// opened goes to an address in a window of the usual size.
func opened(t *testing.T, to string) *window {
	t.Helper()
	w := opening(t, looktest.Bare(t), Options{})
	w.win.Resize(fyne.NewSize(1440, 900))
	a, err := address.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	w.Go(a)
	return w
}

// labelled finds what can be focused and is called so.
func labelled(t *testing.T, w *window, label string) *page.Button {
	t.Helper()
	for _, stop := range page.Stops(w.rooms.shown.Content()) {
		if b, is := stop.(*page.Button); is && b.Label == label {
			return b
		}
	}
	t.Fatalf("nothing is called %q", label)
	return nil
}

func TestEnterPressesTheFilledButton(t *testing.T) {
	for from, to := range map[string]string{
		"lesson/tokens/three-passes":                         "lesson/tokens/what-is-inside",
		"lesson/tokens/end":                                  "lesson/two-ways-in/fetch-my-flights",
		"walk/authorization-code-pkce/token":                 "walk/authorization-code-pkce/token-response",
		"walk/authorization-code-pkce/consent-page?tab=page": "walk/authorization-code-pkce/give-consent",
		"setup/service":                                      "walk/client-credentials",
	} {
		for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
			w := opened(t, from)
			presses(w, k)
			if got := w.rooms.shown.Address(); got.Place+"/"+got.Part(0)+rest(got) != to {
				t.Errorf("from %s %s leads to %s, want %s", from, k, got, to)
			}
		}
	}
}

// rest is the second part of an address, where it has one.
func rest(a address.Address) string {
	if a.Part(1) == "" {
		return ""
	}
	return "/" + a.Part(1)
}

// Whatever has the keyboard and a use for Enter gets it.
func TestEnterIsStolenFromNobody(t *testing.T) {
	w := opened(t, "lesson/tokens/what-is-inside")
	w.Focus(labelled(t, w, w.words.Catalog().Text("learn.back")))
	presses(w, fyne.KeyReturn)
	if got := w.rooms.shown.Address().Part(1); got != "three-passes" {
		t.Errorf("Enter on Back leads to %s", got)
	}
	w = opened(t, "setup/spa")
	for _, stop := range page.Stops(w.rooms.shown.Content()) {
		if f, is := stop.(*page.Field); is {
			w.Focus(f)
			presses(w, fyne.KeyReturn)
			if w.rooms.here != "check" {
				t.Fatalf("Enter in a field leads to %s", w.rooms.shown.Address())
			}
		}
	}
	w = opened(t, "walk/authorization-code-pkce/token")
	w.toRegion(+1) // the diagram
	presses(w, fyne.KeyUp)
	presses(w, fyne.KeyUp)
	presses(w, fyne.KeyReturn)
	if got := w.rooms.shown.Address().Part(1); got == "token" || got == "token-response" {
		t.Errorf("Enter on a marked step leads to %s", got)
	}
	before := w.rooms.shown.Address()
	presses(w, fyne.KeyReturn)
	if w.rooms.shown.Address().Equal(before) {
		t.Error("Enter does not go on once the marked step is reached")
	}
	w.act("window.about")
	before = w.rooms.shown.Address()
	presses(w, fyne.KeyReturn)
	if w.dialogs.IsOpen() || !w.rooms.shown.Address().Equal(before) {
		t.Error("Enter goes on behind a dialog, or does not close it")
	}
}

// wayBack is the button of the bar over a walk, or nil.
func (w *window) wayBack() *page.Button {
	for _, stop := range page.Stops(w.frame.Content()) {
		if b, is := stop.(*page.Button); is && b.Label == w.words.Catalog().Text("frame.come-back") && b.Soft {
			return b
		}
	}
	return nil
}

// Who looks at something in a walk comes back to where they were by the bar over it.
func TestTheBarOverAWalkLeadsBack(t *testing.T) {
	for from, see := range map[string]fyne.KeyName{
		"lesson/tokens/what-is-inside": fyne.KeyW, "check/be-the-provider/17": fyne.KeyW, "setup/service": fyne.KeyReturn,
	} {
		w := opened(t, from)
		presses(w, see)
		if w.rooms.here != "walk" {
			t.Fatalf("from %s %s leads to %s", from, see, w.rooms.shown.Address())
		}
		bar := w.wayBack()
		if bar == nil {
			t.Fatalf("nothing leads back to %s", from)
		}
		bar.Tapped(nil)
		if got := w.rooms.shown.Address().String(); got != from {
			t.Errorf("the bar leads to %s, and not back to %s", got, from)
		}
		if w.wayBack() != nil {
			t.Errorf("back at %s the bar still shows", from)
		}
	}
}
