package guide

import (
	"io"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// desk is the room in a window that writes down what it is asked for.
type desk struct {
	room.Window
	t      *testing.T
	room   *Room
	win    fyne.Window
	store  fyne.Preferences
	went   []string
	said   []string
	copied string
	saved  string
	runs   string // the issuer of a provider that is connected
}

func (d *desk) Read(to address.Address) { d.Go(to) }

func (d *desk) Go(to address.Address) {
	d.went = append(d.went, to.String())
	if to.Place == Place || kindOf(to.Place) != "" || to.Place == PlaceMixUp || to.Place == PlaceChooser {
		d.room.Go(to)
	}
}
func (d *desk) Say(words string)            { d.said = append(d.said, words) }
func (d *desk) SayBack(words string)        { d.said = append(d.said, words) }
func (d *desk) Changed()                    {}
func (d *desk) Copy(text string)            { d.copied = text }
func (d *desk) Store() fyne.Preferences     { return d.store }
func (d *desk) Focus(fyne.Focusable)        {}
func (d *desk) Files() room.Files           { return saving{d: d} }
func (d *desk) Typed(k *fyne.KeyEvent) bool { return room.Typed(d.room.Commands(), k) }

// saving takes what is saved to no file.
type saving struct {
	room.Files
	d *desk
}

func (s saving) Save(name string, write func(io.Writer) error, _ func(fyne.URI)) {
	var out strings.Builder
	if err := write(&out); err != nil {
		s.d.t.Error(err)
	}
	s.d.saved = name + "\n" + out.String()
}

func open(t *testing.T, size fyne.Size) *desk {
	t.Helper()
	words := wordstest.English(t)
	app := looktest.App(t)
	d := &desk{t: t, store: app.Preferences()}
	d.room = New(d, words, func() string { return d.runs })
	d.tell(tutorials.Everyone)
	d.room.Open(func() {})
	look.Wear(app.Settings(), look.Light)
	d.win = test.NewTempWindow(t, d.room.Content())
	d.win.Resize(size)
	return d
}

func (d *desk) tell(v tutorials.Voice) {
	d.room.Tell(room.Manner{Words: d.room.manner.Words, Voice: v, Lens: tutorials.LensOf(v)})
}

func (d *desk) at(text string) *desk {
	d.t.Helper()
	to, err := address.Parse(text)
	if err != nil {
		d.t.Fatal(err)
	}
	d.room.Go(to)
	return d
}

func wide() fyne.Size { return fyne.NewSize(1190, 760) }

func (d *desk) says(want ...string) {
	d.t.Helper()
	words := d.room.words()
	for _, w := range want {
		if !strings.Contains(words, w) {
			d.t.Errorf("%s does not say %q", d.room.Address(), w)
		}
	}
}

func TestEveryPageIsDrawnInEveryVoiceWideAndNarrow(t *testing.T) {
	for _, size := range []fyne.Size{wide(), fyne.NewSize(780, 560)} {
		d := open(t, size)
		n := 0
		for _, v := range tutorials.Voices() {
			d.tell(v)
			for _, place := range Heads() {
				n += d.drawn(place, v, size.Width)
			}
		}
		if n < 3*30 {
			t.Errorf("%d pages were drawn", n)
		}
	}
}

// drawn opens every page of a place and reports one that has no sensible height.
func (d *desk) drawn(place string, v tutorials.Voice, width float32) int {
	d.t.Helper()
	ids := d.at(place).room.ids(place)
	for _, id := range ids {
		d.at(place + "/" + id)
		if high := d.room.sheet.HeightFor(width); high < 150 || d.room.Address().String() != place+"/"+id {
			d.t.Errorf("%s, %s: at %v it is %v high", d.room.Address(), v, width, high)
		}
	}
	return len(ids)
}

func TestAMixUpLeadsToTheStepAtWhichOneSeesIt(t *testing.T) {
	d := open(t, wide()).at("mix-up/why-a-code-first")
	d.says("Because the lobby has eyes", "See it happen")
	d.tell(tutorials.Developer)
	d.says("Because the front channel leaks")
	d.room.visit("walk/implicit/browser-remembers")
	if d.went[len(d.went)-1] != "walk/implicit/browser-remembers" {
		t.Errorf("it leads to %q", d.went)
	}
	d.room.kit.Link("at:walk/implicit/mail")
	if d.went[len(d.went)-1] != "walk/implicit/mail" || d.said[len(d.said)-1] != "Alt+Left brings you back to the page." {
		t.Errorf("a link leads to %q and says %q", d.went, d.said)
	}
	d.Typed(&fyne.KeyEvent{Name: fyne.KeyRight})
	if at := d.room.Address().String(); at != "mix-up/oauth-is-not-login" {
		t.Errorf("Right leads to %s", at)
	}
	d.Typed(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if at := d.room.Address().String(); at != "mix-up/why-a-code-first" {
		t.Errorf("Left leads to %s", at)
	}
}

func TestTheKeyboardGoesThroughTheChooser(t *testing.T) {
	d := open(t, wide()).at("chooser")
	d.says("Is a person there who can say yes?")
	for _, k := range []fyne.KeyName{fyne.KeyA, fyne.KeyA, fyne.KeyB} {
		d.Typed(&fyne.KeyEvent{Name: k})
	}
	if at := d.room.Address().String(); at != "chooser/person/keyboard/page" {
		t.Fatalf("A, A, B lead to %s", at)
	}
	d.says("For this app", "A ticket and an envelope, no password of its own", "What this rules out", "Angular", "What you answered")
	if o := d.room.option(0); o != "" {
		t.Errorf("where nothing is asked, %q can be chosen", o)
	}
	d.at("chooser/person/sideways")
	if at := d.room.Address().String(); at != "chooser/person" {
		t.Errorf("an answer that is none leads to %s", at)
	}
}

func TestAStackIsFilledInForTheProviderThatRuns(t *testing.T) {
	d := open(t, wide()).at("stack/spring")
	d.says("Tried:", "Spring Boot 3, Spring Boot 4", "my-spring-client", "The first five errors")
	d.room.issuer.SetText("https://idp.test/realms/demo")
	spring, _ := d.room.manner.Words.Papers().Paper(tutorials.PaperStacks, "spring")
	for _, b := range spring.Blocks {
		if b.File == "spring/api-by-issuer.yml" {
			d.room.code(b)
		}
	}
	if kept := d.store.String(keyIssuer); kept != "https://idp.test/realms/demo" {
		t.Errorf("the next start fills in %q", kept)
	}
	button := firstButton(d)
	test.Tap(button)
	if !strings.Contains(d.copied, "spring-boot-starter") {
		t.Errorf("the first button copies %q", d.copied)
	}
	d.at("stack/dotnet").says("Checked against the documentation only")
}

// A provider that runs is the one for which a page is filled in, until somebody names another one; then it is offered.
func TestAProviderThatIsConnectedIsFilledIn(t *testing.T) {
	d := open(t, wide())
	d.runs = "http://127.0.0.1:50123/realms/mine"
	d.at("stack/react")
	if d.room.issuer.Text != d.runs || d.room.issuerNow() != d.runs {
		t.Errorf("filled in is %q", d.room.issuer.Text)
	}
	d.room.issuer.SetText("https://idp.test/realms/demo")
	if got := d.room.issuerNow(); got != "https://idp.test/realms/demo" {
		t.Errorf("somebody typed another one, and filled in is %q", got)
	}
	for _, stop := range page.Stops(d.room.Content()) {
		if b, is := stop.(*page.Button); is && strings.Contains(b.Label, d.runs) {
			b.Tapped(nil)
			break
		}
	}
	if d.room.issuer.Text != d.runs || d.store.String(keyIssuer) != "" {
		t.Errorf("the one that runs was asked for, and filled in is %q", d.room.issuer.Text)
	}
}

// firstButton is the first thing on the page that Tab reaches and that copies.
func firstButton(d *desk) fyne.Tappable {
	d.t.Helper()
	for range 20 {
		d.win.Canvas().FocusNext()
		if b, ok := d.win.Canvas().Focused().(fyne.Tappable); ok {
			if _, isField := d.win.Canvas().Focused().(fyne.Shortcutable); !isField {
				return b
			}
		}
	}
	d.t.Fatal("Tab reaches no button")
	return nil
}

func TestAPageThatIsNoneLeadsToTheNearestAndSaysSo(t *testing.T) {
	d := open(t, wide()).at("stack/sprng")
	if at := d.room.Address().String(); at != "stack/spring" || len(d.said) != 1 || !strings.Contains(d.said[0], "sprng") {
		t.Errorf("it leads to %s and says %q", at, d.said)
	}
}

func TestWhatCanBePrintedIsSavedAsOnePage(t *testing.T) {
	d := open(t, wide())
	for _, kind := range []string{PlaceCourse, PlaceBoard} {
		ids := d.room.ids(kind)
		if len(ids) == 0 {
			t.Errorf("there is nothing of the kind %s", kind)
			continue
		}
		d.at(kind + "/" + ids[0])
		paper, _ := d.room.manner.Words.Papers().Paper(kindOf(kind), ids[0])
		d.room.print(&paper)
		if !strings.HasPrefix(d.saved, ids[0]+".html\n<!DOCTYPE html>") || !strings.Contains(d.saved, "<h1>") {
			t.Errorf("%s is saved as %.80s", ids[0], d.saved)
		}
	}
}
