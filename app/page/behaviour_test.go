package page_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
)

// focusables are the parts that Tab reaches, as they stand.
func focusables(o fyne.CanvasObject) []fyne.Focusable {
	var out []fyne.Focusable
	if f, ok := o.(fyne.Focusable); ok {
		out = append(out, f)
	}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		out = append(out, focusables(child)...)
	}
	return out
}

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

func TestALinkIsFollowedByMouseAndByKeyboard(t *testing.T) {
	k := light(t)
	var followed []string
	k.Link = func(link string) { followed = append(followed, link) }
	prose := text(k, page.Prose("See [the code](glossary:code) and [the token](glossary:token).", look.Body, look.Ink)...)
	c := drawn(t, prose, 400)
	links := focusables(prose)
	if len(links) != 2 {
		t.Fatalf("two links can be reached, not %d", len(links))
	}
	first, _ := links[0].(fyne.Tappable)
	first.Tapped(nil)
	c.Focus(links[1])
	c.Focused().TypedKey(key(fyne.KeyReturn))
	if want := []string{"glossary:code", "glossary:token"}; !slices.Equal(followed, want) {
		t.Errorf("followed %q, want %q", followed, want)
	}
}

func TestALinkThatIsBrokenOverLinesStaysOneTarget(t *testing.T) {
	k := light(t)
	prose := text(k, page.Prose("[a link that is broken over a few lines](glossary:code)", look.Body, look.Ink)...)
	drawn(t, prose, 90)
	for _, f := range focusables(prose) {
		o, _ := f.(fyne.CanvasObject)
		if o.Position().X+o.Size().Width > 90+4 {
			t.Errorf("a link reaches to %v of 90", o.Position().X+o.Size().Width)
		}
	}
}

func TestAPartOfAPageHandsItsKeysToTheKit(t *testing.T) {
	k := light(t)
	var got []fyne.KeyName
	k.Key = func(e *fyne.KeyEvent) { got = append(got, e.Name) }
	pressed := 0
	press := func() { pressed++ }
	swap := page.NewSegments([]string{"S256", "plain"}, nil)
	swap.Kit = k
	for name, f := range map[string]fyne.Focusable{
		"button": page.NewSoftButton(k, "Copy", "copy", press), "tick box": tick(k, false, press), "switch": swap,
	} {
		got = nil
		f.TypedKey(key(fyne.KeyRight))
		f.TypedKey(key(fyne.KeySpace))
		if !slices.Equal(got, []fyne.KeyName{fyne.KeyRight}) {
			t.Errorf("%s hands on %q, not the arrow alone", name, got)
		}
	}
	if pressed != 2 {
		t.Errorf("the button and the box were pressed %d times in all", pressed)
	}
}

func TestWhatHasNothingToDoIsSkippedByTheKeyboard(t *testing.T) {
	k := light(t)
	off, on := page.NewSoftButton(k, "Nothing", "", nil), page.NewSoftButton(k, "Something", "", func() {})
	c := drawn(t, page.NewColumn().Add(0, off).Add(0, on), 200)
	c.FocusNext()
	if c.Focused() != fyne.Focusable(on) {
		t.Errorf("%v has the keyboard", c.Focused())
	}
	off.Tapped(nil) // does nothing
	if !off.Disabled() || on.Disabled() {
		t.Error("a button without something to do can be pressed")
	}
}

func TestWhatGetsTheKeyboardIsScrolledIntoSight(t *testing.T) {
	k := light(t)
	list := page.NewColumn()
	var last *page.Button
	for range 20 {
		last = page.NewSoftButton(k, "Copy", "", func() {})
		list.Add(look.Gap, last)
	}
	scroll := page.NewScroll(list)
	k.Reveal = scroll.Reveal
	top, tall := float32(-1), float32(0)
	scroll.OnSeen = func(y, h float32) { top, tall = y, h }
	w := test.NewTempWindow(t, scroll)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 100))
	w.Canvas().Focus(last)
	if y := last.Position().Y; y < top || y+last.Size().Height > top+tall {
		t.Errorf("the last button stands at %v, and %v to %v can be seen", y, top, top+tall)
	}
	w.Canvas().FocusNext() // the first again
	if top != 0 {
		t.Errorf("the first button has the keyboard, and what can be seen begins at %v", top)
	}
}

