package diagram

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

func told(t *testing.T, current int) *Diagram {
	t.Helper()
	d := shown(t, look.Light, fyne.NewSize(760, 740))
	d.SetLanes(protocolLanes())
	d.SetArrows(story(current, false))
	d.SetCurrent(current)
	return d
}

func TestATapSelectsTheArrowUnderIt(t *testing.T) {
	d := told(t, 4)
	var got []int
	d.OnSelected = func(i int) { got = append(got, i) }
	for _, i := range []int{3, 7} {
		test.TapAt(d.rows, fyne.NewPos(300, d.place.tops[i]+lowRow/2))
	}
	test.TapAt(d.rows, fyne.NewPos(300, 5)) // the first heading
	if len(got) != 2 || got[0] != 3 || got[1] != 7 {
		t.Errorf("got %v, want [3 7]", got)
	}
}

func TestATapGivesTheDiagramTheKeyboard(t *testing.T) {
	d := told(t, 4)
	test.TapAt(d.rows, fyne.NewPos(300, 5))
	if !d.focused {
		t.Error("the diagram has no focus")
	}
}

func TestKeysGoToTheOwnerFirst(t *testing.T) {
	d := told(t, 4)
	var keys []fyne.KeyName
	d.OnKey = func(key *fyne.KeyEvent) bool {
		keys = append(keys, key.Name)
		return key.Name == fyne.KeyDown
	}
	for _, name := range []fyne.KeyName{fyne.KeyRight, fyne.KeySpace, fyne.KeyDown} {
		d.TypedKey(&fyne.KeyEvent{Name: name})
	}
	if len(keys) != 3 {
		t.Errorf("got %v, want three keys", keys)
	}
	if d.marked != -1 {
		t.Error("Down marked an arrow although the owner dealt with it")
	}
}

func TestEnterChoosesTheMarkedArrowOrTheCurrentOne(t *testing.T) {
	d := told(t, 4)
	got := -1
	d.OnSelected = func(i int) { got = i }
	enter := &fyne.KeyEvent{Name: fyne.KeyReturn}
	d.TypedKey(enter)
	if got != 4 {
		t.Errorf("got %d, want the current arrow", got)
	}
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	d.TypedKey(enter)
	if got != 5 {
		t.Errorf("got %d, want 5", got)
	}
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	d.TypedKey(enter)
	if got != 4 {
		t.Errorf("after Escape: got %d, want 4", got)
	}
}

func TestTheCurrentArrowIsScrolledIntoView(t *testing.T) {
	d := told(t, 0)
	for _, i := range []int{22, 0, 14, 15, 3} {
		d.SetCurrent(i)
		top, offset := d.place.tops[i], d.scroll.Offset.Y
		if top < offset || d.place.bottoms[i] > offset+d.scroll.Size().Height {
			t.Errorf("arrow %d at %.0f is outside %.0f + %.0f", i, top, offset, d.scroll.Size().Height)
		}
		if i < d.rows.first || i >= d.rows.end {
			t.Errorf("arrow %d was not drawn", i)
		}
	}
}

func TestTheCurrentArrowStaysInViewWhenTheSizeChanges(t *testing.T) {
	d := told(t, 14)
	d.Resize(fyne.NewSize(500, 330))
	top, offset := d.place.tops[14], d.scroll.Offset.Y
	if top < offset || d.place.bottoms[14] > offset+d.scroll.Size().Height {
		t.Errorf("arrow 14 at %.0f is outside %.0f + %.0f", top, offset, d.scroll.Size().Height)
	}
}

func TestFutureArrowsAreDashedAndPastOnesSolid(t *testing.T) {
	d := told(t, 3)
	if n := horizontals(d, 1, look.Arrow); n != 1 {
		t.Errorf("past arrow: got %d pieces, want 1", n)
	}
	if n := horizontals(d, 8, look.ArrowSoft); n < 10 {
		t.Errorf("future arrow: got %d pieces, want dashes", n)
	}
}

func TestTheBackChannelIsADoubleLine(t *testing.T) {
	d := told(t, 20)
	if n := horizontals(d, 17, look.Arrow); n != 2 {
		t.Errorf("got %d lines, want 2", n)
	}
}

func TestOnlyVisibleArrowsHaveObjects(t *testing.T) {
	d := told(t, 0)
	d.SetArrows(many(10_000))
	test.Scroll(d.scrollCanvas(), fyne.NewPos(300, 400), 0, -100_000)
	if d.rows.first < 1000 {
		t.Fatalf("first row %d: the wheel did not scroll", d.rows.first)
	}
	objects := test.WidgetRenderer(d.rows).Objects()
	if n := d.rows.end - d.rows.first; n > 16 || len(objects) > 1000 {
		t.Errorf("got %d rows and %d objects", n, len(objects))
	}
}

