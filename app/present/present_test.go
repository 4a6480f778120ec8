//go:build !race

package present

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/talk"
)

func TestTwoActionsLeadToARunningTalk(t *testing.T) {
	h := inHall(t, look.Dark, 2)
	ids := make([]string, 0, 40)
	for _, c := range h.room.Commands() {
		ids = append(ids, c.ID)
	}
	give, ok := room.Find(h.room.Commands(), "talk.log-in-with-10")
	if !ok {
		t.Fatalf("there is no such command among %q", ids)
	}
	give.Do()
	if h.room.now == nil || len(h.open) != 2 {
		t.Fatalf("%d windows are open", len(h.open))
	}
	if !h.open[0].FullScreen() {
		t.Error("the stage does not fill its screen")
	}
	g := h.room.now.giving
	h.pass(5 * time.Minute)
	if g.timer.Elapsed() != 0 {
		t.Errorf("before the first step %s have passed", g.timer.Elapsed())
	}
	h.press(fyne.KeyPageDown)
	h.pass(time.Minute)
	if g.at != 1 || g.timer.Elapsed() != time.Minute {
		t.Errorf("after a step and a minute it is scene %d at %s", g.at, g.timer.Elapsed())
	}
}

func TestEveryKeyDoesWhatPresentersExpect(t *testing.T) {
	h := inHall(t, look.Dark, 1)
	g := h.give("present/log-in-with?minutes=20&start=yes")
	last := len(g.show.Slides) - 1
	for _, step := range []struct {
		keys  string
		holds func() bool
	}{
		{"Right Space Next", func() bool { return g.view().Answered && g.at == 2 }}, // the third is a question, which is answered first
		{"Prior Left", func() bool { return g.at == 0 }},
		{"End", func() bool { return g.at == last }},
		{"Right", func() bool { return g.at == last }},
		{"Home", func() bool { return g.at == 0 }},
		{"Left", func() bool { return g.at == 0 }},
		{"B", func() bool { return g.cover == black }},
		{"Right", func() bool { return g.cover == uncovered && g.at == 0 }}, // only the stage comes back
		{"W", func() bool { return g.cover == white }},
		{"W", func() bool { return g.cover == uncovered }},
		{".", func() bool { return g.cover == black }},
		{"Escape", func() bool { return g.cover == uncovered }},
		{"G 7 Return", func() bool { return g.at == 6 }},
		{"G 9 9 9 Return", func() bool { return g.at == 6 && g.goTo == "" }},
		{"G Escape", func() bool { return g.at == 6 && g.goTo == "" }},
		{"T", func() bool { return g.view().Opened }},
		{"T", func() bool { return !g.view().Opened }},
		{"C", func() bool { return !g.view().Later }}, // nothing can pass here
		{"G 9 Return C", func() bool { return g.view().Later }},
		{"Escape", func() bool { return !g.view().Later }},
		{"+ =", func() bool { return g.zoom == 2 }},
		{"-", func() bool { return g.zoom == 1 }},
		{"Right", func() bool { return g.zoom == 0 }},
		{"L", func() bool { return g.spot }},
		{"L N", func() bool { return !g.spot && g.notes }},
		{"N O", func() bool { return !g.notes && g.overview == onStage }},
		{"Home Right Down", func() bool { return g.mark == 1+columnsOf(last+1) && g.at == 9 }},
		{"Return", func() bool { return g.overview == nowhere && g.at == 1+columnsOf(last+1) }},
		{"Q X Tab", func() bool { return g.at == 1+columnsOf(last+1) }}, // no other key moves anything
		{"Escape", func() bool { return g.leaving && h.room.now != nil }},
		{"Left", func() bool { return !g.leaving }},
	} {
		if h.types(step.keys); !step.holds() {
			t.Errorf("after %q it is at %d: %+v, cover %d, asked %q, mark %d", step.keys, g.at, *g.view(), g.cover, g.goTo, g.mark)
		}
	}
	h.press(fyne.KeyEscape, fyne.KeyEscape)
	if h.room.now != nil || len(h.over) != 1 {
		t.Error("Esc twice does not end the talk")
	}
}

func TestF5StartsTheTimeHereAndWithShiftFromTheBeginning(t *testing.T) {
	h := inHall(t, look.Dark, 1)
	g := h.give("present/log-in-with?minutes=10&start=yes")
	h.press(fyne.KeyRight, fyne.KeyRight)
	h.pass(time.Minute)
	h.press(fyne.KeyF5)
	if g.at != 2 || g.timer.Elapsed() != 0 {
		t.Errorf("from here it is scene %d at %s", g.at, g.timer.Elapsed())
	}
	h.pass(time.Minute)
	g.fromTheBeginning()
	if g.at != 0 || g.timer.Elapsed() != 0 {
		t.Errorf("from the beginning it is scene %d at %s", g.at, g.timer.Elapsed())
	}
}

func TestHandsAreCountedAndTheRunDecides(t *testing.T) {
	h := inHall(t, look.Dark, 1)
	g := h.give("present/log-in-with?minutes=10&start=yes")
	g.move(slices.IndexFunc(g.show.Slides, func(s talk.Slide) bool { return s.Scene.ID == "guess-thief" }))
	h.press("1", "1", "2", "4", "9")
	if got := g.view().Hands; !slices.Equal(got, []int{2, 1, 0}) {
		t.Errorf("counted are %v", got)
	}
	h.press(fyne.KeyBackspace, "3", "3", "2")
	at := g.at
	h.press(fyne.KeyPageDown, "1")
	if !g.view().Answered || g.at != at || !slices.Equal(g.view().Hands, []int{0, 1, 2}) {
		t.Errorf("after the run has decided it is scene %d with %v", g.at, g.view().Hands)
	}
	if words := h.words(); !strings.Contains(words, "The run says 2. 1 of 3 hands said so.") {
		t.Errorf("the stage says %q", words)
	}
	h.press(fyne.KeyPageDown)
	if g.at != at+1 {
		t.Errorf("the next key leads to scene %d", g.at)
	}
}

