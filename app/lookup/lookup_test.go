package lookup_test

import (
	"image"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/lookup"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// reader is somebody who looks things up, in a window that has no frame.
type reader struct {
	room.Window
	room *lookup.Room
	win  fyne.Window
	said string
	went []string
}

func (r *reader) Say(words string) { r.said = words }

func (r *reader) Go(to address.Address) {
	r.went = append(r.went, to.String())
	r.room.Go(to)
}

func (r *reader) Copy(string) {}

func (r *reader) Changed() {}

func (r *reader) Typed(k *fyne.KeyEvent) bool { return room.Typed(r.room.Commands(), k) }

func reading(t *testing.T, size fyne.Size, to ...string) *reader {
	t.Helper()
	looktest.App(t)
	words := wordstest.English(t)
	r := &reader{}
	r.room = lookup.New(r, words, "Demo")
	r.room.Tell(room.Manner{Words: words, Voice: tutorials.Everyone, Lens: "hotel"})
	r.room.Go(address.At(to[0], to[1:]...))
	r.win = test.NewTempWindow(t, r.room.Content())
	r.win.SetPadded(false)
	r.win.Resize(size)
	return r
}

func size() fyne.Size { return fyne.NewSize(900, 600) }

func TestLinksLeadFromPageToPageByTheKeyboardAlone(t *testing.T) {
	r := reading(t, size(), "rules", "code-verifier-matches")
	for range 20 {
		r.win.Canvas().FocusNext()
		r.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if len(r.went) > 0 {
			break
		}
	}
	if len(r.went) == 0 || r.went[0] != "standards/rfc7636/4.6" || r.room.Address().String() != r.went[0] {
		t.Errorf("the first link leads to %q, and one stands at %s", r.went, r.room.Address())
	}
}

func TestWhatIsNotThereIsSaidAndTheNearestPageStandsThere(t *testing.T) {
	r := reading(t, size(), "glossary", "acces-token")
	if r.room.Address().String() != "glossary/access-token" || !strings.Contains(r.said, "acces-token") {
		t.Errorf("it leads to %s and says %q", r.room.Address(), r.said)
	}
}

func TestTheRailAndTheMenuLeadToEachKind(t *testing.T) {
	r := reading(t, size(), "glossary")
	for _, row := range r.room.Rail()[0].Rows {
		row.Do()
	}
	if got := strings.Join(r.went, " "); got != "glossary dictionary rules standards" {
		t.Errorf("the rail leads to %s", got)
	}
}

func TestALongPageIsTurnedByKeys(t *testing.T) {
	r := reading(t, size(), "glossary")
	top := r.win.Canvas().Capture()
	if !r.Typed(&fyne.KeyEvent{Name: fyne.KeyPageDown}) {
		t.Fatal("Page Down does nothing")
	}
	if sameImage(top, r.win.Canvas().Capture()) {
		t.Error("Page Down shows the same page")
	}
}

func TestPagesAreDrawnAsAgreed(t *testing.T) {
	for name, to := range map[string][]string{
		"term": {"glossary", "access-token"}, "name": {"dictionary", "parameter", "code_verifier"},
		"rule": {"rules", "code-verifier-matches"}, "section": {"standards", "rfc7636", "4.6"},
	} {
		t.Run(name, func(t *testing.T) {
			test.AssertRendersToMarkup(t, "lookup/"+name+".xml", reading(t, size(), to...).win.Canvas())
		})
	}
}

func TestASheetIsDrawnAsAgreed(t *testing.T) {
	looktest.App(t)
	words := wordstest.English(t)
	r := &reader{}
	s := lookup.NewSheet(r, words, "Demo", func() {})
	s.Tell(room.Manner{Words: words, Voice: tutorials.Everyone, Lens: "hotel"})
	s.Read(address.At("glossary", "access-token"))
	s.Read(address.At("standards", "rfc7636", "4.6"))
	r.win = test.NewTempWindow(t, s.Content())
	r.win.SetPadded(false)
	r.win.Resize(fyne.NewSize(400, 500))
	test.AssertRendersToMarkup(t, "lookup/sheet.xml", r.win.Canvas())
}

func sameImage(a, b image.Image) bool {
	for y := 0; y < a.Bounds().Dy(); y += 3 {
		for x := 0; x < a.Bounds().Dx(); x += 3 {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}