func TestHoveringSaysTheWholeLabelAndWhatTravels(t *testing.T) {
	d := told(t, 14)
	index, words := -2, ""
	d.OnHover = func(i int, text string) { index, words = i, text }
	at := func(y float32) *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(300, y)}}
	}
	d.rows.MouseIn(at(d.place.tops[14] + 5))
	if index != 14 || words != "15. POST /token code + code_verifier · code · verifier" {
		t.Errorf("got %d, %q", index, words)
	}
	if d.rows.Cursor() != desktop.PointerCursor {
		t.Error("the pointer does not show that the arrow can be tapped")
	}
	d.rows.MouseOut()
	if index != -1 || words != "" || d.rows.Cursor() != desktop.DefaultCursor {
		t.Errorf("after leaving: got %d, %q", index, words)
	}
}

func TestAThemeChangeReachesEveryColour(t *testing.T) {
	d := told(t, 14)
	fyne.CurrentApp().Settings().SetTheme(look.NewTheme(look.Dark))
	d.Refresh()
	want := theme.Color(look.Band)
	if !hasRectangle(d, want) {
		t.Error("the band kept the colour of the theme before")
	}
}

func TestOtherWordsMoveNothing(t *testing.T) {
	d := told(t, 14)
	offset, lanes, top := d.scroll.Offset, d.place.centres[3], d.place.tops[14]
	d.SetLanes(hotelLanes())
	d.SetArrows(story(14, true))
	d.SetCurrent(14)
	if d.scroll.Offset != offset || d.place.centres[3] != lanes || d.place.tops[14] != top {
		t.Errorf("got offset %v, lane %.0f, row %.0f; want %v, %.0f, %.0f",
			d.scroll.Offset, d.place.centres[3], d.place.tops[14], offset, lanes, top)
	}
}

func TestAnArrowTooLongForTheDiagramIsShortenedAndSaidInFull(t *testing.T) {
	d := told(t, 4)
	d.Resize(fyne.NewSize(420, 740))
	long := d.arrows[4].Label
	for _, object := range test.WidgetRenderer(d.rows).Objects() {
		if text, ok := object.(*canvas.Text); ok && text.Position().X+text.Size().Width > d.place.right+1 {
			t.Errorf("%q ends at %.0f of %.0f", text.Text, text.Position().X+text.Size().Width, d.place.right)
		}
	}
	said := ""
	d.OnHover = func(_ int, text string) { said = text }
	d.hover(4)
	if said != "5. "+long {
		t.Errorf("got %q, want the label in full", said)
	}
}

func TestWhatTravelsRestsAtOnceWithoutMotion(t *testing.T) {
	d := told(t, 13)
	d.ReduceMotion = true
	d.SetCurrent(14)
	if d.journey.done != 1 || d.journey.animation != nil {
		t.Errorf("got %+v, want everything at rest", d.journey)
	}
}

func TestOneStepForwardSetsItInMotionAndHidingEndsThat(t *testing.T) {
	d := told(t, 13)
	d.SetCurrent(14)
	if d.journey.animation == nil {
		t.Fatal("nothing moves")
	}
	d.Hide()
	if d.journey.animation != nil || d.journey.done != 1 {
		t.Errorf("got %+v after hiding, want everything at rest", d.journey)
	}
}

func TestAJumpMovesNothing(t *testing.T) {
	d := told(t, 5)
	d.SetCurrent(14)
	d.SetCurrent(13)
	if d.journey.animation != nil {
		t.Error("a jump set something in motion")
	}
}

func TestOddInputDoesNotPanic(t *testing.T) {
	d := shown(t, look.Light, fyne.NewSize(420, 200))
	d.SetCurrent(7)
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.SetArrows([]Arrow{{From: "nobody", To: "nowhere", Label: "lost", Chips: []Chip{{Artefact: "unknown", Label: "?"}}}})
	d.SetCurrent(0)
	d.SetLanes([]Lane{{ID: "nobody", Name: ""}})
	d.SetLanes(nil)
	d.SetArrows(nil)
	d.Resize(fyne.NewSize(1, 1))
	d.Refresh()
	if d.current != -1 {
		t.Errorf("current is %d with no arrows", d.current)
	}
}

// horizontals counts the flat rectangles of one colour in row i: the pieces of its line.
func horizontals(d *Diagram, i int, ink fyne.ThemeColorName) int {
	n, want := 0, theme.Color(ink)
	for _, object := range test.WidgetRenderer(d.rows).Objects() {
		r, ok := object.(*canvas.Rectangle)
		if ok && r.FillColor == want && r.Size().Height <= 3 && d.place.rowAt(r.Position().Y) == i {
			n++
		}
	}
	return n
}

func hasRectangle(d *Diagram, fill color.Color) bool {
	for _, object := range test.WidgetRenderer(d.rows).Objects() {
		if r, ok := object.(*canvas.Rectangle); ok && r.FillColor == fill {
			return true
		}
	}
	return false
}

func (d *Diagram) scrollCanvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(d) }