func TestAScrollTurnsWithTheKeysForThatAndNoOthers(t *testing.T) {
	k := light(t)
	scroll := page.NewScroll(text(k, plain(strings.Repeat("word ", 400))))
	var top float32
	scroll.OnSeen = func(y, _ float32) { top = y }
	w := test.NewTempWindow(t, scroll)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 100))
	for _, step := range []struct {
		key  fyne.KeyName
		want float32
	}{
		{fyne.KeyPageDown, 90},
		{fyne.KeyPageDown, 180},
		{fyne.KeyPageUp, 90},
		{fyne.KeyHome, 0},
		{fyne.KeyPageUp, 0},
		{fyne.KeyEnd, scroll.HeightFor(200) - 100},
		{fyne.KeyPageDown, scroll.HeightFor(200) - 100},
	} {
		if !scroll.Turn(key(step.key)) || top != step.want {
			t.Errorf("after %s it stands at %v, want %v", step.key, top, step.want)
		}
	}
	if scroll.Turn(key(fyne.KeyRight)) {
		t.Error("an arrow to the right is taken for a key that scrolls")
	}
	scroll.Rewind()
	for _, step := range []struct {
		key  fyne.KeyName
		want float32
	}{
		{fyne.KeyHome, 0},
		{fyne.KeyDown, 60},
		{fyne.KeyDown, 120},
		{fyne.KeyUp, 60},
		{fyne.KeyPageDown, 150},
		{fyne.KeyHome, 0},
		{fyne.KeyUp, 0},
	} {
		if !scroll.Shift(key(step.key)) || top != step.want {
			t.Errorf("after %s it stands at %v, want %v", step.key, top, step.want)
		}
	}
	if scroll.Turn(key(fyne.KeyDown)) {
		t.Error("what moves from one thing to the next with the arrows loses them to the scroll")
	}
}

func TestWhatHasTheKeyboardIsFoundHoweverDeepItStands(t *testing.T) {
	k := light(t)
	b, stranger := page.NewSoftButton(k, "Copy", "", func() {}), page.NewSoftButton(k, "Copy", "", func() {})
	inside := page.NewColumn().Add(0, page.NewHolder(container.NewHBox(b), nil))
	whole := []fyne.CanvasObject{page.NewScroll(inside)}
	if !page.Holds(whole, b) || page.Holds(whole, stranger) {
		t.Errorf("the button in the column is held: %t; one that stands nowhere: %t", page.Holds(whole, b), page.Holds(whole, stranger))
	}
}

func TestAStockLendsTheSamePartsAgain(t *testing.T) {
	k := light(t)
	s := page.NewStock(k)
	was := s.Button("Play", "", func() {})
	was.Primary, was.Tone = true, page.Tone{Ground: look.PassGround, Ink: look.Pass}
	if s.Button("Stop", "", func() {}) == was {
		t.Fatal("a button that is lent out is lent again")
	}
	s.TakeBack()
	now := s.Button("Back", "", nil)
	if now != was {
		t.Error("a button that was taken back is not lent again")
	}
	if now.Label != "Back" || now.Primary || now.Tone != (page.Tone{}) || !now.Disabled() {
		t.Errorf("it comes back as it was left: %q, primary %t", now.Label, now.Primary)
	}
}

func TestOnePartOfAColumnTakesTheRestOfItsHeight(t *testing.T) {
	k := light(t)
	head, foot, rest := text(k, plain("Head")), text(k, plain("Foot")), page.NewHolder(canvas.NewRectangle(nil), nil)
	c := page.NewColumn().Style("", "", 10, 0).Add(0, head).AddRest(5, rest).Add(5, foot)
	w := test.NewTempWindow(t, c)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 300))
	if got, want := rest.Size().Height, 300-2*10-2*5-2*head.Size().Height; got != want {
		t.Errorf("the rest is %v high, want %v", got, want)
	}
	if got, want := foot.Position().Y, 300-10-foot.Size().Height; got != want {
		t.Errorf("the foot stands at %v, want %v", got, want)
	}
	if least := c.LeastSize().Height; least > 100 {
		t.Errorf("what can shrink asks for a height of %v", least)
	}
}

