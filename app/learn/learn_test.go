package learn

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// class is the room in a window that writes down what it is asked for.
type class struct {
	room.Window
	t     testing.TB
	room  *Room
	win   fyne.Window
	store fyne.Preferences
	went  []string
	said  []string
}

func (c *class) Go(to address.Address)       { c.went = append(c.went, to.String()) }
func (c *class) Read(to address.Address)     { c.Go(to) }
func (c *class) Say(words string)            { c.said = append(c.said, words) }
func (c *class) SayBack(words string)        { c.said = append(c.said, words) }
func (c *class) Changed()                    {}
func (c *class) Store() fyne.Preferences     { return c.store }
func (c *class) Typed(k *fyne.KeyEvent) bool { return room.Typed(c.room.Commands(), k) }

func provider(tb testing.TB) func(stage.Env) (http.Handler, error) {
	tb.Helper()
	p, err := onstage.Providers(true)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// learning opens the room, whose questions are answered before a key returns.
func learning(tb testing.TB, store fyne.Preferences, mode look.Mode, size fyne.Size) *class {
	tb.Helper()
	c := &class{t: tb, store: store}
	c.room = New(c, wordstest.English(tb), Options{Provider: provider(tb), Now: time.Now})
	c.room.beside = func(do func()) { do() }
	c.tell(tutorials.Everyone)
	c.room.Open(func() {})
	look.Wear(fyne.CurrentApp().Settings(), mode)
	c.win = test.NewTempWindow(tb, c.room.Content())
	c.win.SetPadded(false)
	c.win.Resize(size)
	tb.Cleanup(func() {
		if err := c.room.Close(); err != nil {
			tb.Error(err)
		}
	})
	return c
}

func (c *class) tell(v tutorials.Voice) {
	c.room.Tell(room.Manner{Words: c.room.manner.Words, Voice: v, Lens: tutorials.LensOf(v)})
}

func (c *class) open(text string) {
	c.t.Helper()
	to, err := address.Parse(text)
	if err != nil {
		c.t.Fatal(err)
	}
	c.room.Go(to)
}

func (c *class) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		c.Typed(&fyne.KeyEvent{Name: k})
	}
}

func wide() fyne.Size { return fyne.NewSize(1190, 760) }

func store(tb testing.TB) fyne.Preferences {
	tb.Helper()
	return looktest.App(tb).Preferences()
}

// Whoever guesses wrongly reads what would have to be different, and why it is as it is.
func TestTheRunAnswersAndNotTheRoom(t *testing.T) {
	c := learning(t, store(t), look.Light, wide())
	c.open("lesson/tokens/three-passes")
	q, ok := c.room.manner.Words.Lessons().Question("photo-id-at-the-door")
	if !ok {
		t.Fatal("the question is gone")
	}
	if words := c.room.sheet.words(); strings.Contains(words, q.Choices[1].Because[tutorials.Everyone]) {
		t.Fatal("the answer stands there before anybody guessed")
	}
	c.press(fyne.KeyA)
	if a := c.room.answers.of(q.ID); a.chosen != 1 || a.right != 2 || a.err != nil {
		t.Fatalf("after choosing A the answer is %+v", *a)
	}
	words := c.room.sheet.words()
	for _, i := range []int{0, 1} {
		if !strings.Contains(words, q.Choices[i].Because[tutorials.Everyone]) {
			t.Errorf("the screen does not say %q", q.Choices[i].Because[tutorials.Everyone])
		}
	}
	c.press(fyne.KeyB)
	c.room.choose(&q, 2)
	if a := c.room.answers.of(q.ID); a.chosen != 1 {
		t.Errorf("the first guess counts, and now it is %d", a.chosen)
	}
	if !c.room.record.has(keyMissed, q.ID) {
		t.Error("a question that was missed is not kept for another time")
	}
}

func TestWhatWasReadAndAnsweredIsThereAtTheNextStart(t *testing.T) {
	kept := store(t)
	c := learning(t, kept, look.Light, wide())
	c.open("lesson/who-are-you/end")
	c.open("lesson/tokens/what-is-inside")
	next := learning(t, kept, look.Light, wide())
	if at := next.room.Address().String(); at != "lesson/tokens/what-is-inside" {
		t.Errorf("the next start is at %s", at)
	}
	if rail := next.room.Rail()[0]; !strings.HasPrefix(rail.Rows[0].Label, "✓") || strings.HasPrefix(rail.Rows[1].Label, "✓") {
		t.Errorf("the rail marks %q and %q", rail.Rows[0].Label, rail.Rows[1].Label)
	}
	forget, ok := room.Find(next.room.Commands(), "lesson.forget")
	if !ok {
		t.Fatal("there is no way to begin anew")
	}
	forget.Do()
	if at := next.room.Address().String(); at != "lesson/who-are-you/two-questions" || next.room.record.finished("who-are-you") {
		t.Errorf("after forgetting it is at %s, and the first lesson is still read", at)
	}
}

func TestAWalkIsSeenAtItsStepAndOneCanComeBack(t *testing.T) {
	c := learning(t, store(t), look.Light, wide())
	c.open("lesson/tokens/three-passes")
	c.press(fyne.KeyW)
	if len(c.went) != 1 || c.went[0] != "walk/openid-connect/token-response" {
		t.Errorf("W leads to %q", c.went)
	}
	if len(c.said) == 0 || !strings.Contains(c.said[len(c.said)-1], "back to the lesson") {
		t.Errorf("nobody says how to come back: %q", c.said)
	}
	q, _ := c.room.manner.Words.Lessons().Question("photo-id-at-the-door")
	if at := seeing(&q).String(); at != "walk/authorization-code-pkce/mail-refused?mistake=id-token-instead" {
		t.Errorf("what decided is seen at %s", at)
	}
}

