// Package workbench holds the workbenches: a token to be read, checked and made, and
// a code verifier to be worked with.
//
// A bench keeps what was put on it while it is closed. It shows what it is
// given and what packages flows/token and flows/pkce work out; it verifies
// nothing itself, and nothing leaves the machine.
package workbench

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Desk is what every bench needs of the window.
type Desk struct {
	Words   *catalog.Catalog          // labels and titles
	Say     func(id string) string    // words of the voice, see tutorials/en/workbench.toml
	Rule    func(trace.Check) string  // a rule in the words of the voice
	Meaning func(claim string) string // what a claim means; "" where nobody knows
	// Plainly is what a member of a token holds, in letters and not in escapes, and the date of one that is a time.
	Plainly   func(trace.Field) (value, date string)
	Developer func() bool                       // whether the voice is the developer's
	Copy      func(text, what string)           // to the clipboard
	Pasted    func() string                     // from the clipboard
	Key       func(k *fyne.KeyEvent) (did bool) // a key that a bench has no use for
	Leave     func()                            // gives the keyboard back
	Close     func()                            // takes the bench away
	Changed   func()                            // what the bench shows changed
}

// field returns an entry whose text is set as code. It hands over what is pasted
// before it is put in: a long text would cost seconds.
func (d *Desk) field(changed func(string), paste func(text string) bool) *page.Field {
	f := page.NewField(d.Close)
	f.TextStyle.Monospace = true
	f.OnChanged, f.OnPaste = changed, paste
	f.Narrowest, f.Lowest = 120, 96
	return f
}
