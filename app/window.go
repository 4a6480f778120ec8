package app

import (
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/frame"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/lookup"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/present"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// window is the frame around the rooms. What its exported methods do is what a
// room may ask of it.
type window struct {
	options  Options
	app      fyne.App
	win      fyne.Window
	words    *tutorials.Library
	settings *settings
	kept     *kept
	places   []place
	rooms    map[string]room.Room // those that were made, by the id of their place
	opened   map[string]bool      // the places that were entered
	ended    chan struct{}        // closed when the toolkit has ended; nil where none runs
	room     room.Room            // the one that shows
	here     string               // the id of its place
	begun    bool                 // the window is open
	history  address.History
	finder   finder
	names    names
	going    bool   // somewhere: what shows meanwhile is no place to come back to
	said     string // the sentence under the header
	stands   func() // called when a room that was entered later stands there
	written  []byte // to the state file, last
	busy     sync.WaitGroup
	frame    *frame.Frame
	menu     *frame.Menu
	dialogs  *room.Dialogs
	files    room.Files
	beside   *lookup.Sheet // what is read beside the room; nil: nothing
}

var _ room.Window = (*window)(nil)

func newWindow(a fyne.App, win fyne.Window, words *tutorials.Library, o Options, places []place) *window {
	keep := newKept(a.Preferences())
	w := &window{
		options: o, app: a, win: win, words: words, settings: newSettings(keep, words, o), kept: keep,
		places: places, rooms: map[string]room.Room{}, opened: map[string]bool{}, stands: func() {},
	}
	applyZoom(w.settings.zoom)
	a.Settings().SetTheme(look.NewTheme(w.settings.theme))
	w.files = fileDialogs{w, w.elsewhere}
	w.menu = frame.NewMenu(win.SetMainMenu, w.act)
	w.furnish()
	w.win.SetPadded(false)
	w.win.SetMaster()
	w.win.SetOnDropped(w.dropped)
	w.fit(w.settings.size())
	w.win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { w.Typed(k) })
	w.win.SetCloseIntercept(func() { w.end(w.win.Close) })
	w.options.home = w.goOnAt
	w.options.Present.Desk = present.Desk{
		Open: a.NewWindow, Screens: screens, Fill: fillSecond, Now: clockOf(&o), Tick: present.Ticking,
		Fits: func(size fyne.Size) fyne.Size { return fits(size, screen(win.Canvas().Scale())) },
	}
	w.Go(w.first())
	w.addKeys()
	return w
}

// clockOf is the clock that a talk goes by.
func clockOf(o *Options) func() time.Time {
	if o.Present.Now != nil {
		return o.Present.Now
	}
	return time.Now
}

// furnish puts a frame into the window, and dialogs over it, that speak the language of now.
func (w *window) furnish() {
	say := w.words.Catalog()
	w.dialogs = room.NewDialogs(w.win.Canvas(), say, w.writeState)
	w.frame = frame.New(say, voiceWords(w.words), frame.Calls{
		Key: w.Typed, Home: w.goHome, Shut: func() { w.Say("") }, Focus: w.writeState, Title: w.title, Rail: w.settings.saveRail,
		Voice: func(i int) { w.setVoice(tutorials.Voices()[i]) },
	})
	w.frame.SetRail(w.settings.rail)
	w.win.SetContent(w.frame.Content())
}

// bar is what the bar on top shows now.
func (w *window) bar() frame.Bar {
	b := frame.Bar{Voice: slices.Index(tutorials.Voices(), w.settings.voice), Lenses: w.lensCommands(), Search: w.searchCommand()}
	here, _ := w.placeOf(w.here)
	for i, c := range w.placeCommands() {
		if p := w.places[i]; p.id != placeHome && p.under == "" { // the logo leads home
			c.On = c.On || here.under == p.id
			b.Places = append(b.Places, c)
		}
	}
	turns := w.goingCommands()
	b.Back, b.Forward = turns[0], turns[1]
	for c, to := range map[*room.Command]address.Address{&b.Back: w.history.Before(), &b.Forward: w.history.After()} {
		if called := w.called(to); called != "" {
			c.Words += ": " + called
		}
	}
	return b
}

// voiceWords are what the switch calls the voices.
func voiceWords(words *tutorials.Library) []string {
	var names []string
	for _, v := range tutorials.Voices() {
		names = append(names, words.Catalog().Text("frame.voice."+string(v)))
	}
	return names
}

// title is what the header says of the room; nothing before one shows.
func (w *window) title() room.Title {
	if w.room == nil {
		return room.Title{}
	}
	return w.room.Title()
}

// manner is how everything is told now.
func (w *window) manner() room.Manner {
	return room.Manner{Words: w.words, Voice: w.settings.voice, Lens: w.settings.lens, Still: w.settings.reduceMotion}
}

// tell has every room tell in the manner of now.
func (w *window) tell() {
	for _, r := range w.rooms {
		r.Tell(w.manner())
	}
	if w.beside != nil {
		w.beside.Tell(w.manner())
	}
	w.Changed()
}

// Changed keeps header, rail, menu and state true to the room.
func (w *window) Changed() {
	if w.room == nil {
		return
	}
	w.stand()
	w.frame.Tell(w.bar())
	w.frame.Show(w.room.Title(), w.room.Rail(), w.room.Strip())
	menus := room.Menus(w.viewCommands(), w.room.Commands(), w.otherCommands())
	for i := range menus {
		menus[i].Title = w.words.Catalog().Called("command.menu", menus[i].Title)
	}
	w.menu.Update(menus)
	w.writeState()
}

// elsewhere does work out of the way of whoever draws, who goes on with what came of it.
func (w *window) elsewhere(work func() error, then func(error)) {
	w.busy.Go(func() {
		err := work()
		fyne.Do(func() { then(err) })
	})
}

// Typed deals with a key that no field has use for.
func (w *window) Typed(k *fyne.KeyEvent) bool {
	acted := w.dialogs.Typed(k) || room.Typed(w.closing(), k) || room.Typed(w.table(), k)
	if acted {
		page.Spend(w.win.Canvas(), k.Name)
	}
	return acted
}

// Focus gives the keyboard to a part of the room, or with nil to the room itself.
func (w *window) Focus(part fyne.Focusable) {
	if part == nil {
		w.win.Canvas().Unfocus()
		return
	}
	w.win.Canvas().Focus(part)
}

// Show opens a dialog.
func (w *window) Show(d room.Dialog) { w.dialogs.Show(d) }

// Dismiss closes the dialog that is open.
func (w *window) Dismiss() { w.dialogs.Dismiss() }

// Copy puts a text on the clipboard.
func (w *window) Copy(text string) { w.app.Clipboard().SetContent(text) }

// Pasted is what lies on the clipboard.
func (w *window) Pasted() string { return w.app.Clipboard().Content() }

// Size is that of all that can be drawn on.
func (w *window) Size() fyne.Size { return w.win.Canvas().Size() }

// Files asks for files.
func (w *window) Files() room.Files { return w.files }

// Store keeps what a person chose.
func (w *window) Store() fyne.Preferences { return w.kept }

// dropped hands files that were let go over the window to the room, if it has use for any.
func (w *window) dropped(_ fyne.Position, uris []fyne.URI) {
	if r, ok := w.room.(room.Dropper); ok {
		r.Drop(uris)
	}
}

// remember keeps what the next start should find.
func (w *window) remember() {
	w.settings.saveWindow(w.win.Canvas().Size())
	w.stand()
	w.settings.saveAddress(w.history.Last(placeHome).String())
	for _, r := range w.rooms {
		r.Remember()
	}
}