func TestALinkOfALessonLeadsToThePageOfItsTerm(t *testing.T) {
	c := learning(t, store(t), look.Light, wide())
	c.room.sheet.kit.Link("glossary:consent")
	if len(c.went) != 1 || c.went[0] != "glossary/consent" {
		t.Errorf("the link leads to %q", c.went)
	}
}

func TestACellThatARunShowsLeadsToItsStep(t *testing.T) {
	c := learning(t, store(t), look.Light, wide())
	c.open("lesson/tokens/three-passes")
	if got := c.room.screen().Pointed("opens one door for a few minutes"); !strings.HasPrefix(got, "[opens one door for a few minutes](at:walk/") {
		t.Fatalf("the cell is %s", got)
	}
	c.room.sheet.kit.Link("at:walk/authorization-code-pkce/mail-refused?jump=mail%3A6m")
	if len(c.went) != 1 || c.went[0] != "walk/authorization-code-pkce/mail-refused?jump=mail%3A6m" {
		t.Errorf("the cell leads to %q", c.went)
	}
	if len(c.said) == 0 || !strings.Contains(c.said[len(c.said)-1], "back to the lesson") {
		t.Errorf("nobody says how to come back: %q", c.said)
	}
}

func TestAnAddressThatIsNoLessonLeadsToTheNearestAndSaysSo(t *testing.T) {
	c := learning(t, store(t), look.Light, wide())
	c.open("lesson/tokns/short-lived")
	if at := c.room.Address().String(); at != "lesson/tokens/short-lived" || len(c.said) != 1 || !strings.Contains(c.said[0], "tokns") {
		t.Errorf("it leads to %s and says %q", at, c.said)
	}
	c.open("lesson/tokens/nothing")
	if at := c.room.Address().String(); at != "lesson/tokens/three-passes" {
		t.Errorf("a screen that does not exist leads to %s", at)
	}
}

// Each screen is drawn in each voice, wide and narrow, with all its words.
func TestEveryScreenIsDrawnInEveryVoice(t *testing.T) {
	for _, size := range []fyne.Size{wide(), fyne.NewSize(780, 560)} {
		c := learning(t, store(t), look.Light, size)
		c.room.sheet.kit.Easel.Beside = func(func(), func()) {} // pictures take longer than all else, and nothing here looks at them
		for _, voice := range tutorials.Voices() {
			c.tell(voice)
			for i := range c.room.lessons {
				c.room.begin(i)
				for range c.room.lessons[i].Screens {
					c.isDrawn(voice, size.Width)
					c.room.turn(1)
				}
			}
		}
	}
}

// isDrawn reports a screen that lacks its title, or has no sensible height.
func (c *class) isDrawn(voice tutorials.Voice, width float32) {
	c.t.Helper()
	told := c.room.screen().Told[voice]
	if words := c.room.sheet.words(); !strings.Contains(words, told.Title) {
		c.t.Errorf("%s, %s: the title %q is not on the page", c.room.Address(), voice, told.Title)
	}
	if high := c.room.sheet.spread.HeightFor(width); high < 200 || high > 1600 {
		c.t.Errorf("%s, %s: at a width of %v it is %v high", c.room.Address(), voice, width, high)
	}
}

// A picture was drawn for what one screen says, so no other screen has it.
func TestEveryPictureOfALessonExistsAndIsOfOneScreen(t *testing.T) {
	lessons, err := wordstest.English(t).Lessons().All()
	if err != nil {
		t.Fatal(err)
	}
	c, of := learning(t, store(t), look.Light, wide()), map[string]string{}
	for i := range lessons {
		for _, s := range lessons[i].Screens {
			if other, shown := of[s.Picture]; shown && s.Picture != "" {
				t.Errorf("%s/%s shows %q, as %s does", lessons[i].ID, s.ID, s.Picture, other)
			}
			of[s.Picture] = lessons[i].ID + "/" + s.ID
			if s.Picture != "" && c.room.picture(s.Picture) == nil {
				t.Errorf("%s/%s shows %q, which does not exist", lessons[i].ID, s.ID, s.Picture)
			}
		}
	}
}

// Where people compare row by row the table is the picture, and takes the whole width; docs/teaching.md says why.
func TestAScreenShowsAPictureOrATableThatIsOne(t *testing.T) {
	lessons, err := wordstest.English(t).Lessons().All()
	if err != nil {
		t.Fatal(err)
	}
	const rows, tables = 4, 4
	var without []string
	for i := range lessons {
		for _, s := range lessons[i].Screens {
			if s.Picture != "" {
				continue
			}
			without = append(without, lessons[i].ID+"/"+s.ID)
			tall := func(p tutorials.Passage) bool { return len(p.Table.Rows) >= rows }
			if !slices.ContainsFunc(s.Told[tutorials.Everyone].Words, tall) {
				t.Errorf("%s has no picture, and no table of %d rows or more to compare in", without[len(without)-1], rows)
			}
		}
	}
	if len(without) > tables {
		t.Errorf("%d screens have no picture, and %d tables are known that take its place: %q", len(without), tables, without)
	}
}

func TestTheButtonsOfALessonAreReachedByTab(t *testing.T) {
	c := learning(t, store(t), look.Light, wide())
	c.open("lesson/tokens/three-passes")
	seen := map[fyne.Focusable]bool{}
	var choices, others int
	for {
		c.win.Canvas().FocusNext()
		at := c.win.Canvas().Focused()
		if at == nil || seen[at] {
			break
		}
		seen[at] = true
		if _, is := at.(*page.Choice); is {
			choices++
		} else {
			others++
		}
	}
	if choices != 3 || others < 3 { // the walk, back, on
		t.Errorf("Tab reaches %d choices and %d other controls", choices, others)
	}
}
