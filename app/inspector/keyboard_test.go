package inspector_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func press(t *testing.T, v *inspector.Inspector, key fyne.KeyName) {
	t.Helper()
	c := canvasOf(v)
	if c.Focused() == nil {
		t.Fatalf("nothing has the focus to take %s", key)
	}
	c.Focused().TypedKey(&fyne.KeyEvent{Name: key})
}

func tab(v *inspector.Inspector, times int) {
	for range times {
		canvasOf(v).FocusNext()
	}
}

func TestArrowsMoveBetweenTabs(t *testing.T) {
	v := paneFor(t, wide())
	v.SetContent(tokenStep())
	tab(v, 1)
	press(t, v, fyne.KeyRight)
	press(t, v, fyne.KeyRight)
	press(t, v, fyne.KeyLeft)
	if v.Tab() != "request" {
		t.Errorf("shows %s", v.Tab())
	}
}

func TestARowIsOpenedAndClosedByKeyboard(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	var followed []string
	v.OnFollow = func(value string) { followed = append(followed, value) }
	tab(v, 4+2+1) // four tabs, two ways to show it, the address
	press(t, v, fyne.KeyDown)
	press(t, v, fyne.KeyReturn)
	if len(followed) != 1 || followed[0] != "idp.example" {
		t.Fatalf("followed %q", followed)
	}
	press(t, v, fyne.KeyEscape)
	if len(followed) != 2 || followed[1] != "" {
		t.Errorf("followed %q", followed)
	}
}

func TestCopyShortcutCopiesTheRowThatHasTheFocus(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	var copied string
	v.OnCopy = func(text, _ string) { copied = text }
	tab(v, 4+2+2)
	row, ok := canvasOf(v).Focused().(fyne.Shortcutable)
	if !ok {
		t.Fatal("the row takes no shortcuts")
	}
	row.TypedShortcut(&fyne.ShortcutCopy{})
	if copied != "idp.example" {
		t.Errorf("copied %q", copied)
	}
}

func TestKeysOfThePlayerGoOnToIt(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	var got []fyne.KeyName
	v.OnKey = func(e *fyne.KeyEvent) { got = append(got, e.Name) }
	tab(v, 4+2+2)
	press(t, v, fyne.KeyRight)
	press(t, v, fyne.KeyP)
	press(t, v, fyne.KeyPageDown)
	if len(got) != 2 || got[0] != fyne.KeyRight || got[1] != fyne.KeyP {
		t.Errorf("went on: %v", got)
	}
}

func TestAPressWithTheMouseDoesNotTakeTheFocus(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	tapText(t, v, "code_verifier")
	if f := canvasOf(v).Focused(); f != nil {
		t.Errorf("%T has the focus", f)
	}
}

func TestPageKeysScrollWhatHasTheFocus(t *testing.T) {
	v := paneFor(t, fyne.NewSize(380, 420))
	v.SetContent(tokensStep())
	v.SelectTab("tokens")
	before := firstVisible(v, "Read")
	tab(v, 1)
	press(t, v, fyne.KeyPageDown)
	if after := firstVisible(v, "Read"); after >= before {
		t.Errorf("stood at %v, stands at %v", before, after)
	}
	press(t, v, fyne.KeyHome)
	if after := firstVisible(v, "Read"); after != before {
		t.Errorf("after Home it stands at %v, not %v", after, before)
	}
}

func TestAPartThatIsGoneGivesTheFocusBack(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	tab(v, 4+2+6)
	v.SetContent(step(clickGesture(), nil, nil))
	c := canvasOf(v)
	if f := c.Focused(); f != nil {
		t.Errorf("%T has the focus", f)
	}
	v.SetContent(pageStep())
	v.SelectTab("page")
	c.Focus(entryOf(t, v, 0))
	v.SelectTab("words")
	if f := c.Focused(); f != nil {
		t.Errorf("a field that is gone has the focus: %T", f)
	}
}

func TestAFocusedRowIsScrolledIntoView(t *testing.T) {
	v := paneFor(t, fyne.NewSize(380, 400))
	m := authorizeRequest()
	v.SetContent(step(m, m, nil))
	v.SelectTab("request")
	tab(v, 3+2+12)
	for _, s := range everything(v, fyne.Position{}) {
		if o, ok := s.object.(fyne.Focusable); ok && o == canvasOf(v).Focused() {
			if s.at.Y < 100 || s.at.Y+s.object.Size().Height > 400 {
				t.Errorf("stands at %v", s.at)
			}
			return
		}
	}
	t.Error("the focused row is not drawn")
}

func TestEveryTabOfEveryKindCanBeWalkedByKeyboard(t *testing.T) {
	v := paneFor(t, wide())
	v.OnCurl = func() string { return "curl" }
	for _, c := range []inspector.Content{
		tokenStep(), tokensStep(), failingStep(), pageStep(), step(pkceNote(), nil, nil), step(clickGesture(), nil, nil),
		{},
		{Message: &trace.Message{Kind: trace.Note}},
	} {
		v.SetContent(c)
		for _, id := range []string{"words", "page", "request", "response", "checks", "tokens", "calculation"} {
			v.SelectTab(id)
			for range 40 {
				tab(v, 1)
				press(t, v, fyne.KeyReturn)
			}
		}
	}
}
