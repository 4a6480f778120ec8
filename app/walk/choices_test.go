//go:build !race

package walk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
)

// rows lists the labels of the strip.
func rows(s *stand) []string {
	var out []string
	for _, section := range s.Strip() {
		for _, row := range section.Rows {
			out = append(out, row.Label)
		}
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
	s := opening(t, Options{})
	for _, f := range flows.All() {
		s.openFlow(f.ID)
		has := f.Offers()
		offers, _ := labels(s.whatIf.commands())
		for label, want := range map[string]bool{
			"Jane Doe": has.Person, "The password is wrong": has.SignIn, "Consent is refused": has.Consent,
		} {
			if got := slices.Contains(rows(s), label); got != want {
				t.Errorf("%s: the rail offers %q: %v", f.ID, label, got)
			}
			offered := slices.ContainsFunc(offers, func(l string) bool { return strings.HasPrefix(l, label) })
			if offered != want {
				t.Errorf("%s: the menu offers %q: %v", f.ID, label, offered)
			}
		}
	}
}

// TestAChoiceBringsYouToTheStepThatItChanges: nobody should press Next thirty
// times to see what a switch does.
func TestAChoiceBringsYouToTheStepThatItChanges(t *testing.T) {
	s := opening(t, Options{})
	for flow, want := range map[string][3]string{
		"refresh-token": {"thief", "late", "copy-refresh-token"}, "authorization-code": {"pkce", "on", "create-pkce"},
		"implicit": {"address", "wiped", "clean-address"},
	} {
		s.openFlow(flow)
		f, _ := flows.Find(flow)
		i := slices.IndexFunc(f.Switches, func(one flows.Switch) bool { return one.ID == want[0] })
		s.whatIf.turn(f.Switches[i], want[1])
		if got := s.state().Step; got != want[2] {
			t.Errorf("%s: %s %s leads to %q, want %s", flow, want[0], want[1], got, want[2])
		}
		s.screen.Back()
		at := s.state().Step
		if s.whatIf.turn(f.Switches[i], f.Switches[i].Values[0]); s.state().Step != at {
			t.Errorf("%s: as the story has it the step is %q, and it was %s", flow, s.state().Step, at)
		}
	}
}

func TestEachPermissionThatIsAskedForCanBeLeftOut(t *testing.T) {
	s := opening(t, Options{})
	for _, f := range flows.All() {
		s.openFlow(f.ID)
		left := 0
		for _, label := range rows(s) {
			if strings.HasSuffix(label, " is left out") {
				left++
			}
		}
		if (left > 0) != f.Offers().Consent || left != len(s.screen.Player().Asked()) {
			t.Errorf("%s: %d scopes can be left out", f.ID, left)
		}
	}
}

func TestASwitchIsTurnedInTheRailAndInTheMenu(t *testing.T) {
	s := opening(t, Options{})
	for _, f := range flows.All() {
		s.openFlow(f.ID)
		for _, one := range f.Switches {
			turns(t, s, one)
		}
	}
}

// turns goes through the values of a switch, and back to the first.
func turns(t *testing.T, s *stand, one flows.Switch) {
	t.Helper()
	words := s.screen.Narrator().Switch(one.ID, one.Values...)
	if got := s.state().Switches[one.ID]; got != one.Values[0] {
		t.Errorf("%s begins as %q", one.ID, got)
	}
	for _, value := range append(slices.Clone(one.Values), one.Values[0]) {
		s.row(t, words.Values[value]).Do()
		if got := s.state().Switches[one.ID]; got != value {
			t.Errorf("%s is %q and not %q", one.ID, got, value)
		}
		if _, marked := labels(s.whatIf.commands()); !slices.Contains(marked, words.Values[value]) {
			t.Errorf("the menu marks %q", marked)
		}
	}
	if len(s.whatIf.choices().Switches) != 0 {
		t.Errorf("as it was at first, and yet %v", s.whatIf.choices().Switches)
	}
}

func TestAPermissionIsLeftOutAndGrantedAgain(t *testing.T) {
	s := opening(t, Options{})
	s.whatIf.refuseConsent()
	s.whatIf.withhold("mail.read")
	got := s.state()
	if got.Step != stage.StepGiveConsent || !slices.Equal(got.Withheld, []string{"mail.read"}) || got.Denies || !got.SignsIn {
		t.Errorf("leaving it out leads to %+v", got)
	}
	if _, marked := labels(s.whatIf.commands()); !slices.Contains(marked, "mail.read is left out") {
		t.Errorf("the menu marks %q", marked)
	}
	s.whatIf.wrongPassword()
	if got := s.state(); len(got.Withheld) != 0 || got.SignsIn || got.Step != stage.StepWrongPassword {
		t.Errorf("whoever is not signed in is asked nothing, and yet %+v", got)
	}
	s.whatIf.withhold("mail.read") // from a run that comes to no consent page
	s.whatIf.withhold("mail.read")
	if got := s.state(); len(got.Withheld) != 0 || got.Outcome != "" {
		t.Errorf("granted again: %+v", got)
	}
}

func TestTheClockIsMovedByTheMenu(t *testing.T) {
	s := opening(t, Options{At: "code-redirect"})
	before, err := time.Parse(time.RFC3339, s.state().Clock)
	if err != nil {
		t.Fatal(err)
	}
	total := time.Duration(0)
	for i, by := range []time.Duration{30 * time.Second, 5 * time.Minute, time.Hour, 24 * time.Hour} {
		s.act(t, fmt.Sprint("clock.", i+1))
		total += by
		got := s.state()
		now, err := time.Parse(time.RFC3339, got.Clock)
		if err != nil || now.Sub(before) != total || got.Jumped != total.String() || got.Step != "code-redirect" {
			t.Errorf("after %q it is %s: %+v", by, now.Sub(before), got)
		}
		if dead := slices.Contains(got.Expired, "code"); dead != (total >= time.Minute) {
			t.Errorf("after %s the code is expired: %v", total, dead)
		}
	}
	s.act(t, "clock.back")
	if got := s.state(); got.Jumped != "0s" || got.Clock != before.Format(time.RFC3339) || len(got.Expired) != 0 {
		t.Errorf("taken back: %+v", got)
	}
}

func TestTheClockOffersItsMenuToAKey(t *testing.T) {
	s := opening(t, Options{At: "token"})
	typeKeys(s, fyne.KeyC)
	top := s.win.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("C opens nothing")
	}
	focused := s.win.Canvas().Focused()
	if focused == nil {
		t.Fatal("the menu takes no keys")
	}
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := s.state(); got.Jumped != "30s" {
		t.Errorf("the first entry moves the clock by %s", got.Jumped)
	}
}

func TestTamperingEndsWhereTheRunChanges(t *testing.T) {
	s := opening(t, Options{At: "callback"})
	for name, change := range map[string]func(){
		"a jump": func() { s.act(t, "clock.1") }, "a person": func() { s.whatIf.choosePerson("dana") },
	} {
		s.screen.ToggleTamper()
		if !s.state().Tamper {
			t.Fatal("the pane does not open")
		}
		change()
		if s.state().Tamper {
			t.Errorf("%s: the pane shows a request of another run", name)
		}
	}
}
