package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/page"
)

// own puts controls of ours in the place of the toolkit's name and buttons, in
// the dialog that lies on top: those keep every key for themselves, so that
// neither Escape nor F1 reaches the window, and Enter presses none of them. What
// is typed and pressed still is the toolkit's to deal with.
func (f fileDialogs) own() *page.Field {
	over, ok := f.w.win.Canvas().Overlays().Top().(fyne.Widget)
	if !ok {
		return nil
	}
	var field *page.Field
	visit := func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *container.Scroll:
			if entry, ok := o.Content.(*widget.Entry); ok {
				field = f.nameOf(entry)
				o.Content = field
				o.Refresh()
			}
		case *fyne.Container:
			f.buttons(o)
		}
	}
	for _, o := range over.CreateRenderer().Objects() { // the one way to see what the toolkit lays over a window
		inside(o, visit)
		o.Move(fyne.Position{})
	}
	over.CreateRenderer() // what stands at no place is put into the middle from now on
	if field != nil {
		f.w.win.Canvas().Focus(field)
	}
	return field
}

// nameOf is a field that says what an entry says, and the other way round.
func (f fileDialogs) nameOf(entry *widget.Entry) *page.Field {
	field := page.NewField(f.w.dialogs.Dismiss)
	field.Text, field.PlaceHolder, field.OnSubmitted = entry.Text, entry.PlaceHolder, entry.OnSubmitted
	field.OnChanged = entry.SetText
	told := entry.OnChanged
	entry.OnChanged = func(text string) {
		told(text)
		if field.Text != text {
			field.SetText(text)
		}
	}
	return field
}

// buttons are those of a row that has nothing but Cancel and one that is pressed when all is said.
func (f fileDialogs) buttons(row *fyne.Container) {
	if len(row.Objects) != 2 {
		return
	}
	for i, o := range row.Objects {
		theirs, ok := o.(*widget.Button)
		if !ok {
			return
		}
		if theirs.Importance == widget.HighImportance {
			continue // which the field presses with Enter, and which comes and goes
		}
		ours := page.NewButton(theirs.Text, theirs.OnTapped)
		ours.OnKey = f.w.Typed
		row.Objects[i] = ours
	}
	row.Refresh()
}

// inside visits an object of a dialog and all that it holds.
func inside(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	visit(o)
	switch o := o.(type) {
	case *widget.PopUp:
		inside(o.Content, visit)
	case *fyne.Container:
		for _, child := range o.Objects {
			inside(child, visit)
		}
	case *container.Split:
		inside(o.Leading, visit)
		inside(o.Trailing, visit)
	}
}
