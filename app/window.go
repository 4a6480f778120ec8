package app

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/frame"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/lookup"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/present"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/app/search"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// window is the frame around the rooms, put together from its parts. What its
// exported methods do is what a room may ask of it.
type window struct {
	*surface

	options Options
	store   fyne.Preferences
	rooms   *rooms
	way     *way
	view    *view
	cards   *cards
	reader  *reader
	finder  search.Finder
	files   room.Files
	report  *stateFile
	ending  *ending
	errands errands
	menu    *frame.Menu
	begun   bool   // the window is open
	stands  func() // called when a room that was entered later stands there
}

var _ room.Window = (*window)(nil)

func newWindow(a fyne.App, win fyne.Window, words *tutorials.Library, o Options, places []place) *window {
	store := a.Preferences()
	if o.kept != nil {
		store = o.kept
	}
	w := &window{options: o, store: store, stands: func() {}}
	w.surface = &surface{app: a, win: win, words: words, settings: newSettings(store, words, o), changed: w.Changed}
	w.rooms = newRooms(places, w.made)
	w.way = &way{surface: w.surface, rooms: w.rooms}
	w.report = &stateFile{name: o.StateFile, text: w.stateText}
	w.ending = &ending{keep: w.remember}
	w.cards = &cards{surface: w.surface, version: o.Version, typed: w.Typed, table: w.table}
	w.view = &view{
		surface: w.surface, options: &w.options, zoom: zoom{w.surface, w.report.write}, tell: w.tell, speak: w.speak, fail: w.Fail,
	}
	w.reader = &reader{surface: w.surface, window: w}
	w.files = fileDialogs{w.surface, w.Typed, w.Notice, w.errands.run}
	applyZoom(w.settings.zoom)
	look.Wear(a.Settings(), w.settings.theme)
	w.menu = frame.NewMenu(win.SetMainMenu, w.act)
	w.furnish()
	w.dress()
	w.options.home, w.options.runs = w.way.last, w.rooms.issuer
	w.options.Present.Desk = present.Desk{
		Open: a.NewWindow, Screens: screens, Fill: fillSecond, Now: clockOf(&o), Tick: present.Ticking,
		Fits: func(size fyne.Size) fyne.Size { return fits(size, screen(win.Canvas().Scale())) },
	}
	w.Go(w.way.first(o))
	w.addKeys()
	return w
}

// dress makes the toolkit's window ours.
func (w *window) dress() {
	w.win.SetPadded(false)
	w.win.SetMaster()
	w.win.SetOnDropped(w.rooms.dropped)
	w.fit(w.settings.size(), w.options.Width != 0)
	w.win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { w.Typed(k) })
	w.win.SetCloseIntercept(func() { w.ending.end(w.win.Close) })
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
	w.dialogs = room.NewDialogs(w.win.Canvas(), say, w.report.write)
	w.frame = frame.New(say, voiceWords(w.words), frame.Calls{
		Key: w.Typed, Home: w.goHome, Shut: func() { w.Say("") }, Back: func() { w.turn(-1) }, Focus: w.report.write, Title: w.rooms.title,
		Rail:  w.settings.saveRail,
		Voice: func(i int) { w.view.setVoice(tutorials.Voices()[i]) },
	})
	w.frame.SetRail(w.settings.rail)
	w.win.SetContent(w.frame.Content())
}

// speak has everything speak another language: frame, dialogs and rooms.
func (w *window) speak(words *tutorials.Library) {
	w.Dismiss()
	w.reader.shut()
	w.words = words
	w.furnish()
	w.rooms.tell(w.manner())
	w.frame.Hold(w.rooms.shown.Content())
	w.Changed()
}

