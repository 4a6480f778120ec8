package practice

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/setup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// copier is a window with a clipboard.
type copier struct {
	desk
	copied string
}

func (c *copier) Copy(text string)     { c.copied = text }
func (c *copier) Focus(fyne.Focusable) {}

// console is the form of a kind of app.
func console(t *testing.T, kind setup.Kind) (*copier, *configurer) {
	t.Helper()
	d := practising(t, look.Light, wide())
	c := &copier{desk: *d}
	d.room.window = c
	d.open("setup/" + string(kind))
	form, ok := d.room.kind().(*configurer)
	if !ok {
		t.Fatalf("%s shows no form", d.room.Address())
	}
	return c, form
}

// Where the window is as low as that of a small laptop, whoever fills the form in sees what comes of it, and what to do with it.
func TestTheWholeFormIsSeenInASmallWindow(t *testing.T) {
	const wide, high = 1026, 593 // what a window of 1280 by 720 leaves the room
	d := practising(t, look.Light, fyne.NewSize(wide, high))
	for _, kind := range setup.Kinds() {
		d.open("setup/" + string(kind))
		if needs := d.room.sheet.HeightFor(wide); needs > high {
			t.Errorf("%s: the form is %v high, and the window leaves it %d", kind, needs, high)
		}
	}
}

func TestASlipIsShownAtItsFieldAndTheWalkIsPlayedAgainWhenItIsMended(t *testing.T) {
	d, form := console(t, setup.Page)
	d.says("A walk with them runs to its end.")
	form.uris.SetText("https://travel.example/*")
	form.uris.OnSubmitted("")
	d.says("must be exact, no wildcards")
	d.says("The provider does not take these settings.")
	form.uris.SetText("https://travel.example/callback, com.myapp:/callback")
	form.uris.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	d.says("A walk with them runs to its end.")
	form.origins.SetText("")
	form.origins.OnSubmitted("")
	d.says("the page’s origin is not on the list")
	form.uris.SetText("https://travel.example/callback/")
	form.origins.SetText("https://travel.example")
	form.uris.OnSubmitted("")
	d.says("RFC 9700 §2.1")
}

func TestASwitchIsTurnedByMouseAndTheThiefIsShown(t *testing.T) {
	d, form := console(t, setup.Page)
	var boxes []*page.TickBox
	for {
		d.win.Canvas().FocusNext()
		box, is := d.win.Canvas().Focused().(*page.TickBox)
		if !is && len(boxes) > 0 {
			break
		}
		if is {
			boxes = append(boxes, box)
		}
	}
	if len(boxes) != len(form.settings()) {
		t.Fatalf("Tab reaches %d of %d switches", len(boxes), len(form.settings()))
	}
	test.Tap(boxes[0])
	if !form.client.Confidential || len(form.trial.Risks) != 1 {
		t.Fatalf("the client is %+v, the risks are %v", form.client, form.trial.Risks)
	}
	d.says("The password is in every copy of the app.")
	form.visit(form.trial.Risks[0].Walk)
	if len(d.went) != 1 || d.went[0] != "walk/authorization-code-pkce?runs=thief-no-pkce" {
		t.Errorf("to see it leads to %q", d.went)
	}
	d.press(fyne.KeyN)
	if !form.client.Equal(setup.Advised(setup.Page)) {
		t.Errorf("N leads to %+v, and not to what is advised", form.client)
	}
}

func TestWhatIsCopiedIsWhatIsFilledIn(t *testing.T) {
	d, form := console(t, setup.Backend)
	form.uris.SetText("https://mine.example/callback")
	form.typed()
	copies := func(id string) string {
		c, ok := room.Find(d.room.Commands(), id)
		if !ok {
			t.Fatalf("there is no command %s", id)
		}
		c.Do()
		return d.copied
	}
	if text := copies("form.serve"); !strings.Contains(text, `redirect_uris = ["https://mine.example/callback"]`) {
		t.Errorf("for serve there is\n%s", text)
	}
	if text := copies("form.keycloak"); !strings.Contains(text, "Valid redirect URIs: https://mine.example/callback") ||
		!strings.Contains(text, "Client authentication: On") {
		t.Errorf("for Keycloak there is\n%s", text)
	}
	if text := copies("form.import"); !strings.Contains(text, `"https://mine.example/callback"`) || !strings.Contains(text, `"publicClient": false`) {
		t.Errorf("for Keycloak to import there is\n%s", text)
	}
}

func TestEveryKindOfAppIsDrawnInEveryVoiceAndFoundByItsAddress(t *testing.T) {
	d, form := console(t, setup.Phone)
	for i, k := range setup.Kinds() {
		if at := d.room.Address().String(); at != "setup/"+string(k) {
			t.Errorf("the %d. kind is at %s", i+1, at)
		}
		for j := range form.settings() {
			form.turn(form.settings()[j].on)
			d.formIsDrawn(form)
		}
		d.press(fyne.KeyRight)
	}
	d.open("setup/webpage")
	if len(d.said) == 0 || !strings.Contains(d.said[len(d.said)-1], "webpage") {
		t.Errorf("an unknown kind is told as %q", d.said)
	}
}

// formIsDrawn reports a form without a sensible height or with the id of a text, in each voice.
func (c *copier) formIsDrawn(form *configurer) {
	c.t.Helper()
	for _, voice := range tutorials.Voices() {
		c.tell(voice)
		if high := c.room.sheet.HeightFor(560); high < 300 || high > 1800 {
			c.t.Errorf("%s, %s: it is %v high", form.client.Kind, voice, high)
		}
		if words := c.room.sheet.words(); strings.Contains(words, "setup.") || form.err != nil {
			c.t.Errorf("%s, %s: %v\n%s", form.client.Kind, voice, form.err, words)
		}
	}
}
