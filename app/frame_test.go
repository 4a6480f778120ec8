package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/room"
)

// framed is a frame without a window, around an empty room.
func framed(t *testing.T) (*header, *rail, *frame, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
	h, r := newHeader([]string{"One", "Two"}, func(*fyne.KeyEvent) bool { return true }), newRail()
	f := newFrame(h.bar, r.card)
	r.onPlace, r.onToggled, f.onWide, f.onLaid = f.float, f.body.Refresh, r.setWide, func() {}
	w := test.NewTempWindow(t, container.NewThemeOverride(f.body, look.Flat()))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1400, 800))
	return h, r, f, w
}

func pots(labels ...string) []room.Section {
	s := room.Section{Title: "Pots"}
	for _, l := range labels {
		s.Rows = append(s.Rows, room.Row{Label: l, Choice: true, Do: func() {}})
	}
	return []room.Section{s}
}

func TestRowsOfTheRailThatStayKeepTheKeyboard(t *testing.T) {
	_, r, _, w := framed(t)
	seen := 0
	r.onFocus = func() { seen++ }
	r.show(pots("soup", "stew"))
	w.Canvas().Focus(r.entries[1].button)
	again := pots("broth", "goulash")
	again[0].Rows[1].On, again[0].Rows[0].Off = true, true
	r.show(again)
	if got := r.labelOf(w.Canvas().Focused()); got != "goulash" || seen != 1 {
		t.Errorf("the keyboard is at %q and was seen there %d times", got, seen)
	}
	if b := r.entries[1].button; b.Icon != look.IconCheck || b.Disabled() || !r.entries[0].button.Disabled() {
		t.Errorf("the chosen row has the icon %q; disabled are %v and %v", b.Icon, r.entries[0].button.Disabled(), b.Disabled())
	}
	r.show(pots("soup"))
	if len(r.entries) != 1 || r.labelOf(w.Canvas().Focused()) != "" {
		t.Errorf("the rail lists %d rows, and one that is gone has the keyboard", len(r.entries))
	}
}

func TestARowOfTheRailDoesWhatItSaysNowAndAFloatingRailGoes(t *testing.T) {
	_, r, f, w := framed(t)
	w.Resize(fyne.NewSize(900, 600))
	did := ""
	for _, what := range []string{"old", "new"} {
		r.show([]room.Section{{Rows: []room.Row{{Label: "A row", Do: func() { did = what }}}}})
	}
	r.toggle()
	if !r.floats() || f.body.Objects[len(f.body.Objects)-1] != fyne.CanvasObject(r.card) {
		t.Fatal("the rail does not lie over the room")
	}
	test.Tap(r.entries[0].button)
	if did != "new" || r.floats() {
		t.Errorf("the row did what was %q; the rail still floats: %v", did, r.floats())
	}
}

func TestTheHeaderGivesRoomToWhatMattersMost(t *testing.T) {
	h, _, _, w := framed(t)
	aside := 0
	h.tell(1, []room.Command{{Words: "Plain"}, {Words: "Hotel", On: true}})
	title := room.Title{Name: "A very long name of what is shown here", Short: "Short", Badge: "New", Note: "for everybody who cooks"}
	h.show(title)
	if !h.note.Visible() || !h.badge.Visible() || h.title.Words != title.Name || h.aside.Visible() || h.lens.Label != "Lens: Hotel" {
		t.Errorf("in a wide window note %v, badge %v, title %q, aside %v, lens %q",
			h.note.Visible(), h.badge.Visible(), h.title.Words, h.aside.Visible(), h.lens.Label)
	}
	title.Caution, title.Aside = true, room.Command{Words: "Other part", Do: func() { aside++ }}
	w.Resize(fyne.NewSize(560, 500))
	h.show(title)
	if h.note.Visible() || h.title.Words == title.Name || !h.aside.Visible() || h.badge.Ink != look.Caution {
		t.Errorf("in a narrow window note %v, title %q, aside %v, badge %v", h.note.Visible(), h.title.Words, h.aside.Visible(), h.badge.Ink)
	}
	test.Tap(h.aside)
	if aside != 1 {
		t.Errorf("the button for the other part was heard %d times", aside)
	}
}

func TestTheHeaderTellsWhatWasChosen(t *testing.T) {
	h, _, _, w := framed(t)
	voice, lens, rail := -1, "", 0
	h.onVoice, h.onRail = func(i int) { voice = i }, func() { rail++ }
	h.tell(0, []room.Command{{Words: "Plain", On: true, Do: func() { lens = "plain" }}, {Words: "Hotel", Do: func() { lens = "hotel" }}})
	test.TapAt(h.voice, fyne.NewPos(h.voice.MinSize().Width-4, 10))
	if voice != 1 {
		t.Errorf("the voice that was chosen is %d", voice)
	}
	test.Tap(h.rail)
	if rail != 1 {
		t.Errorf("the button of the rail was heard %d times", rail)
	}
	test.Tap(h.lens)
	if w.Canvas().Focused() == nil {
		t.Fatal("no menu of lenses has the keyboard")
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if lens != "hotel" {
		t.Errorf("the lens that was chosen is %q", lens)
	}
}
