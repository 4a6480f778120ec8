package present

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	cast "github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// hall is the room in a window, with a clock and screens that a test turns.
type hall struct {
	room.Window
	t       *testing.T
	room    *Room
	time    time.Time
	screens int
	tick    func()
	open    []fyne.Window
	said    []string
	told    []string // what could not be done
	over    []talk.Rehearsal
}

func (h *hall) Say(words string)            { h.said = append(h.said, words) }
func (h *hall) Changed()                    {}
func (h *hall) Notice(_ string, err error)  { h.told = append(h.told, err.Error()) }
func (h *hall) Typed(k *fyne.KeyEvent) bool { return room.Typed(h.room.Commands(), k) }

func english(tb testing.TB) *tutorials.Library {
	tb.Helper()
	words, err := tutorials.Load("en")
	if err != nil {
		tb.Fatal(err)
	}
	return words
}

func provider(tb testing.TB) func(cast.Env) (http.Handler, error) {
	tb.Helper()
	p, err := onstage.Providers(true)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// inHall opens the room; what happens beside the drawing has happened before a call returns.
func inHall(t *testing.T, mode look.Mode, screens int) *hall {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.NewTheme(mode))
	h := &hall{t: t, time: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), screens: screens}
	words := english(t)
	h.room = New(h, words, Options{
		Provider: provider(t), Over: func(r talk.Rehearsal) { h.over = append(h.over, r) },
		Desk: Desk{
			Open: func(title string) fyne.Window {
				w := a.NewWindow(title)
				h.open = append(h.open, w)
				return w
			},
			Fits:    func(size fyne.Size) fyne.Size { return size },
			Fill:    func(w fyne.Window) { w.SetFullScreen(true) },
			Screens: func() int { return h.screens },
			Now:     func() time.Time { return h.time },
			Tick: func(each func()) func() {
				h.tick = each
				return func() { h.tick = func() {} }
			},
		},
	})
	h.room.beside = func(do func()) { do() }
	h.room.draw = func(do func()) { do() }
	h.room.Tell(room.Manner{Words: words, Voice: tutorials.Executive, Lens: "office", Still: true})
	h.room.Open(func() {})
	t.Cleanup(func() {
		if err := h.room.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// give opens a talk by its address.
func (h *hall) give(text string) *giving {
	h.t.Helper()
	to, err := address.Parse(text)
	if err != nil {
		h.t.Fatal(err)
	}
	h.room.Go(to)
	if h.room.now == nil {
		h.t.Fatalf("%s gives no talk; said was %q, %q", text, h.said, h.told)
	}
	return h.room.now.giving
}

// press types into the stage, as a remote does.
func (h *hall) press(keys ...fyne.KeyName) {
	h.t.Helper()
	for _, k := range keys {
		if h.room.now == nil {
			h.t.Fatalf("no talk is given when %s is pressed", k)
		}
		h.room.now.typed(k, onStage)
	}
}

// types presses keys by their names, with spaces between them.
func (h *hall) types(keys string) {
	h.t.Helper()
	for k := range strings.FieldsSeq(keys) {
		h.press(fyne.KeyName(k))
	}
}

func (h *hall) pass(d time.Duration) {
	h.time = h.time.Add(d)
	h.tick()
}

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
