package room

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Dialog is a card over the window.
type Dialog struct {
	Title   string
	Content fyne.CanvasObject
	Size    fyne.Size                 // at most; a small window makes it smaller
	First   fyne.Focusable            // has the keyboard at first; nil: nothing has
	Key     func(*fyne.KeyEvent) bool // gets every key first; true: it was dealt with
	Closed  func()                    // told when it is no longer open, for whatever reason
}

// Dialogs opens dialogs over a window, one at a time: a second one takes the
// place of the first. Fyne's own lie one over the other and know no keys; here
// Escape and Enter close what is open, and while it is, no other key acts.
type Dialogs struct {
	say     *catalog.Catalog
	canvas  fyne.Canvas
	changed func()
	open    *opened
}

// opened is a dialog that is open.
type opened struct {
	area   fyne.CanvasObject
	hide   func()
	key    func(*fyne.KeyEvent) bool
	closed func()
}

// NewDialogs opens dialogs over a canvas and tells after each change.
func NewDialogs(c fyne.Canvas, say *catalog.Catalog, changed func()) *Dialogs {
	return &Dialogs{canvas: c, say: say, changed: changed}
}

// IsOpen reports whether one is.
func (d *Dialogs) IsOpen() bool { return d.open != nil }

// Area is what the dialog that is open is made of; nil where none is.
func (d *Dialogs) Area() fyne.CanvasObject {
	if d.open == nil {
		return nil
	}
	return d.open.area
}

// Show opens a dialog.
func (d *Dialogs) Show(dialog Dialog) {
	head := page.NewLine(dialog.Title, look.Heading, look.Ink)
	head.Bold, head.Least = true, 60
	shut := page.NewIconButton("close", d.say.Text("frame.close"), d.Dismiss)
	shut.OnKey = d.Typed
	top := container.New(layout.NewCustomPaddedLayout(0, 12, 0, 0), container.NewBorder(nil, nil, nil, shut, head))
	card := page.NewCard(container.NewBorder(top, nil, nil, nil, dialog.Content), look.Gutter)
	pop := widget.NewModalPopUp(card, d.canvas)
	d.Hold(pop.Hide)
	d.open.key, d.open.closed, d.open.area = dialog.Key, dialog.Closed, pop
	if scroll, ok := dialog.Content.(*look.Scroll); ok && dialog.Key == nil {
		d.open.key = func(k *fyne.KeyEvent) bool { return turn(scroll, k) }
	}
	size := d.canvas.Size()
	pop.Resize(fyne.NewSize(min(dialog.Size.Width, size.Width-32), min(dialog.Size.Height, size.Height-32)))
	pop.Show()
	if dialog.First != nil {
		d.canvas.Focus(dialog.First)
	}
	d.changed()
}

// Hold keeps a dialog that somebody else draws, such as the one that asks for a
// file; ended is to be called when it closed by itself.
func (d *Dialogs) Hold(hide func()) (ended func()) {
	d.Dismiss()
	mine := &opened{hide: hide}
	d.open = mine
	return func() {
		if d.open == mine {
			d.end()
		}
	}
}

// Dismiss closes what is open.
func (d *Dialogs) Dismiss() {
	if d.open != nil {
		hide := d.open.hide
		d.end()
		hide()
	}
}

func (d *Dialogs) end() {
	closed := d.open.closed
	d.open = nil
	if closed != nil {
		closed()
	}
	d.changed()
}

// Typed deals with a key while a dialog is open: its own keys first, then Escape
// and Enter close it. It reports whether one is open, because then no key is
// for anybody else.
func (d *Dialogs) Typed(k *fyne.KeyEvent) bool {
	if d.open == nil {
		return false
	}
	if d.open.key != nil && d.open.key(k) {
		return true
	}
	switch k.Name {
	case fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter:
		d.Dismiss()
	}
	return true
}

// turn scrolls by a key; it reports whether the key is one of those.
func turn(s *look.Scroll, k *fyne.KeyEvent) bool {
	const line = 40
	page, y := s.Size().Height*0.9, s.Offset.Y
	switch k.Name {
	case fyne.KeyDown:
		y += line
	case fyne.KeyUp:
		y -= line
	case fyne.KeyPageDown, fyne.KeySpace:
		y += page
	case fyne.KeyPageUp:
		y -= page
	case fyne.KeyHome:
		y = 0
	case fyne.KeyEnd:
		y = s.Content.Size().Height
	default:
		return false
	}
	most := max(0, s.Content.Size().Height-s.Size().Height)
	s.ScrollToOffset(fyne.NewPos(0, max(0, min(y, most))))
	return true
}
