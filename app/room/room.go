// Package room says what a room of the window is: a screen with its commands and
// its list at the left, and what it may ask of the window that it stands in.
//
// A [Room] shows something and says what can be done with it; the window draws
// the frame around it. Menu, keys, the list of keys and the README's table are
// all made from [Command]s, one row for each. The package holds the one dialog
// helper too, because a dialog takes the keys. It must know no room and nothing
// that a room shows: no flow, no message.
package room

import (
	"io"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Room is a screen of the window. All of it happens on the goroutine that draws.
type Room interface {
	Content() fyne.CanvasObject // what shows, the same at every call until it is told in another language
	Title() Title               // for the header
	Commands() []Command        // as they are now
	Rail() []Section            // the list at the left, as it is now
	Strip() []Chip              // what can be chosen above the content, as it is now
	State() any                 // what a test, or a person who reports a fault, can read: a struct with JSON names of its own
	Address() address.Address   // of what is looked at, all but voice and lens; zero for what has none

	Go(to address.Address) // opens what is nearest to an address of its place, and says so if it is another; before Open it begins there

	Open(ready func())  // begins; ready is called once, when what the room shows stands there
	Tell(manner Manner) // tells in another manner from now on
	Remember()          // keeps what the next start should find, before the window closes
	Close() (err error) // ends what runs behind the room
}

// Dropper is a room that has use for files that are let go over it.
type Dropper interface {
	Drop(files []fyne.URI)
}

// Parted is a room whose content has regions; that of another is one region.
type Parted interface {
	Regions() []Region // those that can be seen, in the order in which they stand
}

// Region is a part of the content to which one key leads; arrows move inside it.
type Region struct {
	Area  fyne.CanvasObject
	First fyne.Focusable // has the keyboard when one comes there; nil: nothing can have it now
}

// Manner is how everything is told.
type Manner struct {
	Words *tutorials.Library // in which language; what shows may be another object afterwards
	Voice tutorials.Voice
	Lens  string
	Still bool // nothing moves that need not
}

// Title is what the header says of a room.
type Title struct {
	Name    string
	Short   string  // where there is little room
	Badge   string  // one word beside it; "" none
	Caution bool    // the word is a warning
	Note    string  // stands behind, where there is much room
	Rail    string  // what the list at the left holds
	Strip   string  // what the strip is for, where it is folded; "" for what-ifs
	Aside   Command // turns to the part that a narrow window has no room for; without Do nothing is hidden
}

// Section is a part of the rail.
type Section struct {
	Title string
	Rows  []Row
}

// Chip is a choice in the strip above the content: pressed, it offers its rows.
type Chip struct {
	Section
	Now     string // what holds; "" where nothing worth a word does
	Differs bool   // from the plain story
}

// Words are those on the chip.
func (c Chip) Words() string {
	if c.Now == "" {
		return c.Title
	}
	return c.Title + ": " + c.Now
}

// Row is something that can be gone to, or chosen.
type Row struct {
	Label  string
	Sign   string              // stands for it where the list is folded: a letter or two; "" leaves it out there
	Note   string              // stands at its end
	Ink    fyne.ThemeColorName // of the note, where it says how something went; "" where it says no such thing
	Indent bool                // belongs to the row above
	Choice bool                // can be on or off
	On     bool                // a choice that holds
	Here   bool                // what is looked at: one row of the whole rail
	Holds  bool                // what is looked at is among what this one opens, and has a row of its own
	Off    bool                // it can't be gone to, or chosen
	Do     func()
}

// Window is what a room may ask of the window that it stands in.
type Window interface {
	Go(to address.Address)          // anywhere in the window
	Read(to address.Address)        // a page that is looked up: beside what shows; what is no such page: in its place
	Say(words string)               // a sentence under the header, until something else is opened
	SayBack(words string)           // the same, with a button that leads back to where one was
	Changed()                       // menu, rail, header or state have something else to show
	Typed(k *fyne.KeyEvent) bool    // a key that a widget of the room has no use for; reports whether somebody had
	Focus(part fyne.Focusable)      // the keyboard belongs there now; nil gives it back to the room
	Show(d Dialog)                  // in the place of one that is open
	Dismiss()                       // closes the dialog that is open, if one is
	Fail(err error)                 // our program is broken
	Notice(title string, err error) // it could not be done, and why; nothing is broken
	Copy(text string)               // to the clipboard
	Pasted() string                 // from the clipboard
	Size() fyne.Size                // of all that can be drawn on
	Files() Files
	Store() fyne.Preferences // what a person chose, from start to start
}

// Files is how a room reaches files: small, so that a test, or a platform
// without dialogs, brings its own.
type Files interface {
	// Open asks for a file whose name ends in that, and hands it over; nothing is called when the person thinks again.
	Open(extension string, read func(name string, from io.Reader))
	// Fetch hands a file over that was dropped.
	Fetch(at fyne.URI, read func(name string, from io.Reader))
	// Save asks where to, by a name that is offered, and says where it did. Write is called
	// on another goroutine than the one that draws: what it writes nobody changes any more.
	Save(name string, write func(io.Writer) error, saved func(at fyne.URI))
	// Launch opens a file with the program that the system has for it.
	Launch(at fyne.URI) error
}
