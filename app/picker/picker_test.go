package picker_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/picker"
	"github.com/grantwalk/grantwalk/tutorials"
)

// desk is a picker in a window that writes down what was picked.
type desk struct {
	*picker.Picker
	win    fyne.Window
	home   string
	picked []string
	fresh  bool
	left   int

	slow   bool     // the disk answers when it is told to
	unread []func() // what it was asked meanwhile
}

// elsewhere asks the disk.
func (d *desk) elsewhere(work func() error, then func(error)) {
	do := func() { then(work()) }
	if d.slow {
		d.unread = append(d.unread, do)
		return
	}
	do()
}

// answer lets a slow disk answer what it was asked first.
func (d *desk) answer() {
	do := d.unread[0]
	d.unread = d.unread[1:]
	do()
}

// asking is a picker in a folder with a few files, and some that are not asked for.
func asking(t *testing.T, q picker.Question) *desk {
	t.Helper()
	looktest.App(t)
	say, err := tutorials.Catalog("en")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{home: t.TempDir()}
	t.Setenv("HOME", d.home)
	for _, name := range []string{"Downloads/device.json", "runs/late.json", "b.json", "A.json", "notes.txt", ".hidden.json"} {
		at := filepath.Join(d.home, name)
		if err := errorsOf(os.MkdirAll(filepath.Dir(at), 0o750), os.WriteFile(at, []byte("{}"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if q.Folder == "" {
		q.Folder = d.home
	}
	q.Ending = ".json"
	d.Picker = picker.New(say, q, picker.Calls{
		Key: func(*fyne.KeyEvent) bool { return true }, Leave: func() { d.left++ },
		Picked: func(path string, fresh bool) {
			rest, _ := filepath.Rel(d.home, path)
			d.picked, d.fresh = append(d.picked, filepath.ToSlash(rest)), fresh
		},
		Focus: func(f fyne.Focusable) { d.win.Canvas().Focus(f) }, Elsewhere: d.elsewhere,
	})
	d.win = test.NewTempWindow(t, d.Content())
	d.win.Resize(fyne.NewSize(640, 480))
	d.win.Canvas().Focus(d.First())
	d.Begin()
	return d
}

func errorsOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) write(text string) { test.Type(d.win.Canvas().Focused(), text) }

func (d *desk) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		d.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// shown are all words that can be seen.
func shown(o fyne.CanvasObject) (words []string) {
	if !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *page.Line:
		return []string{o.Words}
	case *page.Button:
		return []string{o.Label}
	case *widget.Label:
		return []string{o.Text}
	case *fyne.Container:
		for _, child := range o.Objects {
			words = append(words, shown(child)...)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			words = append(words, shown(child)...)
		}
	}
	return words
}

// each calls a function with every label.
func each(o fyne.CanvasObject, do func(*widget.Label)) {
	switch o := o.(type) {
	case *widget.Label:
		do(o)
	case *fyne.Container:
		for _, child := range o.Objects {
			each(child, do)
		}
	}
}

func (d *desk) shows(t *testing.T, wanted ...string) {
	t.Helper()
	all := shown(d.win.Content())
	for _, w := range wanted {
		if !slices.Contains(all, w) {
			t.Errorf("%q is not on the screen: %q", w, all)
		}
	}
}

func TestOnlyFilesOfTheKindAreListedFoldersFirst(t *testing.T) {
	d := asking(t, picker.Question{})
	all := strings.Join(shown(d.win.Content()), " ")
	if i, j, k := strings.Index(all, "runs"), strings.Index(all, "A.json"), strings.Index(all, "b.json"); i < 0 || j < i || k < j {
		t.Errorf("it lists %s", all)
	}
	if strings.Contains(all, "notes.txt") || strings.Contains(all, "hidden") {
		t.Errorf("what is not asked for is listed: %s", all)
	}
	d.write(".hid")
	d.press(fyne.KeyReturn)
	if !slices.Equal(d.picked, []string{".hidden.json"}) {
		t.Errorf("whoever types the point gets %v", d.picked)
	}
}

func TestAFileIsFoundByTypingPartOfItsName(t *testing.T) {
	d := asking(t, picker.Question{})
	d.write("B")
	d.press(fyne.KeyReturn)
	if !slices.Equal(d.picked, []string{"b.json"}) {
		t.Errorf("picked is %v", d.picked)
	}
}

func TestWhyNothingIsListedIsToldWhole(t *testing.T) {
	d := asking(t, picker.Question{})
	d.write("zebra")
	d.shows(t, "Nothing in this folder has “zebra” in its name.")

	empty := asking(t, picker.Question{Folder: t.TempDir()})
	const none = "No .json file in this folder."
	empty.shows(t, none)
	least, wide := fyne.MeasureText(none, look.Body, fyne.TextStyle{}).Width, float32(0)
	each(empty.win.Content(), func(l *widget.Label) {
		if l.Visible() && l.Text == none {
			wide = l.Size().Width
		}
	})
	if wide < least {
		t.Errorf("the sentence has %v of the %v that it needs", wide, least)
	}
}

func TestFoldersAreEnteredAndLeftByKeyboard(t *testing.T) {
	d := asking(t, picker.Question{})
	d.write("run")
	d.press(fyne.KeyReturn)
	if filepath.Base(d.Folder()) != "runs" {
		t.Fatalf("Enter at a folder leads to %s", d.Folder())
	}
	d.press(fyne.KeyReturn)
	if !slices.Equal(d.picked, []string{"runs/late.json"}) {
		t.Errorf("the file in it is %v", d.picked)
	}
	for range 6 {
		d.win.Canvas().FocusNext()
		if _, list := d.win.Canvas().Focused().(*page.LongList); list {
			break
		}
	}
	d.press(fyne.KeyBackspace)
	if d.Folder() != d.home {
		t.Errorf("Backspace in the list leads to %s", d.Folder())
	}
}

func TestAPathIsFollowedAndAWrongOneIsTold(t *testing.T) {
	d := asking(t, picker.Question{})
	d.write("~/Downloads/device.json")
	d.press(fyne.KeyReturn)
	if !slices.Equal(d.picked, []string{"Downloads/device.json"}) {
		t.Errorf("the path leads to %v", d.picked)
	}
	d = asking(t, picker.Question{})
	d.write("~/gone/run.json")
	d.press(fyne.KeyReturn)
	if len(d.picked) != 0 || !strings.Contains(d.Problem(), "There is no file") {
		t.Errorf("it picks %v and says %q", d.picked, d.Problem())
	}
}

func TestAFileIsWrittenOverOnlyAfterAWarning(t *testing.T) {
	d := asking(t, picker.Question{Save: true, Name: "run.json"})
	d.write("b")
	d.press(fyne.KeyReturn)
	if len(d.picked) != 0 || !strings.Contains(d.Problem(), "there already") {
		t.Fatalf("it picks %v and says %q", d.picked, d.Problem())
	}
	d.shows(t, "Replace")
	d.write("x") // another name: nobody agreed to that
	d.shows(t, "Save")
	d.press(fyne.KeyBackspace, fyne.KeyReturn, fyne.KeyReturn)
	if !slices.Equal(d.picked, []string{"b.json"}) || d.fresh {
		t.Errorf("picked is %v", d.picked)
	}
}

func TestAFolderThatIsNotThereIsMadeOnlyOnDemand(t *testing.T) {
	d := asking(t, picker.Question{Save: true, Name: "run.json"})
	d.press(fyne.KeyHome)
	d.write("new/")
	d.press(fyne.KeyReturn)
	if len(d.picked) != 0 || !strings.Contains(d.Problem(), "no folder") {
		t.Fatalf("it picks %v and says %q", d.picked, d.Problem())
	}
	d.press(fyne.KeyReturn)
	if !slices.Equal(d.picked, []string{"new/run.json"}) || !d.fresh {
		t.Errorf("picked is %v, fresh %t", d.picked, d.fresh)
	}
}

func TestANameGetsTheEndingAndAnEmptyOneIsTold(t *testing.T) {
	d := asking(t, picker.Question{Save: true, Name: "run.json"})
	d.press(fyne.KeyEnd)
	for range len(".json") {
		d.press(fyne.KeyBackspace)
	}
	d.press(fyne.KeyReturn)
	if !slices.Equal(d.picked, []string{"run.json"}) {
		t.Errorf("picked is %v", d.picked)
	}
	for range len("run") {
		d.press(fyne.KeyBackspace)
	}
	d.press(fyne.KeyReturn)
	if len(d.picked) != 1 || d.Problem() == "" {
		t.Errorf("without a name it picks %v and says %q", d.picked, d.Problem())
	}
}

func TestAFolderThatIsGoneBeginsAtHome(t *testing.T) {
	d := asking(t, picker.Question{Folder: filepath.Join(t.TempDir(), "gone")})
	if d.Folder() != d.home {
		t.Errorf("it begins in %s", d.Folder())
	}
}

func TestWhoeverDrawsWaitsForNoDisk(t *testing.T) {
	d := asking(t, picker.Question{})
	d.slow = true
	d.write("runs/")
	d.press(fyne.KeyReturn)
	d.answer() // there is such a folder
	if d.Folder() != d.home {
		t.Fatalf("it stands in %s before the disk told what is there", d.Folder())
	}
	d.press(fyne.KeyReturn) // too early: it waits
	if len(d.unread) != 1 || len(d.picked) != 0 {
		t.Fatalf("with a disk that is busy it asks %d more and picks %v", len(d.unread), d.picked)
	}
	d.answer()
	if d.Folder() != filepath.Join(d.home, "runs") {
		t.Errorf("it stands in %s", d.Folder())
	}
	if !slices.Equal(d.picked, []string{"runs/late.json"}) {
		t.Errorf("what was asked for meanwhile picks %v", d.picked)
	}
}

func TestWhatIsTypedWhileAFolderIsReadStays(t *testing.T) {
	d := asking(t, picker.Question{})
	d.slow = true
	d.write("runs/")
	d.press(fyne.KeyReturn)
	d.answer()
	d.write("l")
	d.answer()
	d.press(fyne.KeyBackspace)
	if d.press(fyne.KeyReturn); len(d.unread) != 1 {
		t.Errorf("%d questions for the disk: what was typed is gone", len(d.unread))
	}
}

func TestTwoFoldersUpAreTwoOnASlowDiskToo(t *testing.T) {
	d := asking(t, picker.Question{Save: true, Name: "run.json"})
	d.slow = true
	d.win.Canvas().FocusNext() // off the field, which has use for Backspace
	d.press(fyne.KeyBackspace, fyne.KeyBackspace)
	d.answer()
	d.answer()
	if want := filepath.Dir(filepath.Dir(d.home)); d.Folder() != want {
		t.Errorf("it stands in %s, and not in %s", d.Folder(), want)
	}
}
