package page

import (
	"cmp"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
)

// Field is an entry that Escape leaves and that Tab passes, however many rows
// it has. A function key is for the window, as if nothing had the keyboard. It
// may be narrower and lower than Fyne's.
type Field struct {
	widget.Entry

	OnLeave func()                 // Escape: whoever listens gives the keyboard back; nil: the field lets go of it
	OnEnter func()                 // Enter, in a field of several rows; nil: it begins a row
	OnPaste func(text string) bool // reports whether it dealt with what is pasted; nil: that is put in

	Called string // what it is for, which stands beside it; "" where it says so itself while it is empty

	Narrowest float32
	Lowest    float32 // 0: as high as its text

	spent rune // the letter that is still to arrive of the key that gave the keyboard to it; 0: none
}

// NewField returns an empty field of one row.
func NewField(leave func()) *Field {
	f := &Field{OnLeave: leave, Narrowest: 60}
	f.ExtendBaseWidget(f)
	f.Wrapping = fyne.TextWrapOff // of a token without a space it costs the square of its length
	return f
}

// purpose is what the field is for; what was typed into it may be secret.
func (f *Field) purpose() string { return cmp.Or(f.Called, f.PlaceHolder) }

// CreateRenderer is part of [fyne.Widget]: what scrolls has no shadows.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	r := f.Entry.CreateRenderer()
	if f.MultiLine {
		return look.Calm(r)
	}
	return r
}

// Spend tells the field that has the keyboard that a key has done its work. The
// letter of a key arrives after the key: S, which asks for a name to save under,
// would then be that name.
func Spend(c fyne.Canvas, k fyne.KeyName) {
	if f, ok := c.Focused().(interface{ spend(letter rune) }); ok {
		f.spend(letterOf(k))
	}
}

func (f *Field) spend(letter rune) { f.spent = letter }

// letterOf is what a key types, 0 where it types nothing.
func letterOf(k fyne.KeyName) rune {
	if k == fyne.KeySpace {
		return ' '
	}
	if name := []rune(k); len(name) == 1 {
		return unicode.ToLower(name[0])
	}
	return 0
}

// TypedRune puts a letter in, but for that of a key that is spent.
func (f *Field) TypedRune(r rune) {
	spent := f.spent
	f.spent = 0
	if spent == 0 || unicode.ToLower(r) != spent {
		f.Entry.TypedRune(r)
	}
}

// TypedKey leaves the field with Escape.
func (f *Field) TypedKey(k *fyne.KeyEvent) {
	f.spent = 0
	switch {
	case k.Name == fyne.KeyEscape:
		f.leave()
		return
	case functionKey(k.Name):
		f.hand(k)
		return
	case f.OnEnter != nil && f.MultiLine && (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter):
		f.OnEnter()
		return
	}
	f.Entry.TypedKey(k)
}

func (f *Field) leave() {
	c := CanvasOf(f)
	switch {
	case f.OnLeave != nil:
		f.OnLeave()
	case c != nil:
		c.Unfocus()
	}
}

// hand gives a key to the window.
func (f *Field) hand(k *fyne.KeyEvent) {
	if c := CanvasOf(f); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(k)
	}
}

// functionKey reports whether no text has use for a key: F1 to F12.
func functionKey(k fyne.KeyName) bool { return len(k) > 1 && k[0] == 'F' && k[1] >= '1' && k[1] <= '9' }

// TypedShortcut offers what is pasted first.
func (f *Field) TypedShortcut(s fyne.Shortcut) {
	if p, ok := s.(*fyne.ShortcutPaste); ok && f.OnPaste != nil && p.Clipboard != nil && f.OnPaste(p.Clipboard.Content()) {
		return
	}
	f.Entry.TypedShortcut(s)
}

// AcceptsTab is false: Tab goes to the next control, in a field of several rows too.
func (f *Field) AcceptsTab() bool { return false }

// MinSize lets the field be small.
func (f *Field) MinSize() fyne.Size {
	high := f.Entry.MinSize().Height
	if f.Lowest > 0 {
		high = min(high, f.Lowest)
	}
	return fyne.NewSize(f.Narrowest, high)
}
