// Package workbench holds the workbenches: a token to be read, checked and made, and
// a code verifier to be worked with.
//
// A bench keeps what was put on it while it is closed. It shows what it is
// given and what packages flows/token and flows/pkce work out; it verifies
// nothing itself, and nothing leaves the machine.
package workbench

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Desk is what every bench needs of the window.
type Desk struct {
	Say       func(id string) string            // words of the voice, see tutorials/en/workbench.toml
	Rule      func(trace.Check) string          // a rule in the words of the voice
	Meaning   func(claim string) string         // what a claim means; "" where nobody knows
	Developer func() bool                       // whether the voice is the developer's
	Copy      func(text, what string)           // to the clipboard
	Pasted    func() string                     // from the clipboard
	Key       func(k *fyne.KeyEvent) (did bool) // a key that a bench has no use for
	Leave     func()                            // gives the keyboard back
	Changed   func()                            // what the bench shows changed
}

// field is an entry that Escape leaves, that Tab passes, and that hands over
// what is pasted before it is put in: a long text would cost seconds.
type field struct {
	widget.Entry
	leave func()
	paste func(text string) bool // reports whether it dealt with the text; nil: it is put in
}

func newField(d *Desk, changed func(string)) *field {
	f := &field{leave: d.Leave}
	f.ExtendBaseWidget(f)
	f.TextStyle.Monospace = true
	f.Wrapping = fyne.TextWrapOff
	f.OnChanged = changed
	return f
}

// TypedKey leaves the field with Escape.
func (f *field) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		f.leave()
		return
	}
	f.Entry.TypedKey(k)
}

// TypedShortcut offers what is pasted first.
func (f *field) TypedShortcut(s fyne.Shortcut) {
	if p, ok := s.(*fyne.ShortcutPaste); ok && f.paste != nil && p.Clipboard != nil && f.paste(p.Clipboard.Content()) {
		return
	}
	f.Entry.TypedShortcut(s)
}

// AcceptsTab is false: Tab goes to the next control.
func (f *field) AcceptsTab() bool { return false }

// MinSize lets the field be small.
func (f *field) MinSize() fyne.Size { return fyne.NewSize(120, min(f.Entry.MinSize().Height, 96)) }
