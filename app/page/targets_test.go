package page

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
)

func labelsOf(targets []Target) (labels []string) {
	for _, t := range targets {
		labels = append(labels, t.Label)
	}
	return labels
}

func TestAChoiceIsATargetByItsLetterAsLongAsItCanBeChosen(t *testing.T) {
	looktest.App(t)
	kit := NewKit()
	c := NewChoice(kit).Set("B", []Paragraph{Plain("It is so.", Face{}, look.Ink)}, ChoiceOpen, func() {})
	w := test.NewTempWindow(t, c)
	w.Resize(fyne.NewSize(300, 200))
	seen := func() []string { return labelsOf(Targets(c, fyne.Position{}, w.Canvas().Size(), nil)) }
	if got := seen(); !slices.Equal(got, []string{"B: It is so."}) {
		t.Errorf("it is seen as %q", got)
	}
	c.Set("B", nil, ChoicePassed, nil)
	if got := seen(); len(got) > 0 {
		t.Errorf("what cannot be chosen any more is seen as %q", got)
	}
}

// taller is a window of 200 units on a column that is taller, and says what its targets are.
func taller(t *testing.T) (scroll *Scroll, seen func() []Target) {
	t.Helper()
	looktest.App(t)
	press := func() {}
	first, off, field := NewButton("first", press), NewButton("off", nil), NewField(nil)
	field.SetText("secret")
	field.Called = "What nobody should know"
	column := NewColumn().Add(0, first).Add(0, off).Add(0, NewHolder(field, nil))
	for range 20 {
		column.Add(0, NewButton("below", press))
	}
	column.Add(0, NewButton("last", press)).Add(0, NewHolder(NewField(nil), nil)) // which nobody could look for
	scroll = NewScroll(column)
	sign := NewIconButton("search", "Search", press)
	body := container.NewBorder(sign, nil, nil, nil, scroll)
	w := test.NewTempWindow(t, body)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(300, 200))
	w.Canvas().Focus(first)
	return scroll, func() []Target { return Targets(body, fyne.Position{}, w.Canvas().Size(), w.Canvas().Focused()) }
}

func TestTargetsAreWhatCanBePressedAndSeen(t *testing.T) {
	_, seen := taller(t)
	away := func(t Target) bool { return t.Away != 0 }
	all := seen()
	found := slices.DeleteFunc(slices.Clone(all), away)
	labels := labelsOf(found)
	if len(all) != 24 || len(found) < 4 || len(found) > 10 || !slices.Contains(labels, "Search") || !slices.Contains(labels, "first") {
		t.Fatalf("in 200 units of height there are %v of %d", labels, len(all))
	}
	if slices.Contains(labels, "off") || slices.Contains(labels, "secret") || !slices.Contains(labels, "What nobody should know") {
		t.Errorf("what cannot be pressed, or what was typed, is among %v", labels)
	}
	for _, one := range found {
		if one.At.Y < 0 || one.At.Y+one.Size.Height > 200 {
			t.Errorf("%q is said to be seen at %v, which is %v tall", one.Label, one.At, one.Size)
		}
		if one.Focused != (one.Label == "first") {
			t.Errorf("the keyboard is said to be at %q: %t", one.Label, one.Focused)
		}
	}
}

func TestATargetSaysHowFarItHasScrolledAway(t *testing.T) {
	scroll, seen := taller(t)
	named := func(label string) Target {
		again := seen()
		return again[slices.Index(labelsOf(again), label)]
	}
	far := named("last").Away
	scroll.to(far - 1)
	if one := named("last"); one.Away != 1 {
		t.Errorf("one unit before it is seen, the last is said to be away by %v", one.Away)
	}
	scroll.to(far)
	if one := named("last"); one.Away != 0 || one.Size.Height != least || one.At.Y+least != 200 {
		t.Errorf("at the edge the last is said to be %+v", one)
	}
	if one := named("first"); one.Away >= 0 || one.At.Y+one.Size.Height/2 < 50 {
		t.Errorf("what was scrolled away above is said to be %+v", one)
	}
}

func TestTheRowsOfALongListAreTargets(t *testing.T) {
	looktest.App(t)
	list := NewLongList(30, func() *Line { return NewLine("", look.Body, look.Ink) }, func(i int, l *Line) { l.SetText(fmt.Sprint("row ", i)) })
	w := test.NewTempWindow(t, list)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(300, 100))
	list.Set(50)
	list.Mark(13)
	found := Targets(list, fyne.Position{}, w.Canvas().Size(), nil)
	if labels := labelsOf(found); !slices.Equal(slices.Sorted(slices.Values(labels)), []string{"", "row 10", "row 11", "row 12", "row 13"}) {
		t.Fatalf("of the rows there are %q", labels)
	}
	opened := -1
	list.OnOpen = func(i int) { opened = i }
	one := found[slices.Index(labelsOf(found), "row 12")]
	test.TapCanvas(w.Canvas(), one.At.Add(fyne.NewPos(one.Size.Width/2, one.Size.Height/2)))
	if opened != 12 {
		t.Errorf("a press where row 12 is said to be opens %d", opened)
	}
}

func TestTargetsOfADialogAreInsideIt(t *testing.T) {
	looktest.App(t)
	w := test.NewTempWindow(t, widget.NewLabel(""))
	w.Resize(fyne.NewSize(400, 300))
	pop := widget.NewModalPopUp(container.NewHSplit(widget.NewButton("Open", func() {}), widget.NewLabel("")), w.Canvas())
	pop.Show()
	pop.Resize(fyne.NewSize(200, 100))
	found := Targets(pop, fyne.CurrentApp().Driver().AbsolutePositionForObject(pop), w.Canvas().Size(), nil)
	if len(found) != 1 || found[0].Label != "Open" || found[0].At.X < 100 || found[0].At.Y < 100 {
		t.Errorf("in the dialog there are %+v", found)
	}
}
