package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
)

// rows lists the labels of the rail.
func rows(w *window) []string {
	var out []string
	for _, e := range w.rail.entries {
		out = append(out, e.now().label)
	}
	return out
}

// labels lists those of a table, and which of them are marked.
func labels(table []room.Command) (all, marked []string) {
	for c := range room.All(table) {
		all = append(all, c.Label())
		if c.On {
			marked = append(marked, c.Label())
		}
	}
	return all, marked
}

func TestOnlyWhatTheFlowHasIsOffered(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{})
	for _, f := range flows.All() {
		w.openFlow(f.ID)
		has := f.Offers()
		offers, _ := labels(w.whatIfCommands())
		for label, want := range map[string]bool{
			"Jane Doe": has.Person, "The password is wrong": has.SignIn, "Consent is refused": has.Consent,
		} {
			if got := slices.Contains(rows(w), label); got != want {
				t.Errorf("%s: the rail offers %q: %v", f.ID, label, got)
			}
			offered := slices.ContainsFunc(offers, func(l string) bool { return strings.HasPrefix(l, label) })
			if offered != want {
				t.Errorf("%s: the menu offers %q: %v", f.ID, label, offered)
			}
		}
	}
}

func TestEachPermissionThatIsAskedForCanBeLeftOut(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{})
	for _, f := range flows.All() {
		w.openFlow(f.ID)
		left := 0
		for _, label := range rows(w) {
			if strings.HasSuffix(label, " is left out") {
				left++
			}
		}
		if (left > 0) != f.Offers().Consent || left != len(w.screen.Player().Asked()) {
			t.Errorf("%s: %d scopes can be left out", f.ID, left)
		}
	}
}

func TestASwitchIsTurnedInTheRailAndInTheMenu(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{})
	for _, f := range flows.All() {
		w.openFlow(f.ID)
		for _, one := range f.Switches {
			turns(t, w, one)
		}
	}
}

// turns goes through the values of a switch, and back to the first.
func turns(t *testing.T, w *window, s flows.Switch) {
	t.Helper()
	words := w.screen.Narrator().Switch(s.ID, s.Values...)
	if got := w.state().Switches[s.ID]; got != s.Values[0] {
		t.Errorf("%s begins as %q", s.ID, got)
	}
	for _, value := range append(slices.Clone(s.Values), s.Values[0]) {
		i := slices.Index(rows(w), words.Values[value])
		if i < 0 {
			t.Fatalf("the rail has no %q", words.Values[value])
		}
		w.rail.entries[i].do()
		if got := w.state().Switches[s.ID]; got != value {
			t.Errorf("%s is %q and not %q", s.ID, got, value)
		}
		if _, marked := labels(w.whatIfCommands()); !slices.Contains(marked, words.Values[value]) {
			t.Errorf("the menu marks %q", marked)
		}
	}
	if len(w.choices().Switches) != 0 {
		t.Errorf("as it was at first, and yet %v", w.choices().Switches)
	}
}

func TestAPermissionIsLeftOutAndGrantedAgain(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{})
	w.refuseConsent()
	w.withhold("mail.read")
	s := w.state()
	if s.Step != stage.StepGiveConsent || !slices.Equal(s.Withheld, []string{"mail.read"}) || s.Denies || !s.SignsIn {
		t.Errorf("leaving it out leads to %+v", s)
	}
	if _, marked := labels(w.whatIfCommands()); !slices.Contains(marked, "mail.read is left out") {
		t.Errorf("the menu marks %q", marked)
	}
	w.wrongPassword()
	if s := w.state(); len(s.Withheld) != 0 || s.SignsIn || s.Step != stage.StepWrongPassword {
		t.Errorf("whoever is not signed in is asked nothing, and yet %+v", s)
	}
	w.withhold("mail.read") // from a run that comes to no consent page
	w.withhold("mail.read")
	if s := w.state(); len(s.Withheld) != 0 || s.Outcome != "" {
		t.Errorf("granted again: %+v", s)
	}
}

func TestTheClockIsMovedByTheMenu(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{At: "code-redirect"})
	before, err := time.Parse(time.RFC3339, w.state().Clock)
	if err != nil {
		t.Fatal(err)
	}
	total := time.Duration(0)
	for i, by := range []time.Duration{30 * time.Second, 5 * time.Minute, time.Hour, 24 * time.Hour} {
		w.act(fmt.Sprint("clock.", i+1))
		total += by
		s := w.state()
		now, err := time.Parse(time.RFC3339, s.Clock)
		if err != nil || now.Sub(before) != total || s.Jumped != total.String() || s.Step != "code-redirect" {
			t.Errorf("after %q it is %s: %+v", by, now.Sub(before), s)
		}
		if dead := slices.Contains(s.Expired, "code"); dead != (total >= time.Minute) {
			t.Errorf("after %s the code is expired: %v", total, dead)
		}
	}
	w.act("clock.back")
	if s := w.state(); s.Jumped != "0s" || s.Clock != before.Format(time.RFC3339) || len(s.Expired) != 0 {
		t.Errorf("taken back: %+v", s)
	}
}

func TestTheClockOffersItsMenuToAKey(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{At: "token"})
	typeKeys(w, fyne.KeyC)
	top := w.win.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("C opens nothing")
	}
	focused := w.win.Canvas().Focused()
	if focused == nil {
		t.Fatal("the menu takes no keys")
	}
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s := w.state(); s.Jumped != "30s" {
		t.Errorf("the first entry moves the clock by %s", s.Jumped)
	}
}

func TestTamperingEndsWhereTheRunChanges(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{At: "callback"})
	for name, change := range map[string]func(){
		"a jump": func() { w.screen.Jump(time.Minute) }, "a person": func() { w.choosePerson("dana") },
	} {
		w.screen.ToggleTamper()
		if !w.state().Tamper {
			t.Fatal("the pane does not open")
		}
		change()
		if w.state().Tamper {
			t.Errorf("%s: the pane shows a request of another run", name)
		}
	}
}

func TestTheRailShowsTheEntryThatHasTheKeyboard(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{Width: 1440, Height: 620})
	if w.rail.scroll.Offset.Y != 0 {
		t.Fatalf("the rail begins at %v", w.rail.scroll.Offset)
	}
	seen := func(e *entry) bool {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(e.button)
		top := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.rail.card)
		return at.Y >= top.Y && at.Y+e.button.Size().Height <= top.Y+w.rail.card.Size().Height
	}
	for _, e := range []*entry{w.rail.entries[len(w.rail.entries)-1], w.rail.entries[0]} {
		w.win.Canvas().Focus(e.button)
		if !seen(e) {
			t.Errorf("%q has the keyboard and cannot be seen", e.now().label)
		}
	}
}
