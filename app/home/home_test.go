package home_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/home"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/assets"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// visit is home in a window that writes down where it was led.
type visit struct {
	room.Window
	home    *home.Room
	win     fyne.Window
	words   *catalog.Catalog
	at      string // to go on at
	through []string
	back    int
	went    []string
}

// Go writes down where it is asked for: a door by its id, and the place to go on at.
func (v *visit) Go(to address.Address) {
	v.went = append(v.went, to.String())
	if to.Place == "glossary" {
		v.back++
	}
	for _, d := range home.Doors(v.words) {
		if d.To.Equal(to) {
			v.through = append(v.through, d.ID)
		}
	}
}

// Typed offers a key to the commands of home, as the window would.
func (v *visit) Typed(k *fyne.KeyEvent) bool { return room.Typed(v.home.Commands(), k) }

// visiting opens home at a size; with a place there is something to go on with.
func visiting(t *testing.T, mode look.Mode, size fyne.Size, at string) *visit {
	t.Helper()
	words := wordstest.English(t)
	looktest.Dressed(t, mode)
	v := &visit{at: at, words: words.Catalog()}
	v.home = home.New(v, v.words, func() (address.Address, string) { return address.At("glossary", "somewhere"), v.at })
	v.win = test.NewTempWindow(t, v.home.Content())
	v.win.SetPadded(false)
	v.win.Resize(size)
	return v
}

const inMidst = "Authorization code with PKCE, at “Checks in at the desk”"

func wide() fyne.Size { return fyne.NewSize(1100, 640) }

func TestEachDoorOpensByItsKey(t *testing.T) {
	v := visiting(t, look.Light, wide(), "")
	for _, k := range []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3} {
		v.Typed(&fyne.KeyEvent{Name: k})
	}
	if len(v.through) != 3 || v.through[0] != "new" || v.through[1] != "build" || v.through[2] != "present" {
		t.Errorf("keys 1, 2 and 3 lead through %q", v.through)
	}
}

func TestEachDoorOpensByATapAndByTabAndEnter(t *testing.T) {
	v := visiting(t, look.Light, wide(), "")
	for i, want := range []string{"new", "build", "present"} {
		v.win.Canvas().FocusNext()
		door := v.win.Canvas().Focused()
		door.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		tapped, ok := door.(fyne.Tappable)
		if !ok {
			t.Fatalf("what Tab reaches at %d can't be tapped", i)
		}
		test.Tap(tapped)
		if n := len(v.through); n != 2*i+2 || v.through[n-1] != want || v.through[n-2] != want {
			t.Errorf("door %d leads through %q, want %s twice at the end", i+1, v.through, want)
		}
		door.TypedKey(&fyne.KeyEvent{Name: fyne.Key3})
		if n := len(v.through); v.through[n-1] != "present" {
			t.Error("a door that has the keyboard keeps the key of another one")
		}
		v.through = v.through[:len(v.through)-1]
	}
}

func TestEscapeLeadsBackOnlyWhereThereIsSomethingToContinue(t *testing.T) {
	for name, c := range map[string]struct {
		at   string
		back int
	}{
		"a first start": {"", 0},
		"in the midst":  {inMidst, 1},
	} {
		v := visiting(t, look.Light, wide(), c.at)
		v.Typed(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if v.back != c.back {
			t.Errorf("%s: Escape led back %d times, want %d", name, v.back, c.back)
		}
		if said := v.home.State(); said != (struct {
			Continue string `json:"continue"`
		}{c.at}) {
			t.Errorf("%s: home offers %v, want %q", name, said, c.at)
		}
	}
}

func TestWhatIsOfferedToContinueIsWhatIsOpenNow(t *testing.T) {
	v := visiting(t, look.Light, wide(), "")
	stops := func() (n int) {
		v.win.Canvas().Unfocus()
		v.win.Canvas().FocusNext()
		for first := v.win.Canvas().Focused(); ; {
			n++
			v.win.Canvas().FocusNext()
			if v.win.Canvas().Focused() == first {
				return n
			}
		}
	}
	if got := stops(); got != 3 {
		t.Errorf("Tab stops %d times at a first start, and there are three doors", got)
	}
	v.at = inMidst
	v.home.Content()
	if got := stops(); got != 4 {
		t.Errorf("Tab stops %d times when there is something to continue, want 4", got)
	}
}

func TestEveryDoorHasAPicture(t *testing.T) {
	words := wordstest.English(t)
	for _, d := range home.Doors(words.Catalog()) {
		if _, ok := assets.Illustration(d.Scene); !ok {
			t.Errorf("there is no picture %s for the door %s", d.Scene, d.ID)
		}
		if _, known := words.Lens(d.To.Get("lens")); !known {
			t.Errorf("there is no lens %s behind the door %s", d.To.Get("lens"), d.ID)
		}
	}
}

func TestANarrowPageScrollsToTheDoorThatHasTheKeyboard(t *testing.T) {
	v := visiting(t, look.Light, fyne.NewSize(512, 264), inMidst)
	for range 3 {
		v.win.Canvas().FocusNext()
	}
	door, ok := v.win.Canvas().Focused().(fyne.CanvasObject)
	if !ok {
		t.Fatal("Tab reaches nothing that can be seen")
	}
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(door).Y
	if top < 0 || top+door.Size().Height > 264 {
		t.Errorf("the third door stands from %v to %v in a window of 264", top, top+door.Size().Height)
	}
	v.Typed(&fyne.KeyEvent{Name: fyne.KeyHome})
	if now := fyne.CurrentApp().Driver().AbsolutePositionForObject(door).Y; now <= top {
		t.Errorf("the key Home leaves the page where it was: the door stands at %v, and stood at %v", now, top)
	}
}

func TestHomeIsDrawnAsAgreed(t *testing.T) {
	for name, c := range map[string]struct {
		size fyne.Size
		at   string
	}{
		"first":    {wide(), ""},
		"continue": {wide(), inMidst},
		"narrow":   {fyne.NewSize(512, 640), inMidst},
	} {
		t.Run(name, func(t *testing.T) {
			test.AssertRendersToMarkup(t, "home/"+name+".xml", visiting(t, look.Light, c.size, c.at).win.Canvas())
		})
	}
}

func TestWhatWentWrongIsOfferedOnItsDay(t *testing.T) {
	v := visiting(t, look.Light, wide(), "")
	if c, _ := room.Find(v.home.Commands(), "door.again"); !c.Off {
		t.Error("there is something to do again, though nothing went wrong")
	}
	v.home.Again = func() int { return 2 }
	v.home.Content()
	c, ok := room.Find(v.home.Commands(), "door.again")
	if !ok || c.Off {
		t.Fatal("what went wrong is not offered")
	}
	c.Do()
	if len(v.went) != 1 || v.went[0] != "check/again" {
		t.Errorf("it leads to %q", v.went)
	}
}
