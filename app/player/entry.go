package player

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/controls"
	"github.com/grantwalk/grantwalk/app/look"
)

// escEntry is a field that Escape leaves.
type escEntry struct {
	widget.Entry
	left func()
}

func (t *tamper) entry(text string) *escEntry {
	e := &escEntry{left: t.screen.release}
	e.ExtendBaseWidget(e)
	e.Wrapping = fyne.TextWrapOff
	e.Scroll = container.ScrollHorizontalOnly
	e.OnSubmitted = func(string) { t.send() }
	e.SetText(text)
	return e
}

// TypedKey leaves the field with Escape.
func (e *escEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		e.left()
		return
	}
	e.Entry.TypedKey(k)
}

// MinSize lets the field be narrow.
func (e *escEntry) MinSize() fyne.Size { return fyne.NewSize(60, e.Entry.MinSize().Height) }

func labelled(label string, field fyne.CanvasObject) fyne.CanvasObject {
	words := controls.NewText(label, look.Small, look.InkSoft)
	words.Least = 40
	return container.NewVBox(words, field)
}

// pairLayout gives a name two parts of the room, its value three, and the button what it needs.
type pairLayout struct{}

// MinSize is that of the three beside each other.
func (*pairLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+o[1].MinSize().Width+o[2].MinSize().Width+16, o[0].MinSize().Height)
}

// Layout places them.
func (*pairLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	button := o[2].MinSize()
	room := size.Width - button.Width - 2*6
	name := room * 0.4
	o[0].Resize(fyne.NewSize(name, size.Height))
	o[0].Move(fyne.NewPos(0, 0))
	o[1].Resize(fyne.NewSize(room-name, size.Height))
	o[1].Move(fyne.NewPos(name+6, 0))
	o[2].Resize(button)
	o[2].Move(fyne.NewPos(size.Width-button.Width, (size.Height-button.Height)/2))
}
