package frame

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials"
)

// framed is a frame in an empty window, with a title that does not change.
func framed(t *testing.T, calls Calls) (*Frame, fyne.Window) {
	t.Helper()
	looktest.App(t)
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
	w := test.NewTempWindow(t, f.Content())
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
	if got := f.LabelOf(w.Canvas().Focused()); got != "goulash" || seen != 1 {
		t.Errorf("the keyboard is at %q and was seen there %d times", got, seen)
	}
	if b := r.entries[1].button; b.Icon != look.IconCheck || b.Disabled() || !r.entries[0].button.Disabled() {
		t.Errorf("the chosen row has the icon %q; disabled are %v and %v", b.Icon, r.entries[0].button.Disabled(), b.Disabled())
	}
	r.show(pots("soup"))
	if len(r.entries) != 1 || f.LabelOf(w.Canvas().Focused()) != "" {
		t.Errorf("the rail lists %d rows, and one that is gone has the keyboard", len(r.entries))
	}
}

// In a long list what is looked at is not out of sight, and whoever scrolls away from it is left alone.
func TestTheRailScrollsToWhatIsLookedAt(t *testing.T) {
	f, w := framed(t, Calls{})
	w.Resize(fyne.NewSize(1400, 400))
	many := pots(strings.Fields(strings.Repeat("pot ", 60))...)
	for i := range many[0].Rows {
		many[0].Rows[i].Label += strings.Repeat("!", i)
	}
	look := func(at int) {
		for i := range many[0].Rows {
			many[0].Rows[i].Here = i == at
		}
		f.Show(room.Title{}, many, nil)
	}
	inSight := func(at int) bool {
		top := f.rail.entries[at].line.Position().Y - f.rail.scroll.Offset.Y
		return top >= 0 && top < f.rail.scroll.Size().Height-20
	}
	for _, at := range []int{50, 2, 59} {
		if look(at); !inSight(at) {
			t.Errorf("row %d is looked at and is out of sight: the rail stands at %v", at, f.rail.scroll.Offset.Y)
		}
	}
	f.rail.scroll.ScrollToTop()
	if look(59); f.rail.scroll.Offset.Y != 0 {
		t.Error("the rail moves although nothing else is looked at")
	}
}

