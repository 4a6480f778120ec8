package page

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
)

func start(t *testing.T) {
	t.Helper()
	looktest.App(t)
}

func TestAButtonIsPressedByMouseAndByKey(t *testing.T) {
	start(t)
	pressed := 0
	b := NewButton("Next", func() { pressed++ })
	test.Tap(b)
	for _, k := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter} {
		b.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if pressed != 4 {
		t.Errorf("pressed %d times, want 4", pressed)
	}
	b.Disable()
	test.Tap(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if pressed != 4 {
		t.Error("a button that is off was pressed")
	}
}

func TestAButtonPassesOnTheKeysItHasNoUseFor(t *testing.T) {
	start(t)
	var got []fyne.KeyName
	b := NewButton("Next", nil)
	b.OnKey = func(k *fyne.KeyEvent) bool { got = append(got, k.Name); return true }
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if len(got) != 1 || got[0] != fyne.KeyRight {
		t.Errorf("passed on %v", got)
	}
}

func TestAButtonSaysWhatItDoesWhileItIsPointedAtOrFocused(t *testing.T) {
	start(t)
	said := ""
	b := NewIconButton("close", "Close this", nil)
	b.Hint = func(words string) { said = words }
	b.MouseIn(nil)
	if said != "Close this" {
		t.Errorf("pointed at, it says %q", said)
	}
	b.MouseOut()
	if said != "" {
		t.Errorf("left alone, it says %q", said)
	}
	b.FocusGained()
	if said != "Close this" {
		t.Errorf("focused, it says %q", said)
	}
}

func TestTheFocusRingShowsOnlyWithTheFocus(t *testing.T) {
	start(t)
	b := NewButton("Next", nil)
	test.NewTempWindow(t, b)
	if b.ring.Visible() {
		t.Error("a ring without the focus")
	}
	b.FocusGained()
	if !b.ring.Visible() {
		t.Error("no ring with the focus")
	}
	b.FocusLost()
	if b.ring.Visible() {
		t.Error("the ring stays")
	}
}

func TestASwitchChoosesByMouseAndByKeyAndTellsOnce(t *testing.T) {
	start(t)
	var told []int
	s := NewSegments([]string{"Everyone", "Executive", "Developer"}, func(i int) { told = append(told, i) })
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(500, 60))
	test.TapAt(s, fyne.NewPos(optionWidth("Everyone")+10, 10))
	test.TapAt(s, fyne.NewPos(optionWidth("Everyone")+10, 10))
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	s.Choose(0)
	want := []int{1, 2, 0, 1}
	if len(told) != len(want) {
		t.Fatalf("told %v, want %v", told, want)
	}
	for i := range want {
		if told[i] != want[i] {
			t.Fatalf("told %v, want %v", told, want)
		}
	}
}

func TestWordsAreShortenedAtTheirEnd(t *testing.T) {
	start(t)
	const words = "Authorization code with PKCE"
	body := Face{Size: look.Body}
	wide := fyne.MeasureText(words, look.Body, fyne.TextStyle{}).Width
	if got := Shorten(words, body, wide); got != words {
		t.Errorf("in its own room it reads %q", got)
	}
	half := Shorten(words, body, wide/2)
	if half == words || half[:5] != words[:5] || fyne.MeasureText(half, look.Body, fyne.TextStyle{}).Width > wide/2+1 {
		t.Errorf("in half the room it reads %q", half)
	}
	if got := Shorten(words, body, 0); got != "" {
		t.Errorf("in no room it reads %q", got)
	}
}

func TestACardInNoRoomDrawsNothingOfItsContent(t *testing.T) {
	start(t)
	content := canvas.NewRectangle(nil)
	c := NewCard(content, 16)
	c.Resize(fyne.NewSize(20, 20))
	if content.Size().Width > 0 {
		t.Errorf("the content is %v wide", content.Size().Width)
	}
	c.Resize(fyne.NewSize(100, 60))
	if content.Size() != fyne.NewSize(68, 28) {
		t.Errorf("the content has the size %v", content.Size())
	}
}

func TestAControlFollowsTheTheme(t *testing.T) {
	start(t)
	b := NewButton("Next", nil)
	test.NewTempWindow(t, b)
	light := b.text.Color
	test.ApplyTheme(t, look.NewTheme(look.Dark))
	b.Refresh()
	if b.text.Color == light {
		t.Error("the text keeps its colour in the dark")
	}
}
