package app

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
)

func TestTheFileDialogsOpenAndEscapeClosesThem(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{})
	for name, show := range map[string]func(){
		"open": func() { w.files.Open(".json", func(string, io.Reader) {}) },
		"save": func() { w.files.Save("run.json", func(io.Writer) error { return nil }, func(fyne.URI) {}) },
	} {
		show()
		if !w.dialogs.IsOpen() || w.win.Canvas().Overlays().Top() == nil {
			t.Fatalf("%s: no dialog is open", name)
		}
		if field, ok := w.win.Canvas().Focused().(interface{ SelectedText() string }); name == "save" && (!ok || field.SelectedText() != "run") {
			t.Errorf("%s: what is typed does not take the place of the name: %T", name, w.win.Canvas().Focused())
		}
		var labels []string
		for _, one := range w.targets() {
			labels = append(labels, one.Label)
		}
		if !slices.Contains(labels, "Cancel") || slices.Contains(labels, "Connect") {
			t.Errorf("%s: what can be pressed is said to be %q", name, labels)
		}
		escape(w)
		if w.dialogs.IsOpen() {
			t.Errorf("%s: it is still open", name)
		}
	}
}

// The name is saved under what was typed, by Enter, and Cancel is pressed by Enter too.
func TestAFileIsSavedUnderTheNameThatIsTyped(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{})
	folder := t.TempDir()
	t.Setenv("HOME", folder)
	saved, written := "", ""
	save := func() {
		w.files.Save("run.json", func(io.Writer) error { written = "run"; return nil }, func(at fyne.URI) { saved = at.Name() })
	}
	save()
	test.Type(w.win.Canvas().Focused(), "mine")
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if saved != "mine.json" || written == "" || w.dialogs.IsOpen() {
		t.Errorf("saved as %q, written %q, and the dialog is open: %t", saved, written, w.dialogs.IsOpen())
	}
	save()
	for range 8 {
		if b, ok := w.win.Canvas().Focused().(*page.Button); ok && b.Label == "Cancel" {
			b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			break
		}
		w.win.Canvas().FocusNext()
	}
	if w.dialogs.IsOpen() {
		t.Error("Enter at Cancel leaves the dialog open")
	}
}

// The letter of a key arrives after the key, in the field that has the keyboard by then.
func TestTheKeyThatAsksForANameIsNotTheName(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{Address: "check/record"})
	asked := func(by string, letter rune) {
		field := w.win.Canvas().Focused()
		field.TypedRune(letter)
		if name, ok := field.(interface{ SelectedText() string }); !ok || name.SelectedText() == "" {
			t.Errorf("%s: the letter %q of the key took the place of the name", by, letter)
		}
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(letter)})
		field.TypedRune(letter)
		if name, ok := field.(interface{ SelectedText() string }); ok && name.SelectedText() != "" {
			t.Errorf("%s: the letter %q is lost when it is typed again", by, letter)
		}
		escape(w)
	}
	w.win.Canvas().Unfocus()
	typeKeys(w, fyne.KeyS)
	asked("S", 's')
	for range 40 {
		if b, ok := w.win.Canvas().Focused().(*page.Button); ok && b.Label == "Save as a page to print" {
			b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
			asked("Space at the button", ' ')
			return
		}
		w.win.Canvas().FocusNext()
	}
	t.Error("Tab never comes to the button that saves")
}

// The file is on a disk that takes its time: meanwhile somebody draws.
func TestFilesAreReadAndWrittenOutOfTheWayOfWhoeverDraws(t *testing.T) {
	w := opening(t, looktest.Bare(t), Options{})
	file := storage.NewFileURI(filepath.Join(t.TempDir(), "run.json"))
	var later func()
	files := fileDialogs{w.surface, w.Typed, w.Notice, func(work func() error, then func(error)) { later = func() { then(work()) } }}
	read := ""
	fetch := func() {
		later = nil
		files.Fetch(file, func(name string, from io.Reader) {
			content, err := io.ReadAll(from)
			read = name + " " + string(content)
			if err != nil {
				t.Error(err)
			}
		})
	}
	fetch()
	if err := os.WriteFile(file.Path(), []byte("written late"), 0o600); err != nil {
		t.Fatal(err)
	}
	if later(); read != "run.json written late" {
		t.Errorf("it read %q, before it could have", read)
	}
	if err := os.Remove(file.Path()); err != nil {
		t.Fatal(err)
	}
	fetch()
	if later(); !w.dialogs.IsOpen() {
		t.Error("nobody is told that the file is not there")
	}
}