// bar is what the bar on top shows now.
func (w *window) bar() frame.Bar {
	b := frame.Bar{Voice: slices.Index(tutorials.Voices(), w.settings.voice), Lenses: w.view.lenses(), Search: w.searching()}
	here, _ := w.rooms.of(w.rooms.here)
	for i, c := range w.way.places(w.Go) {
		if p := w.rooms.places[i]; p.id != placeHome && p.under == "" { // the logo leads home
			c.On = c.On || here.under == p.id
			b.Places = append(b.Places, c)
		}
	}
	b.Back, b.Forward = w.way.named(w.turn)
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

// made is a room of a place that is needed first.
func (w *window) made(p place) room.Room {
	r := p.open(w, w.words, w.options)
	r.Tell(w.manner())
	return r
}

// begin opens the room in which the window begins; ready is called when it stands there.
func (w *window) begin(ready func()) {
	w.begun = true
	w.fit(w.Size(), w.options.Width != 0) // the scale of the screen is known now
	w.rooms.shown.Open(ready)
}

// Go opens what is nearest to an address, and says so where that is something else.
func (w *window) Go(to address.Address) {
	if to.IsZero() {
		return
	}
	w.way.begin(to)
	w.open(to)
}

// turn goes back with -1 and forward with +1.
func (w *window) turn(by int) {
	if to := w.way.move(by); !to.IsZero() {
		w.open(to)
	}
}

func (w *window) goHome() { w.Go(address.At(placeHome)) }

func (w *window) open(to address.Address) {
	w.way.going = true
	p, to, said := w.way.resolve(to)
	w.Say(said)
	to = w.view.retell(to)
	begins := w.begun && w.rooms.made[p.id] == nil
	w.rooms.at(p).Go(to) // first: a room that was never open begins there
	w.enter(p)
	w.way.arrive()
	w.Changed()
	if begins { // last, because it goes on beside us
		w.rooms.shown.Open(w.stands)
	}
}

// enter shows a room. One that was left is as it was left.
func (w *window) enter(p place) {
	if p.id != placeHome {
		w.settings.saveMet()
	}
	if readsPages(p.id) {
		w.reader.shut() // what is read there stands beside nothing
	}
	if w.rooms.here != p.id {
		w.Dismiss()
		w.frame.Clear()
		w.Focus(nil) // what had the keyboard is not to be seen any more
		w.rooms.show(p)
		w.frame.Hold(w.rooms.shown.Content())
	}
	w.Changed()
}

// Read opens a page that is looked up beside the room that shows, so that
// whoever walks need not leave. At home, and where pages are read anyway, it
// opens in its place; so does whatever is no such page.
func (w *window) Read(to address.Address) {
	if !w.reads(to) {
		w.Go(to)
		return
	}
	w.Dismiss()
	w.Say("")
	w.reader.read(to)
}

// reads reports whether a page would be read beside the room that shows.
func (w *window) reads(to address.Address) bool { return lookup.Shows(to) && !readsPages(w.rooms.here) }

// Say shows a sentence under the header; "" takes it away.
func (w *window) Say(words string) {
	w.frame.Say(words)
	if words != "" {
		w.report.write()
	}
}

// SayBack shows a sentence under the header, with a button that leads back to where one was.
func (w *window) SayBack(words string) {
	w.frame.SayBack(words)
	w.report.write()
}

// tell has every room tell in the manner of now.
func (w *window) tell() {
	w.rooms.tell(w.manner())
	w.reader.tell()
	w.Changed()
}

// Changed keeps header, rail, menu and state true to the room.
func (w *window) Changed() {
	shown := w.rooms.shown
	if shown == nil {
		return
	}
	w.way.stand()
	w.frame.Tell(w.bar())
	w.frame.Show(shown.Title(), shown.Rail(), shown.Strip())
	menus := room.Menus(w.view.commands(), shown.Commands(), w.otherCommands())
	for i := range menus {
		menus[i].Title = w.words.Catalog().Called("command.menu", menus[i].Title)
	}
	w.menu.Update(menus)
	w.report.write()
}

// Typed deals with a key that no field has use for.
func (w *window) Typed(k *fyne.KeyEvent) bool {
	acted := w.dialogs.Typed(k) || room.Typed(w.closing(), k) || room.Typed(w.table(), k)
	if acted {
		page.Spend(w.win.Canvas(), k.Name)
	}
	return acted
}

// Fail says that our program is broken.
func (w *window) Fail(err error) { w.cards.fail(err) }

// Notice says what could not be done, and why.
func (w *window) Notice(title string, err error) { w.cards.notice(title, err) }

// Files asks for files.
func (w *window) Files() room.Files { return w.files }

// Store keeps what a person chose.
func (w *window) Store() fyne.Preferences { return w.store }

// remember keeps what the next start should find.
func (w *window) remember() error {
	w.settings.saveWindow(w.Size())
	w.way.stand()
	w.settings.saveAddress(w.way.history.Last(placeHome).String())
	w.rooms.remember()
	return w.options.kept.write()
}

// close ends every room.
func (w *window) close() error {
	w.errands.busy.Wait() // what is being saved is saved
	return w.rooms.close()
}
