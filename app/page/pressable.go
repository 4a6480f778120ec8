package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

// Pressable is the base of a part that can be pressed, by mouse or by keyboard.
//
// What has nothing to do when it is pressed is disabled, which also keeps it
// out of the focus chain.
type Pressable struct {
	Base
	OnTapped func()
	OnKey    func(*fyne.KeyEvent) bool // a key that it has no use for; nil: the kit gets it
	OnFocus  func()                    // it has the keyboard now; a list that scrolls shows it
	Kit      *Kit                      // of the page that it stands on; nil where it stands by itself
	Focused  bool

	off  bool
	ring *canvas.Rectangle
}

var (
	_ fyne.Tappable      = (*Pressable)(nil)
	_ fyne.Focusable     = (*Pressable)(nil)
	_ fyne.Disableable   = (*Pressable)(nil)
	_ desktop.Cursorable = (*Pressable)(nil)
)

// Extend must be called before anything is drawn; self is the part that embeds the pressable.
func (p *Pressable) Extend(self Part, k *Kit, tapped func()) {
	p.Kit, p.OnTapped, p.ring = k, tapped, look.NewFocusRing()
	p.Base.Extend(self)
}

// IsOf reports whether it stands on the page of that kit.
func (p *Pressable) IsOf(k *Kit) bool { return p.Kit == k }

// DrawRing lays the focus ring over what is drawn so far.
func (p *Pressable) DrawRing(x, y, w, h float32) {
	p.ring.StrokeColor = theme.Color(look.Focus)
	Put(p.ring, x, y, w, h)
	Show(p.ring, p.Focused)
	p.Shown = append(p.Shown, p.ring)
}

// Tapped presses it.
func (p *Pressable) Tapped(*fyne.PointEvent) {
	if !p.Disabled() {
		p.OnTapped()
	}
}

// Disabled reports whether it cannot be pressed.
func (p *Pressable) Disabled() bool { return p.off || p.OnTapped == nil }

// Enable lets it be pressed again.
func (p *Pressable) Enable() { p.turn(false) }

// Disable keeps it from being pressed.
func (p *Pressable) Disable() { p.turn(true) }

func (p *Pressable) turn(off bool) {
	if p.off != off {
		p.off = off
		p.Refresh()
	}
}

// Cursor is a hand where there is something to press.
func (p *Pressable) Cursor() desktop.Cursor {
	if p.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// FocusGained shows the focus ring, and the part if it was scrolled away.
func (p *Pressable) FocusGained() {
	p.Focused = true
	if p.Kit != nil {
		p.Kit.Reveal(p.self)
	}
	p.Refresh()
	if p.OnFocus != nil {
		p.OnFocus()
	}
}

// FocusLost hides the ring.
func (p *Pressable) FocusLost() {
	p.Focused = false
	p.Refresh()
}

// TypedRune is part of [fyne.Focusable].
func (p *Pressable) TypedRune(rune) {}

// TypedKey presses it with Space, Enter and Return, and hands every other key on.
func (p *Pressable) TypedKey(e *fyne.KeyEvent) {
	if Presses(e.Name) {
		c := CanvasOf(p.self) // before it is pressed: it may be gone then
		p.Tapped(nil)
		if c != nil {
			Spend(c, e.Name)
		}
		return
	}
	p.pass(e)
}

// pass hands on a key that it has no use for.
func (p *Pressable) pass(e *fyne.KeyEvent) {
	switch {
	case p.OnKey != nil:
		p.OnKey(e)
	case p.Kit != nil:
		p.Kit.Key(e)
	}
}

// Presses reports whether a key presses what has the focus.
func Presses(k fyne.KeyName) bool {
	return k == fyne.KeyReturn || k == fyne.KeyEnter || k == fyne.KeySpace
}

// Pointable is a pressable that looks different under the mouse. A link is not
// one: the row that it stands in stays the thing that is pointed at.
type Pointable struct {
	Pressable
	Hovered bool
}

var _ desktop.Hoverable = (*Pointable)(nil)

// MouseIn lights it.
func (p *Pointable) MouseIn(*desktop.MouseEvent) { p.Hovered = true; p.Refresh() }

// MouseMoved is part of [desktop.Hoverable].
func (p *Pointable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends that.
func (p *Pointable) MouseOut() { p.Hovered = false; p.Refresh() }
