package frame

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials"
)

// framed is a frame in an empty window, with a title that does not change.
func framed(t *testing.T, calls Calls) (*Frame, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
	calls.Key = func(*fyne.KeyEvent) bool { return true }
	if calls.Title == nil {
		calls.Title = func() room.Title { return room.Title{} }
	}
	if calls.Focus == nil {
		calls.Focus = func() {}
	}
	say, err := tutorials.Catalog("en")
	if err != nil {
		t.Fatal(err)
	}
	f := New(say, []string{"One", "Two"}, calls)
	w := test.NewTempWindow(t, container.NewThemeOverride(f.Content(), look.Flat()))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1400, 800))
	return f, w
}

func pots(labels ...string) []room.Section {
	s := room.Section{Title: "Pots"}
	for _, l := range labels {
		s.Rows = append(s.Rows, room.Row{Label: l, Choice: true, Do: func() {}})
	}
	return []room.Section{s}
}

func TestRowsOfTheRailThatStayKeepTheKeyboard(t *testing.T) {
	seen := 0
	f, w := framed(t, Calls{Focus: func() { seen++ }})
	r := f.rail
	r.show(pots("soup", "stew"))
	w.Canvas().Focus(r.entries[1].button)
	again := pots("broth", "goulash")
	again[0].Rows[1].On, again[0].Rows[0].Off = true, true
	r.show(again)
	if got := f.RowOf(w.Canvas().Focused()); got != "goulash" || seen != 1 {
		t.Errorf("the keyboard is at %q and was seen there %d times", got, seen)
	}
	if b := r.entries[1].button; b.Icon != look.IconCheck || b.Disabled() || !r.entries[0].button.Disabled() {
		t.Errorf("the chosen row has the icon %q; disabled are %v and %v", b.Icon, r.entries[0].button.Disabled(), b.Disabled())
	}
	r.show(pots("soup"))
	if len(r.entries) != 1 || f.RowOf(w.Canvas().Focused()) != "" {
		t.Errorf("the rail lists %d rows, and one that is gone has the keyboard", len(r.entries))
	}
}

func TestARowOfTheRailDoesWhatItSaysNowAndAFloatingRailGoes(t *testing.T) {
	f, w := framed(t, Calls{})
	r := f.rail
	w.Resize(fyne.NewSize(900, 600))
	did := ""
	for _, what := range []string{"old", "new"} {
		r.show([]room.Section{{Rows: []room.Row{{Label: "A row", Do: func() { did = what }}}}})
	}
	f.ToggleRail()
	if !f.Floats() || f.body.Objects[len(f.body.Objects)-1] != fyne.CanvasObject(r.card) {
		t.Fatal("the rail does not lie over the room")
	}
	test.Tap(r.entries[0].button)
	if did != "new" || f.Floats() {
		t.Errorf("the row did what was %q; the rail still floats: %v", did, f.Floats())
	}
}

func TestTheHeaderGivesRoomToWhatMattersMost(t *testing.T) {
	var title room.Title
	f, w := framed(t, Calls{Title: func() room.Title { return title }})
	h, aside := f.header, 0
	f.Tell(1, []room.Command{{Words: "Plain"}, {Words: "Hotel", On: true}})
	title = room.Title{Name: "A very long name of what is shown here", Short: "Short", Badge: "New", Note: "for everybody who cooks"}
	f.Show(title, nil)
	if !h.note.Visible() || !h.badge.Visible() || h.title.Words != title.Name || h.aside.Visible() || h.lens.Label != "Lens: Hotel" {
		t.Errorf("in a wide window note %v, badge %v, title %q, aside %v, lens %q",
			h.note.Visible(), h.badge.Visible(), h.title.Words, h.aside.Visible(), h.lens.Label)
	}
	title.Caution, title.Aside = true, room.Command{Words: "Other part", Do: func() { aside++ }}
	w.Resize(fyne.NewSize(560, 500)) // the frame asks for the title again by itself
	if h.note.Visible() || h.title.Words == title.Name || !h.aside.Visible() || h.badge.Ink != look.Caution {
		t.Errorf("in a narrow window note %v, title %q, aside %v, badge %v", h.note.Visible(), h.title.Words, h.aside.Visible(), h.badge.Ink)
	}
	test.Tap(h.aside)
	if aside != 1 {
		t.Errorf("the button for the other part was heard %d times", aside)
	}
}

func TestTheHeaderTellsWhatWasChosen(t *testing.T) {
	voice, lens := -1, ""
	f, w := framed(t, Calls{Voice: func(i int) { voice = i }})
	h := f.header
	f.Show(room.Title{}, pots("soup"))
	w.Resize(fyne.NewSize(1000, 600))
	f.Tell(0, []room.Command{{Words: "Plain", On: true, Do: func() { lens = "plain" }}, {Words: "Hotel", Do: func() { lens = "hotel" }}})
	test.TapAt(h.voice, fyne.NewPos(h.voice.MinSize().Width-4, 10))
	if voice != 1 {
		t.Errorf("the voice that was chosen is %d", voice)
	}
	test.Tap(h.rail)
	if !f.Floats() {
		t.Error("the button of the rail does not show it")
	}
	f.Clear()
	if f.Floats() || f.rail.card.Visible() {
		t.Error("the rail can't be taken away again")
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

func TestTheRailStandsBesideTheContentWhereThereIsRoom(t *testing.T) {
	f, w := framed(t, Calls{})
	if f.rail.card.Visible() {
		t.Error("a rail with nothing in it takes room")
	}
	f.Show(room.Title{}, pots("soup"))
	if !f.rail.card.Visible() || f.Floats() {
		t.Error("a wide window does not show the rail beside the content")
	}
	w.Resize(fyne.NewSize(1000, 640))
	if f.rail.card.Visible() {
		t.Error("the rail takes room in a narrow window")
	}
	f.ToggleRail()
	w.Resize(fyne.NewSize(1400, 640))
	if f.Floats() || f.body.Objects[len(f.body.Objects)-1] == fyne.CanvasObject(f.rail.card) {
		t.Error("in a window that grew wide the rail still lies over the content")
	}
}

func TestTheRailShowsTheRowThatHasTheKeyboard(t *testing.T) {
	f, w := framed(t, Calls{})
	var many []string
	for range 40 {
		many = append(many, "a pot")
	}
	w.Resize(fyne.NewSize(1400, 500))
	f.Show(room.Title{}, pots(many...))
	if f.rail.scroll.Offset.Y != 0 {
		t.Fatalf("the rail begins at %v", f.rail.scroll.Offset)
	}
	seen := func(e *entry) bool {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(e.button)
		top := fyne.CurrentApp().Driver().AbsolutePositionForObject(f.rail.card)
		return at.Y >= top.Y && at.Y+e.button.Size().Height <= top.Y+f.rail.card.Size().Height
	}
	for _, i := range []int{39, 0} {
		w.Canvas().Focus(f.rail.entries[i].button)
		if !seen(f.rail.entries[i]) {
			t.Errorf("row %d has the keyboard and cannot be seen", i)
		}
	}
}

func TestTheLogoLeadsHomeByMouseAndByKeyboard(t *testing.T) {
	home := 0
	f, w := framed(t, Calls{Home: func() { home++ }})
	test.Tap(f.header.logo)
	w.Canvas().Focus(f.header.logo)
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if home != 2 {
		t.Errorf("a tap and Enter lead home %d times", home)
	}
}
