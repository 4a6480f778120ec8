package search_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	panel "github.com/grantwalk/grantwalk/app/search"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/search"
	"github.com/grantwalk/grantwalk/tutorials"
)

// desk is a panel in a window that writes down what was picked.
type desk struct {
	panel  *panel.Panel
	win    fyne.Window
	picked []string
	read   []string
	reads  bool // the hits can be read beside
	left   int
	asked  []string // what was looked for
}

func opened(t *testing.T) *desk {
	t.Helper()
	looktest.App(t)
	say, err := tutorials.Catalog("en")
	if err != nil {
		t.Fatal(err)
	}
	var entries []search.Entry
	for _, title := range []string{"Refresh token", "Access token", "ID token"} {
		entries = append(entries, search.Of(search.Entry{Kind: search.Term, Title: title, To: address.At("glossary", title)}, ""))
	}
	index, d := search.Make(entries), &desk{}
	d.panel = panel.New(say, panel.Calls{
		Find: func(typed string) []search.Group {
			d.asked = append(d.asked, typed)
			return index.Find(typed)
		},
		Pick: func(e search.Entry) { d.picked = append(d.picked, e.Title) }, Leave: func() { d.left++ },
		Beside: func(e search.Entry) { d.read = append(d.read, e.Title) }, Reads: func(search.Entry) bool { return d.reads },
	})
	d.win = test.NewTempWindow(t, d.panel.Content())
	d.win.Resize(fyne.NewSize(700, 500))
	d.win.Canvas().Focus(d.panel.First())
	return d
}

func (d *desk) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		d.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestWhatIsTypedIsFoundAndOpenedByTheKeyboardAlone(t *testing.T) {
	d := opened(t)
	test.Type(d.panel.First(), "token")
	if hits, at := d.panel.Hits(); len(hits) != 3 || at != 0 {
		t.Fatalf("%d entries are found and %d is marked", len(hits), at)
	}
	d.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	hits, _ := d.panel.Hits()
	if len(d.picked) != 1 || d.picked[0] != hits[1].Title {
		t.Errorf("from the last hit one up leads to %q", d.picked)
	}
	d.press(fyne.KeyEscape)
	if d.left != 1 {
		t.Errorf("Escape was heard %d times", d.left)
	}
}

func TestTheFieldOpensBeforeThereIsAnythingToLookIn(t *testing.T) {
	d := opened(t)
	test.Type(d.panel.First(), " ")
	if len(d.asked) > 0 {
		t.Errorf("nothing is typed, and the panel looks for %q", d.asked)
	}
	test.Type(d.panel.First(), "i")
	if len(d.asked) != 1 {
		t.Errorf("one letter is typed, and the panel looks for %q", d.asked)
	}
}

func TestAnEmptyFieldOffersExamplesThatAreTyped(t *testing.T) {
	d := opened(t)
	hits, _ := d.panel.Hits()
	if len(hits) < 3 {
		t.Fatalf("an empty field offers %d examples", len(hits))
	}
	d.press(fyne.KeyReturn)
	if hits, _ := d.panel.Hits(); len(d.picked) != 0 || len(hits) != 1 || hits[0].Title != "Refresh token" {
		t.Errorf("the first example finds %v and picks %q", hits, d.picked)
	}
}

func TestWhatCanBeReadBesideIsReadByItsKeyAndItsButtonAndTheRestIsOpened(t *testing.T) {
	d := opened(t)
	test.Type(d.panel.First(), "token")
	field, ok := d.panel.First().(fyne.Shortcutable)
	if !ok {
		t.Fatal("the field knows no keys that are held")
	}
	beside := &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}
	field.TypedShortcut(beside)
	d.press(fyne.KeyDown)
	d.reads = true
	field.TypedShortcut(beside)
	hits, _ := d.panel.Hits()
	if len(d.picked) != 1 || d.picked[0] != hits[0].Title || len(d.read) != 1 || d.read[0] != hits[1].Title {
		t.Errorf("opened is %q and read beside %q", d.picked, d.read)
	}
}

func TestWhatIsNowhereIsSaidSoWithExamples(t *testing.T) {
	d := opened(t)
	d.panel.Type("qzxqzx")
	hits, _ := d.panel.Hits()
	if len(hits) < 3 || hits[0].Kind != "" {
		t.Errorf("what is nowhere finds %v", hits)
	}
	d.press(fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyEnter)
	if len(d.picked) != 0 {
		t.Errorf("an example was opened: %q", d.picked)
	}
}

func TestWhatIsFoundIsDrawnAsAgreed(t *testing.T) {
	for name, typed := range map[string]string{"empty": "", "found": "refresh", "nothing": "qzxqzx"} {
		t.Run(name, func(t *testing.T) {
			d := opened(t)
			d.reads = true
			d.panel.Type(typed)
			test.AssertRendersToMarkup(t, "search/"+name+".xml", d.win.Canvas())
		})
	}
}
