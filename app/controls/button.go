// Package controls holds the small widgets that every screen shares: buttons,
// a switch between a few options, cards and badges.
//
// They differ from Fyne's own in look, and in that a focused one offers every
// key that it has no use for to OnKey, so that the arrow keys walk the flow
// wherever the focus is. The package knows no flow and no words.
package controls

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

// Button is something to press, with an icon, a label or both.
type Button struct {
	widget.BaseWidget

	Label    string
	Icon     string             // name of an icon of package look, or ""
	IconLast bool               // the icon stands behind the label
	Primary  bool               // the one next action of a screen
	Quiet    bool               // no border: for rows of a rail or a list
	Chosen   bool               // drawn as the one that is on
	Leading  bool               // text at the left instead of in the middle
	Least    float32            // width below which the label is cut short; 0: never cut
	Wide     fyne.CanvasObject  // stands at the right end, such as a badge; or nil
	Hint     func(words string) // told what the button does while the pointer is over it; "" when it left
	Help     string             // the words for Hint

	OnTapped func()
	OnKey    func(*fyne.KeyEvent) bool
	OnFocus  func() // it has the keyboard now; a list that scrolls shows it

	hovered, focused, disabled bool
}

var (
	_ fyne.Focusable     = (*Button)(nil)
	_ fyne.Tappable      = (*Button)(nil)
	_ fyne.Disableable   = (*Button)(nil)
	_ desktop.Hoverable  = (*Button)(nil)
	_ desktop.Cursorable = (*Button)(nil)
)

// NewButton returns a button with a label.
func NewButton(label string, tapped func()) *Button {
	b := &Button{Label: label, OnTapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// NewIconButton returns a button that shows an icon; help says what it does.
func NewIconButton(icon, help string, tapped func()) *Button {
	b := &Button{Icon: icon, Help: help, OnTapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes label and icon.
func (b *Button) Set(label, icon string) {
	if b.Label == label && b.Icon == icon {
		return
	}
	b.Label, b.Icon = label, icon
	b.Refresh()
}

// SetChosen marks the button as the one that is on.
func (b *Button) SetChosen(on bool) {
	if b.Chosen != on {
		b.Chosen = on
		b.Refresh()
	}
}

// Tapped presses the button.
func (b *Button) Tapped(*fyne.PointEvent) { b.press() }

func (b *Button) press() {
	if !b.disabled && b.OnTapped != nil {
		b.OnTapped()
	}
}

// TypedKey presses the button with Space, Enter and Return, and offers the rest to OnKey.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.press()
	default:
		if b.OnKey != nil {
			b.OnKey(k)
		}
	}
}

// TypedRune is part of [fyne.Focusable].
func (b *Button) TypedRune(rune) {}

// FocusGained shows the focus ring.
func (b *Button) FocusGained() {
	b.focused = true
	b.hint(b.Help)
	b.Refresh()
	if b.OnFocus != nil {
		b.OnFocus()
	}
}

// FocusLost hides the focus ring.
func (b *Button) FocusLost() { b.focused = false; b.hint(""); b.Refresh() }

// Enable lets the button be pressed.
func (b *Button) Enable() { b.able(false) }

// Disable keeps the button from being pressed.
func (b *Button) Disable() { b.able(true) }

// Disabled reports whether the button can't be pressed.
func (b *Button) Disabled() bool { return b.disabled }

func (b *Button) able(disabled bool) {
	if b.disabled != disabled {
		b.disabled = disabled
		b.Refresh()
	}
}

// MouseIn lights the button.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.hint(b.Help); b.Refresh() }

// MouseMoved is part of [desktop.Hoverable].
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends that.
func (b *Button) MouseOut() { b.hovered = false; b.hint(""); b.Refresh() }

// Cursor is a hand.
func (b *Button) Cursor() desktop.Cursor {
	if b.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func (b *Button) hint(words string) {
	if b.Hint != nil {
		b.Hint(words)
	}
}

// CreateRenderer is called by Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		b: b, ground: canvas.NewRectangle(color.Transparent), text: canvas.NewText("", color.Black),
		icon: canvas.NewImageFromResource(nil), ring: look.NewFocusRing(),
	}
	r.icon.FillMode = canvas.ImageFillContain
	r.Refresh()
	return r
}

type buttonRenderer struct {
	b      *Button
	ground *canvas.Rectangle
	text   *canvas.Text
	icon   *canvas.Image
	ring   *canvas.Rectangle
	shown  string // icon name and ink that the image holds
}

const (
	buttonPad  float32 = 14
	buttonHigh float32 = 36
	iconSize   float32 = 16
)

func (r *buttonRenderer) Destroy() {}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.ground, r.icon, r.text, r.ring}
	if r.b.Wide != nil {
		objects = append(objects, r.b.Wide)
	}
	return objects
}

