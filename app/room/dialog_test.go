package room_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/room"
)

// over is an empty window with dialogs over it.
func over(t *testing.T) (*room.Dialogs, fyne.Canvas) {
	t.Helper()
	looktest.App(t)
	w := test.NewTempWindow(t, widget.NewLabel("behind"))
	w.Resize(fyne.NewSize(400, 300))
	return room.NewDialogs(w.Canvas(), nil, func() {}), w.Canvas()
}

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

func dialog(title string, closed *[]string) room.Dialog {
	return room.Dialog{
		Title: title, Content: widget.NewLabel(title), Size: fyne.NewSize(300, 200),
		Closed: func() { *closed = append(*closed, title) },
	}
}

func TestEscapeAndEnterCloseADialogAndNoOtherKeyActs(t *testing.T) {
	d, _ := over(t)
	var closed []string
	for _, k := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter} {
		d.Show(dialog(string(k), &closed))
		if !d.Typed(key(fyne.KeyRight)) || !d.IsOpen() {
			t.Errorf("Right went through the dialog or closed it: open %v", d.IsOpen())
		}
		if !d.Typed(key(k)) || d.IsOpen() {
			t.Errorf("%s does not close the dialog", k)
		}
	}
	if len(closed) != 3 {
		t.Errorf("three dialogs were closed, and %q heard of it", closed)
	}
	if d.Typed(key(fyne.KeyRight)) {
		t.Error("a key is taken though no dialog is open")
	}
}

func TestADialogTakesThePlaceOfTheOneThatIsOpen(t *testing.T) {
	d, c := over(t)
	var closed []string
	d.Show(dialog("first", &closed))
	d.Show(dialog("second", &closed))
	if over := c.Overlays().List(); len(over) != 1 || len(closed) != 1 || closed[0] != "first" {
		t.Errorf("%d dialogs are open, %q were closed", len(over), closed)
	}
	hidden := 0
	ended := d.Hold(func() { hidden++ }) // such as Fyne's own
	if len(c.Overlays().List()) != 0 || len(closed) != 2 {
		t.Errorf("a dialog stays under one that somebody else draws: %q were closed", closed)
	}
	d.Show(dialog("third", &closed))
	if hidden != 1 {
		t.Errorf("the one that somebody else draws was hidden %d times", hidden)
	}
	ended() // late news of it
	if !d.IsOpen() {
		t.Error("the end of one dialog closed another")
	}
	d.Dismiss()
	d.Dismiss() // nothing is open
	if d.IsOpen() || len(closed) != 3 {
		t.Errorf("open %v, %q were closed", d.IsOpen(), closed)
	}
	d.Hold(func() {})()
	if d.IsOpen() {
		t.Error("a dialog that closed by itself still holds the keys")
	}
}

func TestADialogsOwnKeysComeFirst(t *testing.T) {
	d, _ := over(t)
	own := dialog("bench", new([]string))
	own.Key = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyReturn }
	d.Show(own)
	d.Typed(key(fyne.KeyReturn))
	if !d.IsOpen() {
		t.Error("Enter closes a dialog that has use for it")
	}
	d.Typed(key(fyne.KeyEscape))
	if d.IsOpen() {
		t.Error("Escape does not close it")
	}
}

func TestALongDialogScrollsByKeys(t *testing.T) {
	d, _ := over(t)
	tall := container.NewVBox()
	for range 60 {
		tall.Add(widget.NewLabel("a line"))
	}
	scroll := look.NewScroll(tall)
	d.Show(room.Dialog{Title: "Long", Content: scroll, Size: fyne.NewSize(300, 250)})
	for _, k := range []struct {
		key  fyne.KeyName
		down bool
	}{
		{fyne.KeyDown, true},
		{fyne.KeyPageDown, true},
		{fyne.KeyUp, false},
		{fyne.KeySpace, true},
		{fyne.KeyPageUp, false},
		{fyne.KeyEnd, true},
		{fyne.KeyHome, false},
	} {
		before := scroll.Offset.Y
		d.Typed(key(k.key))
		if now := scroll.Offset.Y; now == before || now > before != k.down {
			t.Errorf("%s scrolls from %v to %v", k.key, before, now)
		}
	}
	if scroll.Offset.Y != 0 || !d.IsOpen() {
		t.Errorf("Home leads to %v; open %v", scroll.Offset.Y, d.IsOpen())
	}
}

func TestTheKeyboardIsWhereTheDialogWantsItAndASmallWindowMakesItSmaller(t *testing.T) {
	d, c := over(t)
	first := widget.NewEntry()
	d.Show(room.Dialog{Title: "Field", Content: first, Size: fyne.NewSize(4000, 4000), First: first})
	if c.Focused() != fyne.Focusable(first) {
		t.Errorf("the keyboard is at %v", c.Focused())
	}
	if got := first.Size(); got.Width > 400 || got.Height > 300 {
		t.Errorf("the field is %v large in a window of 400 × 300", got)
	}
}