func TestHandsThatNobodyCountedAreNotMentioned(t *testing.T) {
	h := inHall(t, look.Dark, 1)
	g := h.give("present/log-in-with?minutes=10&start=yes")
	g.move(slices.IndexFunc(g.show.Slides, func(s talk.Slide) bool { return s.Scene.ID == "guess-thief" }))
	h.press(fyne.KeyPageDown)
	if words := h.words(); !strings.Contains(words, "The run says 2.") || strings.Contains(words, "of 0") {
		t.Errorf("the stage says %q", words)
	}
}

// words is all that is written on the stage now.
func (h *hall) words() string {
	s := h.room.now.stage
	s.Resize(stageSize())
	s.Arrange(stageSize())
	var all []string
	for _, o := range s.Shown {
		if text, ok := o.(*canvas.Text); ok {
			all = append(all, text.Text)
		}
	}
	return strings.Join(all, " ")
}

func (s *speaker) clockWords() string { return said(s.clock, s.watch.clock, s.watch.pace) }

// said is all that is written in columns.
func said(columns ...*page.Column) string {
	var all []string
	for _, c := range columns {
		for _, o := range c.Shown {
			if text, ok := o.(interface{ Words() string }); ok {
				all = append(all, text.Words())
			}
		}
	}
	return strings.Join(all, "\n")
}

func TestTheSpeakerSeesThisSceneTheNextAndThePace(t *testing.T) {
	h := inHall(t, look.Dark, 2)
	g := h.give("present/log-in-with?minutes=10&start=yes")
	s := h.room.now.speaker
	words := func() string { return said(s.title, s.next, s.notes) + s.clockWords() }
	for _, want := range []string{"Ready.", "00:00", "of 10:00", "Scene 1 of 12", g.show.Slides[1].Heading, g.slide().Scene.Asked[0].Answer} {
		if !strings.Contains(words(), want) {
			t.Errorf("before it begins the speaker does not see %q:\n%s", want, words())
		}
	}
	h.press(fyne.KeyF5)
	h.pass(65 * time.Second)
	for _, want := range []string{"01:05", "30 s behind", "This scene: 1:05 of 0:35"} {
		if !strings.Contains(words(), want) {
			t.Errorf("after 65 s the speaker does not see %q:\n%s", want, words())
		}
	}
	h.press(fyne.KeyEnd)
	if !strings.Contains(words(), "minutes ahead") || !strings.Contains(words(), "last scene") {
		t.Errorf("at the end the speaker sees:\n%s", words())
	}
}

func TestNotesAreToldInPlainWordsAndSayHowHandsAreCounted(t *testing.T) {
	h := inHall(t, look.Dark, 1)
	g := h.give("present/stolen-ticket?minutes=10&start=yes")
	for id, want := range map[string]string{"guess": "with the keys 1 to 3, then go on", "refused": "name for the seal (PKCE)"} {
		g.move(slices.IndexFunc(g.show.Slides, func(s talk.Slide) bool { return s.Scene.ID == id }))
		h.press(fyne.KeyN)
		if words := h.words(); !strings.Contains(words, want) {
			t.Errorf("the notes below the stage do not say %q: %q", want, words)
		}
		h.press(fyne.KeyN, fyne.KeyS)
		if words := said(h.room.now.speaker.notes); !strings.Contains(words, want) {
			t.Errorf("the speaker’s window does not say %q: %q", want, words)
		}
	}
}

func TestThirtyMinutesPassOnTheSpeakersClock(t *testing.T) {
	h := inHall(t, look.Dark, 2)
	h.give("present/log-in-with?minutes=20&start=yes")
	h.press(fyne.KeyF5)
	h.pass(30 * time.Minute)
	if words := h.room.now.speaker.clockWords(); !strings.Contains(words, "30:00") {
		t.Errorf("after thirty minutes the clock says %q", words)
	}
	h.press(fyne.KeyEscape, fyne.KeyEscape)
	if len(h.over) != 1 || h.over[0].Took != 30*time.Minute || h.over[0].Over != 10*time.Minute {
		t.Errorf("what came of it is %+v", h.over)
	}
}

func TestAnAddressChoosesATalkAndItsLength(t *testing.T) {
	h := inHall(t, look.Light, 1)
	to, _ := address.Parse("present/log-in-wit?minutes=9")
	h.room.Go(to)
	if got := h.room.Address().String(); got != "present/log-in-with?minutes=10" || h.room.now != nil {
		t.Errorf("it leads to %s", got)
	}
	if len(h.said) == 0 || !strings.Contains(h.said[len(h.said)-1], "There is no talk “log-in-wit”") {
		t.Errorf("said was %q", h.said)
	}
}

func TestATalkThatCannotBeGivenSaysWhy(t *testing.T) {
	h := inHall(t, look.Light, 1)
	broken := h.room.talks[0]
	broken.ID = "broken"
	broken.Scenes = slices.Clone(broken.Scenes)
	broken.Scenes[0].At = "walk/nowhere/at-all"
	h.room.ready(broken, broken.Lengths[0], h.room.give)
	if h.room.now != nil || len(h.told) != 1 || !strings.Contains(h.told[0], `section "why"`) {
		t.Errorf("it is told %q", h.told)
	}
}
