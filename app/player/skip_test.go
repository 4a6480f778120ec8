package player

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestStepsThatAnotherFlowTellsCanBeSkipped(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "hotel", usual())
	f, _ := flows.Find("refresh-token")
	s.Open(classroomOf(t, f))
	s.Next()
	said := content(s.player, s.told()).Words
	if said.AsIn != "This step is as in “Log in with …, the safe way”." || said.Skip == "" {
		t.Errorf("of a step that is told elsewhere the window says %q and offers %q", said.AsIn, said.Skip)
	}
	press(s, fyne.KeyN)
	at := s.Player().Current()
	if asIn(s.player, s.told(), s.player.Cursor()) != "" || s.Player().Cursor() < 2 {
		t.Errorf("the key N leads to %s, which is told elsewhere, too", at.Step)
	}
	for range s.Player().Len() {
		press(s, fyne.KeyN)
	}
	if !s.Player().AtEnd() || content(s.player, s.told()).Words.AsIn != "" {
		t.Errorf("N again and again leads to %s, and not to the end", s.Player().Current().Step)
	}
}

func TestWhatWasRefusedIsToldElsewhereNowhere(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "hotel", usual())
	f, _ := flows.Find("refresh-token")
	s.Open(classroomOf(t, f))
	s.Try("reused-refresh-token")
	s.End()
	for i := range s.Player().Len() {
		if m := s.Player().At(i); m.Failed() && asIn(s.player, s.told(), i) != "" {
			t.Errorf("of %s, which was refused, it says that it is as in another flow", m.Step)
		}
	}
}
