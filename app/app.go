// Package app is the window: the frame around its rooms, with header, rail and
// menu; what a person chose; zoom and dialogs. It is the root of the only folder
// that knows Fyne.
//
// [Run] opens the window and returns when it is closed. What shows in it are
// rooms, a row each in the table of places; the window must not know what one of
// them shows.
package app

import (
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"github.com/grantwalk/grantwalk/app/connect"
	"github.com/grantwalk/grantwalk/app/home"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/present"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/assets"
	"github.com/grantwalk/grantwalk/tutorials"
)

// ID is the application's id on every platform.
const ID = "io.github.grantwalk.Grantwalk"

// Options are what the command line says. A zero value leaves the matter to
// what the person chose last time.
type Options struct {
	Version   string
	Language  string // to speak; "": what was chosen last time
	System    string // the language that suits what the system is set to, where none was chosen
	Words     fs.FS  // a folder for each language; nil: those that are built in
	Voice     tutorials.Voice
	Lens      string
	Theme     string // see [Themes]
	Width     int    // of the window, with Height
	Height    int
	Address   string // what to open; "": where somebody was last time
	StateFile string // where the state of the window is written after each change, as JSON; "" nowhere

	// CheckCalls has the toolkit look who calls it, and log what is drawn anew from another goroutine than the one
	// that draws. That takes a third of all time of whoever steps through a walk, so it is for tests.
	CheckCalls bool

	Walk    walk.Options
	Present present.Options
	Connect connect.Options

	kept *kept // nil: what is chosen is kept in the preferences of the toolkit
	home home.Where
	runs func() string // the issuer of a provider that is connected; "" for none
}

// Themes lists what Options.Theme can be.
func Themes() []string {
	var names []string
	for _, m := range look.Modes() {
		names = append(names, string(m))
	}
	return names
}

// Run opens the window and returns when it was closed. Where there is nothing to
// draw on, the error is a [NoScreenError].
func Run(o Options) (err error) {
	// What is made until the room has been drawn stays: collecting it meanwhile only
	// holds the window up. At 800 % that begins at 32 MB, which no usual start comes to.
	percent := debug.SetGCPercent(800)
	said := &toolkitLog{out: os.Stderr}
	log.SetOutput(said)
	defer said.explain(&err)
	fyneapp.SetMetadata(fyne.AppMetadata{ID: ID, Version: o.Version, Migrations: map[string]bool{"fyneDo": !o.CheckCalls}})
	a := fyneapp.NewWithID(ID)
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon()))
	reading := make(chan library, 1)
	o.kept = newKept(a.Preferences(), keptFile(a))
	language := languageOf(o.kept, &o)
	go func() { reading <- read(&o, language) }() // while the display is being reached
	win := a.NewWindow("Grantwalk")
	got := <-reading
	if got.err != nil {
		return fmt.Errorf("load the tutorials: %w", got.err)
	}
	w := newWindow(a, win, got.words, o, places())
	a.Lifecycle().SetOnStopped(func() { w.ending.over.Store(true) })
	a.Lifecycle().SetOnStarted(func() {
		w.begin(func() {
			time.AfterFunc(settling, func() {
				debug.SetGCPercent(percent)
				debug.FreeOSMemory() // what was read and thrown away until now
			})
		})
	})
	ended := make(chan struct{})
	w.ending.ended = ended
	w.report.keep(w.ending)
	w.win.ShowAndRun()
	close(ended)
	return errors.Join(w.close(), o.kept.write())
}

// settling is how long a room is drawn for the first time after it stands there:
// its words are shaped, its picture is painted beside the window.
const settling = 500 * time.Millisecond

// library is what read brings.
type library struct {
	words *tutorials.Library
	err   error
}

// read loads the words, and the fonts by measuring a letter of each, which the
// first text would wait for. Nothing else may measure text meanwhile.
func read(o *Options, language string) library {
	words, err := o.load(language)
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		fyne.MeasureText("x", look.Body, style)
	}
	return library{words, err}
}