func TestATextSaysItsWords(t *testing.T) {
	if got, want := text(
		light(t), page.Prose(words, look.Body, look.Ink)...,
	).Words(), "An ID token is a signed note. Its aud names who it is for.\nNobody else should take it."; got != want {
		t.Errorf("it says %q", got)
	}
}

func TestAFieldIsLeftByEscapeAndPassedByTab(t *testing.T) {
	light(t)
	left, entered := 0, 0
	f := page.NewField(func() { left++ })
	test.NewTempWindow(t, f)
	f.TypedKey(key(fyne.KeyEscape))
	f.MultiLine, f.OnEnter = true, func() { entered++ }
	f.TypedKey(key(fyne.KeyReturn))
	if left != 1 || entered != 1 || f.Text != "" || f.AcceptsTab() {
		t.Errorf("left %d times, sent %d times, holds %q, keeps Tab: %t", left, entered, f.Text, f.AcceptsTab())
	}
	f.OnEnter = nil
	f.TypedKey(key(fyne.KeyReturn))
	if f.Text != "\n" {
		t.Errorf("Enter in a field of several rows leaves %q", f.Text)
	}
}

func TestAFieldOffersWhatIsPastedFirst(t *testing.T) {
	light(t)
	f := page.NewField(func() {})
	clip := looktest.App(t).Clipboard()
	clip.SetContent("a long token")
	taken := ""
	f.OnPaste = func(text string) bool { taken = text; return true }
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if taken != "a long token" || f.Text != "" {
		t.Errorf("offered %q, and the field holds %q", taken, f.Text)
	}
	f.OnPaste = func(string) bool { return false }
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if f.Text != "a long token" {
		t.Errorf("what nobody wants for himself is not put in: %q", f.Text)
	}
}

func TestATableCanBeReadAtAnyWidth(t *testing.T) {
	k := light(t)
	shown := table(k)
	w := test.NewTempWindow(t, shown)
	w.SetPadded(false)
	for width := float32(40); width < 700; width += 20 {
		high := shown.HeightFor(width)
		w.Resize(fyne.NewSize(width, high))
		var said []string
		for _, o := range shown.Objects() {
			right, bottom := o.Position().X+o.Size().Width, o.Position().Y+o.Size().Height
			if right > width+0.1 || bottom > high+0.1 {
				t.Fatalf("at %v by %v something reaches to %v, %v", width, high, right, bottom)
			}
			if text, ok := o.(*page.Text); ok {
				said = append(said, text.Words())
			}
		}
		saysAll(t, strings.Join(said, "|"), "Who reads it", "ID token", "the client app", "the API", "one minute, and once")
	}
}

func saysAll(t *testing.T, said string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(said, want) {
			t.Fatalf("it does not say %q: %s", want, said)
		}
	}
}

func TestALinkInATableIsReachedByTheKeyboard(t *testing.T) {
	k := light(t)
	followed := ""
	k.Link = func(link string) { followed = link }
	c := drawn(t, table(k), 420)
	c.FocusNext()
	if c.Focused() == nil {
		t.Fatal("nothing in the table can have the keyboard")
	}
	c.Focused().TypedKey(key(fyne.KeyReturn))
	if followed != "glossary:client" {
		t.Errorf("followed %q", followed)
	}
}

func TestAFigureDoesNotFillAWideWindow(t *testing.T) {
	k := light(t)
	f := figure(k) // twice as wide as high
	if narrow, wide := f.HeightFor(300), f.HeightFor(3000); narrow > 200 || wide > 400 {
		t.Errorf("at 300 it is %v high, at 3000 %v", narrow, wide)
	}
}
