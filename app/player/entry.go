package player

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// grow lets a value that is too long for one row have up to three. Enter sends it all the same.
func (t *tamper) grow(f *page.Field) {
	const columns = 26
	if rows := min(3, 1+(len(f.Text)-1)/columns); rows > 1 && len(f.Text) < longest {
		f.MultiLine, f.Wrapping, f.OnEnter = true, fyne.TextWrapBreak, func() { t.sends.Tapped(nil) }
		f.SetMinRowsVisible(rows)
	}
}

// longest is the length up to which wrapping a value without spaces is quick.
const longest = 1500

func (t *tamper) entry(text string) *page.Field {
	f := page.NewField(t.screen.release)
	f.OnSubmitted = func(string) { t.sends.Tapped(nil) }
	f.SetText(text)
	f.OnChanged = func(string) { t.changed() }
	return f
}

func labelled(label string, field fyne.CanvasObject) fyne.CanvasObject {
	words := page.NewLine(label, look.Small, look.InkSoft)
	words.Least = 40
	return container.NewVBox(words, field)
}

// pairLayout gives a name two parts of the room, its value three, and the button what it needs.
type pairLayout struct{}

// MinSize is that of the three beside each other.
func (*pairLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+o[1].MinSize().Width+o[2].MinSize().Width+16, max(36, o[1].MinSize().Height))
}

// Layout places them.
func (*pairLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	button := o[2].MinSize()
	room := size.Width - button.Width - 2*6
	name := room * 0.4
	o[0].Resize(fyne.NewSize(name, o[0].MinSize().Height))
	o[0].Move(fyne.NewPos(0, max(0, (36-o[0].MinSize().Height)/2)))
	o[1].Resize(fyne.NewSize(room-name, size.Height))
	o[1].Move(fyne.NewPos(name+6, 0))
	o[2].Resize(button)
	o[2].Move(fyne.NewPos(size.Width-button.Width, 0))
}