func (r *buttonRenderer) MinSize() fyne.Size {
	pad := buttonPad
	if r.b.Label == "" {
		pad = (buttonHigh - iconSize) / 2
	}
	width := 2*pad + r.contentWidth()
	if r.b.Wide != nil {
		width += r.b.Wide.MinSize().Width + look.Gap
	}
	if r.b.Least > 0 {
		width = min(width, r.b.Least)
	}
	return fyne.NewSize(width, max(buttonHigh, r.text.MinSize().Height+12))
}

func (r *buttonRenderer) contentWidth() float32 {
	width := float32(0)
	if r.b.Label != "" {
		width += r.text.MinSize().Width
	}
	if r.b.Icon != "" {
		width += iconSize
	}
	if r.b.Label != "" && r.b.Icon != "" {
		width += look.Gap
	}
	return width
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.ring.Move(fyne.NewPos(-2, -2))
	r.ring.Resize(size.AddWidthHeight(4, 4))
	x := (size.Width - r.contentWidth()) / 2
	if r.b.Leading {
		x = 10
	}
	mid := size.Height / 2
	r.cut(size.Width - x)
	text := r.text.MinSize()
	putIcon := func() {
		if r.b.Icon != "" {
			r.icon.Resize(fyne.NewSquareSize(iconSize))
			r.icon.Move(fyne.NewPos(x, mid-iconSize/2))
			x += iconSize + look.Gap
		}
	}
	if !r.b.IconLast {
		putIcon()
	}
	r.text.Move(fyne.NewPos(x, mid-text.Height/2))
	r.text.Resize(text)
	x += text.Width + look.Gap
	if r.b.IconLast {
		putIcon()
	}
	if w := r.b.Wide; w != nil {
		w.Resize(fyne.NewSize(max(0, size.Width-10-x), size.Height))
		w.Move(fyne.NewPos(x, 0))
	}
}

// cut shortens the label of a button that may be narrower than it.
func (r *buttonRenderer) cut(room float32) {
	r.text.Text = r.b.Label
	if r.b.Least == 0 {
		return
	}
	room -= 10
	if r.b.Icon != "" {
		room -= iconSize + look.Gap
	}
	if w := r.b.Wide; w != nil && w.MinSize().Width > 0 { // what stands at the end gives way first, but stays
		rest := room - fyne.MeasureText(r.b.Label, r.text.TextSize, r.text.TextStyle).Width - look.Gap
		room -= min(w.MinSize().Width, max(40, rest)) + look.Gap
	}
	r.text.Text = shorten(r.b.Label, max(0, room), r.text.TextSize, r.text.TextStyle)
}

func (r *buttonRenderer) Refresh() {
	th := r.b.Theme()
	v := fyne.CurrentApp().Settings().ThemeVariant()
	ground, line, ink := r.inks()
	r.ground.FillColor = paint(th, v, ground)
	r.ground.StrokeColor = paint(th, v, line)
	r.ground.StrokeWidth = 0
	if line != none {
		r.ground.StrokeWidth = 1
	}
	r.ground.CornerRadius = look.Round
	r.text.Text = r.b.Label
	r.text.TextSize = look.Body
	r.text.TextStyle.Bold = r.b.Primary || r.b.Chosen
	r.text.Color = paint(th, v, ink)
	r.icon.Hidden = r.b.Icon == ""
	if want := r.b.Icon + "/" + string(ink); r.b.Icon != "" && want != r.shown {
		r.shown = want
		r.icon.Resource = look.IconIn(r.b.Icon, ink)
	}
	r.icon.Refresh()
	look.SetFocusRing(r.ring, r.b.focused, paint(th, v, look.Focus))
	r.Layout(r.b.Size())
	r.ground.Refresh()
	r.text.Refresh()
}

// inks picks the colours by what the button is and how it is.
func (r *buttonRenderer) inks() (ground, line, ink fyne.ThemeColorName) {
	b := r.b
	ground, line, ink = look.Card, look.Edge, look.Ink
	if b.Quiet {
		ground, line = none, none
	}
	switch {
	case b.disabled:
		return ground, line, look.InkFaint
	case b.Primary:
		return look.Primary, look.Primary, look.OnPrimary
	case b.Chosen:
		return look.Band, none, look.OnBand
	case b.hovered:
		return look.CardSoft, line, ink
	}
	return ground, line, ink
}

// none is no colour at all.
const none fyne.ThemeColorName = ""

func paint(th fyne.Theme, v fyne.ThemeVariant, name fyne.ThemeColorName) color.Color {
	if name == none {
		return color.Transparent
	}
	return th.Color(name, v)
}
