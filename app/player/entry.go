package player

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// escEntry is a field that Escape leaves.
type escEntry struct {
	widget.Entry
	left, sent func()
	tall       bool // shows a long value whole, in a few rows
}

// grow lets a value that is too long for one row have up to three. Enter sends it all the same.
func (e *escEntry) grow() {
	const columns = 26
	if rows := min(3, 1+(len(e.Text)-1)/columns); rows > 1 && len(e.Text) < longest {
		e.tall, e.MultiLine, e.Wrapping = true, true, fyne.TextWrapBreak
		e.SetMinRowsVisible(rows)
	}
}

// longest is the length up to which wrapping a value without spaces is quick.
const longest = 1500

func (t *tamper) entry(text string) *escEntry {
	e := &escEntry{left: t.screen.release}
	e.ExtendBaseWidget(e)
	e.Wrapping = fyne.TextWrapOff
	e.OnSubmitted, e.sent = func(string) { t.send() }, t.send
	e.SetText(text)
	return e
}

// TypedKey leaves the field with Escape.
func (e *escEntry) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyEscape:
		e.left()
		return
	case e.tall && (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter):
		e.sent()
		return
	}
	e.Entry.TypedKey(k)
}

// AcceptsTab is false: Tab goes to the next control, in a field of several rows too.
func (e *escEntry) AcceptsTab() bool { return false }

// MinSize lets the field be narrow.
func (e *escEntry) MinSize() fyne.Size { return fyne.NewSize(60, e.Entry.MinSize().Height) }

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
