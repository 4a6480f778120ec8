package page

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

func labelsOf(targets []Target) (labels []string) {
	for _, t := range targets {
		labels = append(labels, t.Label)
	}
	return labels
}

func TestTargetsAreWhatCanBePressedAndSeen(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
	press := func() {}
	first, off, field := NewButton("first", press), NewButton("off", nil), NewField(nil)
	field.SetText("secret")
	column := NewColumn().Add(0, first).Add(0, off).Add(0, NewHolder(field, nil))
	for range 20 {
		column.Add(0, NewButton("below", press))
	}
	scroll := NewScroll(column)
	sign := NewIconButton("search", "Search", press)
	body := container.NewBorder(sign, nil, nil, nil, scroll)
	w := test.NewTempWindow(t, body)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(300, 200))
	w.Canvas().Focus(first)
	seen := func() []Target { return Targets(body, fyne.Position{}, w.Canvas().Size(), w.Canvas().Focused()) }
	found := seen()
	labels := labelsOf(found)
	if len(found) < 4 || len(found) > 10 || !slices.Contains(labels, "Search") || !slices.Contains(labels, "first") {
		t.Fatalf("in 200 units of height there are %v", labels)
	}
	if slices.Contains(labels, "off") || slices.Contains(labels, "secret") {
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
	scroll.to(1000)
	if slices.Contains(labelsOf(seen()), "first") {
		t.Error("what was scrolled away is said to be seen")
	}
}

func TestTargetsOfADialogAreInsideIt(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
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
