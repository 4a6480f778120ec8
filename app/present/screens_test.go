//go:build !race

package present

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

func TestAScreenThatComesGetsTheStageAndOneThatGoesDoesNotEndTheTalk(t *testing.T) {
	h := inHall(t, look.Dark, 1)
	g := h.give("present/log-in-with?minutes=10&start=yes")
	h.press(fyne.KeyPageDown)
	h.screens = 2
	h.pass(time.Second)
	if len(h.open) != 2 || h.room.now.beside == nil || !h.open[0].FullScreen() {
		t.Fatalf("a projector was plugged in, and %d windows are open", len(h.open))
	}
	h.screens = 1
	h.pass(time.Second)
	h.room.now.typed(fyne.KeyB, onSpeaker)
	if h.room.now.onStage != nil || h.room.now.beside == nil || g.cover != black {
		t.Fatal("without the projector the talk does not go on in the speaker’s window")
	}
	h.room.now.typed(fyne.KeyB, onSpeaker)
	h.room.now.typed(fyne.KeyF5, onSpeaker)
	if h.room.now.onStage == nil || g.timer.Elapsed() != 2*time.Second {
		t.Errorf("F5 brings the stage back after %s, and should leave the clock alone", g.timer.Elapsed())
	}
	h.room.now.onStage.Close()
	h.screens = 2
	h.pass(time.Second)
	if h.room.now.onStage == nil || !h.room.now.onStage.FullScreen() || g.at != 1 {
		t.Error("the projector came back, and the stage did not")
	}
	h.room.now.beside.Close()
	h.screens = 1
	h.pass(time.Second)
	if h.room.now == nil || h.room.now.onStage == nil {
		t.Error("with the projector went the only window")
	}
}

func TestALostWindowDoesNotEndTheTalk(t *testing.T) {
	h := inHall(t, look.Dark, 2)
	g := h.give("present/log-in-with?minutes=10&start=yes")
	h.press(fyne.KeyPageDown)
	h.screens = 1
	h.open[0].Close()
	h.pass(time.Minute)
	h.room.now.typed(fyne.KeyPageDown, onSpeaker)
	if h.room.now == nil || g.at != 2 && !g.view().Answered || g.timer.Elapsed() != time.Minute {
		t.Fatal("without the stage the talk does not go on")
	}
	if words := h.room.now.speaker.clockWords(); !strings.Contains(words, "F5 opens it again") {
		t.Errorf("the speaker is told %q", words)
	}
	h.room.now.openStage(true)
	if len(h.open) != 3 || h.room.now.onStage == nil {
		t.Fatalf("the stage is not open again; %d windows were", len(h.open))
	}
	h.open[1].Close()
	h.press(fyne.KeyPageDown, fyne.KeyS)
	if len(h.open) != 4 || h.room.now.beside == nil {
		t.Errorf("S does not bring the speaker's window back; %d windows were open", len(h.open))
	}
	h.open[2].Close()
	h.open[3].Close()
	if h.room.now != nil || len(h.over) != 1 {
		t.Error("with both windows closed the talk still goes on")
	}
}

func TestBothWindowsFitAScreenThatIsWideAndNotHigh(t *testing.T) {
	h := inHall(t, look.Dark, 2)
	h.give("present/log-in-with?minutes=10&start=yes")
	screen := fyne.NewSize(1280, 680) // of 1280 by 720, below a title bar
	for _, w := range h.open {
		w.Resize(screen)
		if least := w.Content().MinSize(); least.Height > screen.Height || least.Width > screen.Width {
			t.Errorf("%s asks for %v on a screen that has %v", w.Title(), least, screen)
		}
	}
}

func TestARemoteGivesTheTalkFromTheFirstWindowToo(t *testing.T) {
	h := inHall(t, look.Dark, 2)
	g := h.give("present/log-in-with?minutes=10&start=yes")
	for _, c := range []struct {
		key   fyne.KeyName
		at    int
		cover cover
	}{{fyne.KeyPageDown, 1, uncovered}, {fyne.KeyPageUp, 0, uncovered}, {fyne.KeyB, 0, black}, {fyne.KeyB, 0, uncovered}} {
		if !h.Typed(&fyne.KeyEvent{Name: c.key}) || g.at != c.at || g.cover != c.cover {
			t.Errorf("after %s in the first window it is scene %d, and the stage is %q", c.key, g.at, g.cover)
		}
	}
	h.press(fyne.KeyEscape, fyne.KeyEscape)
	if !h.Typed(&fyne.KeyEvent{Name: fyne.KeyPageDown}) {
		t.Error("after the talk the key does not turn the list")
	}
}

func TestARehearsalIsToldThoughTheProgramIsClosed(t *testing.T) {
	h := inHall(t, look.Dark, 2)
	h.give("present/log-in-with?minutes=10&start=yes")
	h.press(fyne.KeyF5)
	h.pass(time.Minute)
	if err := h.room.Close(); err != nil {
		t.Fatal(err)
	}
	if len(h.over) != 1 || h.over[0].Took != time.Minute {
		t.Errorf("what came of it is %+v", h.over)
	}
}

func TestAStageDrawsOnlyWhatChanged(t *testing.T) {
	s := stageOf(t)
	g := s.giving
	for _, c := range []struct {
		what string
		do   func()
		most func(all int) int
	}{
		{"nothing", func() {}, func(int) int { return 0 }},
		{"black and back", func() { g.cover = black; s.Arrange(s.Size()); g.cover = uncovered }, func(int) int { return 0 }},
		{"a hand is counted", func() { g.at = 2; s.Arrange(s.Size()); g.hand(1) }, func(int) int { return 3 }}, // its number and its bar
		{"the next message of the same parties", func() { g.at = 5; s.Arrange(s.Size()); g.at = 6 }, func(all int) int { return all / 2 }},
	} {
		c.do()
		s.Arrange(s.Size())
		if anew, all := s.drawn(); all == 0 || anew > c.most(all) {
			t.Errorf("%s: %d of %d objects are drawn anew", c.what, anew, all)
		}
	}
}