func TestALongLabelOfTheRailTakesTwoRowsAndASignOfItSaysItBesideItself(t *testing.T) {
	f, w := framed(t, Calls{})
	const long = "Why your password is not needed any more"
	rows := pots("soup")
	rows[0].Rows = append(rows[0].Rows, room.Row{Label: long, Sign: "W", Do: func() {}})
	f.Show(room.Title{}, rows, nil)
	soup, b := f.rail.entries[0].button, f.rail.entries[1].button
	if b.Said() != long || b.Size().Height <= soup.Size().Height {
		t.Errorf("the rail says %q in %v beside %v", b.Said(), b.Size(), soup.Size())
	}
	f.FoldRail()
	sign, ok := f.rail.signs.Objects[0].(*page.Button)
	if !ok {
		t.Fatal("no sign is shown")
	}
	w.Canvas().Focus(sign)
	if !f.tip.All.Visible() || f.tip.Words() != long {
		t.Errorf("beside the sign it says %q", f.tip.Words())
	}
	if w.Canvas().Unfocus(); f.tip.All.Visible() {
		t.Error("what the sign says stays when the keyboard has left")
	}
	if sign.MouseIn(nil); !f.tip.All.Visible() {
		t.Error("at the pointer the sign says nothing")
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
	if !f.Floats() || f.body.Objects[len(f.body.Objects)-2] != fyne.CanvasObject(r.card) {
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
	h, aside := f.head, 0
	f.Tell(Bar{Voice: 1, Lenses: []room.Command{{Words: "Plain"}, {Words: "Hotel", On: true}}})
	title = room.Title{Name: "A very long name of what is shown here", Short: "Short", Badge: "New", Note: "for everybody who cooks"}
	f.Show(title, nil, nil)
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
	title := room.Title{Name: "Soup", Short: "Soup"}
	f, w := framed(t, Calls{Voice: func(i int) { voice = i }, Title: func() room.Title { return title }})
	h := f.header
	f.Show(title, pots("soup"), nil)
	w.Resize(fyne.NewSize(1000, 600))
	f.Tell(Bar{Lenses: []room.Command{{Words: "Plain", On: true, Do: func() { lens = "plain" }}, {Words: "Hotel", Do: func() { lens = "hotel" }}}})
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
	test.Tap(f.head.lens)
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
	f.Show(room.Title{}, pots("soup"), nil)
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
	f.Show(room.Title{}, pots(many...), nil)
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

func TestTheRailHidesAndFoldsWhereThereIsRoom(t *testing.T) {
	kept := RailOpen
	f, w := framed(t, Calls{Rail: func(r Rail) { kept = r }})
	went := ""
	f.Show(room.Title{}, []room.Section{{Title: "Pots", Rows: []room.Row{
		{Label: "Soup", Sign: "1", Do: func() { went = "soup" }}, {Label: "Salt", Indent: true, Here: true, Do: func() {}},
	}}}, nil)
	x := func() float32 { return f.content.Position().X }
	if x() != railWidth {
		t.Fatalf("the content begins at %v", x())
	}
	f.FoldRail()
	sign, ok := f.rail.signs.Objects[0].(*page.Button)
	if x() != foldedWidth || kept != RailFolded || !ok || sign.Label != "1" || sign.Help != "Soup" || !sign.Chosen {
		t.Fatalf("a folded rail takes %v, is kept as %q and shows %+v", x(), kept, sign)
	}
	test.Tap(sign)
	if went != "soup" {
		t.Error("a sign does not lead where its row does")
	}
	f.ToggleRail()
	if x() != 0 || kept != RailHidden || f.rail.card.Visible() || !f.header.rail.Visible() {
		t.Errorf("a rail that was hidden takes %v and is kept as %q; its button shows: %v", x(), kept, f.header.rail.Visible())
	}
	test.Tap(f.header.rail)
	w.Resize(fyne.NewSize(1399, 800))
	if x() != railWidth || kept != RailOpen {
		t.Errorf("called again it takes %v and is kept as %q", x(), kept)
	}
}

func TestTheStripOffersWhatCanBeChosen(t *testing.T) {
	chosen := ""
	chip := func(title, now string, differs bool) room.Chip {
		return room.Chip{Section: room.Section{Title: title, Rows: []room.Row{
			{Label: "plain", On: true, Do: func() {}},
			{Label: "other", Do: func() { chosen = title }},
			{Label: "never", Note: "not now", Off: true, Do: func() { chosen = "what cannot be" }},
		}}, Now: now, Differs: differs}
	}
	title := room.Title{Name: "Soup", Short: "Soup"}
	f, w := framed(t, Calls{Title: func() room.Title { return title }})
	f.Show(title, nil, []room.Chip{chip("Salt", "little", false), chip("Heat", "high", true)})
	h := f.head
	if h.chips[0].Label != "Salt: little" || h.chips[0].Tone != (page.Tone{}) || h.chips[1].Tone.Ground != look.CautionGround {
		t.Errorf("the chips are %q in %v and %q in %v", h.chips[0].Label, h.chips[0].Tone, h.chips[1].Label, h.chips[1].Tone)
	}
	w.Canvas().Focus(h.chips[0])
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if w.Canvas().Focused() != fyne.Focusable(h.chips[1]) {
		t.Error("Right does not lead to the next chip")
	}
	items := h.items(h.strip[1].Rows)
	if !items[0].Checked || items[1].Disabled || !items[2].Disabled || items[2].Label != "never  (not now)" {
		t.Errorf("what the chip offers is not marked as it is: %+v, %+v, %+v", *items[0], *items[1], *items[2])
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn} {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
	if chosen != "Heat" {
		t.Errorf("by keys %q was chosen", chosen)
	}
	w.Resize(fyne.NewSize(700, 420))
	if h.chips[0].Visible() || !h.more.Visible() || h.more.Tone.Ground != look.CautionGround || h.high() != titleHigh {
		t.Errorf("in a low window the chips still stand there: %v, the one for all: %v", h.chips[0].Visible(), h.more.Visible())
	}
}

func TestF6GoesFromRegionToRegion(t *testing.T) {
	title := room.Title{Name: "Soup", Short: "Soup"}
	f, w := framed(t, Calls{Title: func() room.Title { return title }, Home: func() {}})
	f.Tell(Bar{Search: room.Command{Do: func() {}}})
	f.Show(title, pots("soup"), nil)
	soup, salt := page.NewButton("soup", func() {}), page.NewButton("salt", func() {})
	f.Hold(container.NewGridWithColumns(2, soup, salt))
	parts := []room.Region{{Area: soup, First: soup}, {Area: salt, First: salt}, {Area: container.NewStack()}}
	want := []fyne.Focusable{soup, salt, f.header.logo, f.rail.entries[0].button, f.head.lens, soup}
	var at fyne.Focusable
	for i, w2 := range want {
		if at = f.Next(at, +1, parts); at != w2 {
			t.Fatalf("the %d. region begins with %T %q, want %T", i+1, at, f.LabelOf(at), w2)
		}
		w.Canvas().Focus(at)
	}
	for i := len(want) - 2; i >= 0; i-- {
		if at = f.Next(at, -1, parts); at != want[i] {
			t.Fatalf("back at the %d. region one comes to %T %q, want %T", i+1, at, f.LabelOf(at), want[i])
		}
	}
	if got := f.Next(nil, -1, parts); got != fyne.Focusable(f.head.lens) {
		t.Errorf("backwards from nowhere one comes to %T", got)
	}
}

// However narrow, nothing of the bar lies over anything else of it, and each place can be gone to.
// fullBar shows a frame whose bar has all that it can have.
func fullBar(t *testing.T) (*Frame, fyne.Window) {
	t.Helper()
	f, w := framed(t, Calls{})
	bar := Bar{Search: room.Command{Do: func() {}}}
	for _, words := range []string{"Lessons", "Walk", "Present", "Connect", "Look up"} {
		bar.Places = append(bar.Places, room.Command{Words: words, On: words == "Walk", Do: func() {}})
	}
	f.Show(room.Title{}, pots("soup"), nil)
	f.Tell(bar)
	return f, w
}

func TestTheFieldOfSearchSaysNothingByHalf(t *testing.T) {
	f, w := fullBar(t)
	for wide := float32(480); wide <= 1600; wide += 16 {
		w.Resize(fyne.NewSize(wide, 640))
		if field := f.header.search; field.Said() != field.Label {
			t.Errorf("at %v the field of search says %q, which is cut from %q", wide, field.Said(), field.Label)
		}
	}
	if field := f.header.search; !strings.Contains(field.Label, "Ctrl+K") {
		t.Errorf("where there is room, the field of search says %q and names no key", field.Label)
	}
}

func TestNothingOfTheBarLiesOverAnythingElseAtAnyWidth(t *testing.T) {
	f, w := fullBar(t)
	for wide := float32(480); wide <= 1600; wide += 16 {
		w.Resize(fyne.NewSize(wide, 640))
		end := float32(0)
		for _, stop := range f.header.stops() {
			o, ok := stop.(fyne.CanvasObject)
			if !ok {
				continue
			}
			if o.Position().X < end || o.Position().X+o.Size().Width > wide {
				t.Errorf("at %v something that is %v wide stands at %v, and what stands before it ends at %v", wide, o.Size().Width, o.Position().X, end)
			}
			end = o.Position().X + o.Size().Width
		}
		if folded := f.header.folded.Visible(); folded == f.header.places[0].Visible() || folded && f.header.folded.Label != "Walk" {
			t.Errorf("at %v the places are one button: %t, called %q", wide, folded, f.header.folded.Label)
		}
	}
}
