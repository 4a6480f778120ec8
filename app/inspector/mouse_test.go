package inspector_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/look"
)

func pointAt(tb testing.TB, v *inspector.Inspector, words string) {
	tb.Helper()
	_, at := chainAt(tb, v, words)
	test.MoveMouse(canvasOf(v), at)
}

func TestPointingAtANameSaysItsMeaningUntilTheMouseLeaves(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	pointAt(t, v, "code_verifier")
	if !shows(v, "The secret that the app made up") {
		t.Errorf("shows %q", textsOf(v))
	}
	pointAt(t, v, "Exchange the code for tokens")
	if !shows(v, "Point at a name for its meaning.") {
		t.Errorf("after the mouse has left, shows %q", textsOf(v))
	}
}

func TestTheCopySignOfTheRowUnderTheMouseCopiesItsValue(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	var copied string
	v.OnCopy = func(text, _ string) { copied = text }
	pointAt(t, v, "code_verifier")
	chain, at := chainAt(t, v, "code_verifier")
	for _, w := range chain {
		if _, ok := w.(fyne.Shortcutable); ok { // the row
			end := fyne.CurrentApp().Driver().AbsolutePositionForObject(w).X + w.Size().Width
			test.TapCanvas(canvasOf(v), fyne.NewPos(end-12, at.Y))
		}
	}
	if copied != verifier {
		t.Errorf("copied %q", copied)
	}
}

func TestTheOtherButtonOfTheMouseOffersAMenu(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	chain, at := chainAt(t, v, "code_verifier")
	for _, w := range chain {
		if row, ok := w.(fyne.SecondaryTappable); ok {
			row.TappedSecondary(&fyne.PointEvent{AbsolutePosition: at})
		}
	}
	if canvasOf(v).Overlays().Top() == nil {
		t.Error("there is no menu")
	}
}

func TestALinkLeavesTheRowUnderItPointedAt(t *testing.T) {
	v := paneOn(t, "checks", tokenStep())
	chain, _ := chainAt(t, v, "RFC 7636")
	over := chain[len(chain)-1]
	if _, link := over.(fyne.Tappable); !link {
		t.Fatalf("%T is no link", over)
	}
	if _, takes := over.(desktop.Hoverable); takes {
		t.Error("the link takes the mouse from its row")
	}
}

func TestTheMouseTellsWhatCanBePressed(t *testing.T) {
	v := paneFor(t, wide())
	c := pageStep()
	for passed, want := range map[bool]desktop.Cursor{false: desktop.PointerCursor, true: desktop.DefaultCursor} {
		c.Page.Disabled = passed
		v.SetContent(c)
		v.SelectTab("page")
		chain, _ := chainAt(t, v, "Cancel")
		if b, ok := chain[len(chain)-1].(desktop.Cursorable); !ok || b.Cursor() != want {
			t.Errorf("passed %v: %T shows another cursor", passed, chain[len(chain)-1])
		}
	}
}

func TestPointingMovesNothing(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	chain, _ := chainAt(t, v, "grant_type")
	row := chain[len(chain)-1]
	before := fyne.CurrentApp().Driver().AbsolutePositionForObject(row)
	tall := scrollOf(v).Size()
	pointAt(t, v, "code_verifier")
	if after := fyne.CurrentApp().Driver().AbsolutePositionForObject(row); after != before || scrollOf(v).Size() != tall {
		t.Errorf("a row moved from %v to %v", before, after)
	}
}

func scrollOf(v *inspector.Inspector) *look.Scroll {
	for _, s := range everything(v, fyne.Position{}) {
		if scroll, ok := s.object.(*look.Scroll); ok {
			return scroll
		}
	}
	return nil
}

func TestWhatAHeaderSaysOfTheMessageAloneLightsUpNowhere(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	var pointed string
	v.OnPoint = func(value string) { pointed = value }
	for words, want := range map[string]string{"Accept": "", "Content-Type": "", "code_verifier": verifier} {
		if pointAt(t, v, words); pointed != want {
			t.Errorf("pointing at %s lights up %q, want %q", words, pointed, want)
		}
	}
}

func TestFollowingAValueMovesNoTab(t *testing.T) {
	v := paneFor(t, fyne.NewSize(400, 900))
	c := tokenStep()
	v.SetContent(c)
	at := map[string]fyne.Position{}
	names := []string{"Words", "Request", "Response", "Checks"}
	for _, name := range names {
		_, at[name] = chainAt(t, v, name)
	}
	c.Watched = watchedStep().Watched
	v.SetContent(c)
	for _, name := range names {
		if _, now := chainAt(t, v, name); now != at[name] {
			t.Errorf("%s moved from %v to %v", name, at[name], now)
		}
	}
	if _, seen := chainAt(t, v, "Seen by"); seen.Y != at["Words"].Y {
		t.Errorf("the new tab stands at %v, in a row of its own", seen)
	}
}
