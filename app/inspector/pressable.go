package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"github.com/grantwalk/grantwalk/app/look"
)

// pressable is the base of a part that can be pressed, by mouse or by keyboard.
//
// Whether it can be is not kept apart from what pressing does: without press it
// is disabled, which also keeps it out of the focus chain.
type pressable struct {
	part
	kit     *kit
	press   func()
	ring    *canvas.Rectangle
	focused bool
}

var (
	_ fyne.Tappable      = (*pressable)(nil)
	_ fyne.Focusable     = (*pressable)(nil)
	_ fyne.Disableable   = (*pressable)(nil)
	_ desktop.Cursorable = (*pressable)(nil)
)

func (p *pressable) extend(self block, k *kit, press func()) {
	p.kit, p.press, p.ring = k, press, look.NewFocusRing()
	p.part.extend(self)
}

// kitOf tells whose part it is.
func (p *pressable) kitOf() *kit { return p.kit }

// drawRing lays the focus ring over what is drawn so far.
func (p *pressable) drawRing(x, y, w, h float32) {
	p.ring.StrokeColor = theme.Color(look.Focus)
	at(p.ring, x, y, w, h)
	show(p.ring, p.focused)
	p.all = append(p.all, p.ring)
}

func (p *pressable) Tapped(*fyne.PointEvent) {
	if p.press != nil {
		p.press()
	}
}

func (p *pressable) Disabled() bool { return p.press == nil }

// Enable does nothing: who sets press decides.
func (p *pressable) Enable() {}

// Disable does nothing: who sets press decides.
func (p *pressable) Disable() {}

func (p *pressable) Cursor() desktop.Cursor {
	if p.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func (p *pressable) FocusGained() {
	p.focused = true
	p.kit.reveal(p.self)
	p.Refresh()
}

func (p *pressable) FocusLost() {
	p.focused = false
	p.Refresh()
}

func (p *pressable) TypedRune(rune) {}

func (p *pressable) TypedKey(e *fyne.KeyEvent) {
	if isActivate(e.Name) {
		p.Tapped(nil)
		return
	}
	p.kit.key(e)
}

func isActivate(k fyne.KeyName) bool {
	return k == fyne.KeyReturn || k == fyne.KeyEnter || k == fyne.KeySpace
}

// pointable is a pressable that looks different under the mouse. A link is not
// one: the row that it stands in stays the thing that is pointed at.
type pointable struct {
	pressable
	hovered bool
}

var _ desktop.Hoverable = (*pointable)(nil)

func (p *pointable) MouseIn(*desktop.MouseEvent)    { p.hovered = true; p.Refresh() }
func (p *pointable) MouseMoved(*desktop.MouseEvent) {}
func (p *pointable) MouseOut()                      { p.hovered = false; p.Refresh() }
