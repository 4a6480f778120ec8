// Package connect is the room in which developers connect their own app: the
// window serves, or looks on at a server that runs elsewhere on this machine,
// and each login of the app is told as a walk, with a diagnosis of what is
// wrong.
//
// What is served and who answers the room is handed; it knows no provider and no
// other room. What crosses it reads from a tape, as package live tells it.
package connect

import (
	"context"
	"errors"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Place is where addresses lead that this room opens.
const Place = "connect"

// Options are what the room is handed.
type Options struct {
	Serve tape.Serve // nil where this program can't serve
}

// Room is where an app is connected.
type Room struct {
	window  room.Window
	manner  room.Manner
	options Options
	content *fyne.Container
	sheet   *sheet // before anything came
	finding *sheet // beside the diagram: why a login failed
	screen  *player.Screen
	port    *field
	config  *field
	realms  *field
	control *field
	key     *field

	server  *tape.Server // nil: nothing is looked at
	ours    bool         // the window serves
	log     *live.Log
	at      int  // number of the run that shows; 0 none
	drawn   int  // how many exchanges of it
	newest  bool // whichever run is the newest shows
	message bool // its messages show instead of the diagnosis
	paused  bool
	wrong   string // why it could not be begun
	between bool   // what was looked at is ending, or something else is beginning
	stack   string // whose cure is told; "" for every stack

	page    sheetPage   // that shows where no run does
	book    *book       // of all logins
	wanted  live.Filter // of the list, but for its text
	saved   string      // name of the file that shows; "" for a server
	orders  tape.Orders // to the server
	people  []signedIn  // when somebody last asked
	setup   setup       // when somebody last asked
	held    holding     // requests
	waits   heldRequest // the one that shows
	changes []change    // of it
	exam    *examination
	chosen  applicant // who is examined next
	away    func(work func() error, then func(error))

	watch  func(ctx context.Context, t *tape.Tape, news func()) // calls news on the goroutine that draws
	busy   sync.WaitGroup
	ctx    context.Context //nolint:containedctx // it ends what the room began, when the room is closed
	cancel context.CancelFunc
	stop   context.CancelFunc // ends looking on
}

var (
	_ room.Room   = (*Room)(nil)
	_ room.Parted = (*Room)(nil)
)

// New returns the room, with nothing connected.
func New(w room.Window, words *tutorials.Library, o Options) *Room {
	r := &Room{window: w, options: o, newest: true, stop: func() {}}
	r.watch, r.away = r.follow, r.elsewhere
	r.ctx, r.cancel = context.WithCancel(context.Background())
	r.sheet, r.finding = newSheet(w.Typed, mostWide), newSheet(w.Typed, 0)
	for _, s := range []*sheet{r.sheet, r.finding} {
		s.kit.Link = func(link string) { w.Read(address.OfLink(link)) }
	}
	leave := func() { w.Focus(nil) }
	r.port, r.control, r.key = newField(leave), newField(leave), newField(leave)
	r.config, r.realms = newField(leave), newField(leave)
	r.port.SetText("8180")
	for _, f := range []*field{r.port, r.config, r.realms} {
		f.OnSubmitted = func(string) { r.serve() }
	}
	r.key.OnSubmitted = func(string) { r.attach() }
	r.manner.Words = words
	r.book = newBook(leave)
	r.book.tell = r.tellRow
	r.book.open = func(number int) { r.newest = false; r.show(number) }
	r.book.list.OnKey = r.window.Typed
	r.book.search.OnChanged = func(string) { r.drawList() }
	r.furnish(words)
	return r
}

// sheetPage is what shows where no run does.
type sheetPage int

const (
	pageServer sheetPage = iota // addresses and clients, or the forms that begin
	pageList
	pagePeople
	pageHeld
	pageSetup
	pageExam
)

// turn shows a page: another one from its top.
func (r *Room) turn(to sheetPage) {
	if r.page != to {
		r.sheet.scroll.Rewind()
	}
	r.page = to
	r.show(0)
}

// furnish makes the screen of a run, in the language of the words.
func (r *Room) furnish(words *tutorials.Library) {
	r.screen = player.NewScreen(tutorials.Narrator{Words: words, Provider: stage.ProviderName})
	r.screen.OnChange, r.screen.OnError = r.window.Changed, r.window.Fail
	r.screen.OnCopy = func(text, _ string) { r.window.Copy(text) }
	r.screen.OnLink = func(link string) { r.window.Read(address.OfLink(link)) }
	r.screen.OnFlow = func(id string) { r.window.Go(address.At("walk", id)) }
	r.screen.OnExport = r.save
	r.screen.OnKey, r.screen.OnFocus = r.window.Typed, r.window.Focus
	r.screen.OnUnfocus = func() { r.window.Focus(nil) }
	r.content = container.NewStack(r.sheet, r.book.content, r.screen)
	r.screen.Hide()
	r.book.content.Hide()
}

// Content is the page, or the run that shows.
func (r *Room) Content() fyne.CanvasObject { return r.content }

// Regions are those of the run, where one shows.
func (r *Room) Regions() []room.Region {
	if r.at > 0 {
		return r.screen.Regions()
	}
	if r.page == pageList && r.log != nil {
		return []room.Region{{Area: r.content, First: r.book.search}}
	}
	area := room.Region{Area: r.content}
	if stops := page.Stops(r.sheet); len(stops) > 0 {
		area.First = stops[0]
	}
	return []room.Region{area}
}

// Address has nothing below the place: what was served is gone with the window.
func (r *Room) Address() address.Address { return address.At(Place) }

// Go has one page.
func (r *Room) Go(address.Address) {}

// say says what is filed for this room.
func (r *Room) say() func(id string, pairs ...string) string {
	c := r.manner.Words.Catalog()
	return func(id string, pairs ...string) string { return c.Text("connect."+id, pairs...) }
}

// Open begins where nothing is connected.
func (r *Room) Open(ready func()) {
	r.draw()
	ready()
}

// Tell tells in another voice or language.
func (r *Room) Tell(m room.Manner) {
	if m.Words != r.manner.Words {
		r.manner = m
		r.furnish(m.Words)
	}
	r.manner = m
	r.screen.ReduceMotion(m.Still)
	r.screen.Tell(r.narrator())
	r.show(r.at)
}

// narrator tells in the manner of now.
func (r *Room) narrator() tutorials.Narrator {
	return tutorials.Narrator{Words: r.manner.Words, Voice: r.manner.Voice, Lens: r.manner.Lens, Provider: stage.ProviderName}
}

// Remember keeps nothing: what crossed holds secrets.
func (r *Room) Remember() {}

// Close ends the server, and looking on.
func (r *Room) Close() error {
	s := r.leave()
	r.cancel()
	r.busy.Wait()
	if s == nil || s.End == nil {
		return nil
	}
	return s.End() // nobody draws any more
}

// begin looks at a server from now on.
func (r *Room) begin(s *tape.Server, ours bool) {
	r.server, r.ours, r.wrong, r.at, r.newest, r.paused = s, ours, "", 0, true, false
	r.page, r.saved, r.wanted, r.held, r.people, r.setup = pageServer, "", live.Filter{}, holding{}, nil, setup{}
	r.exam, r.chosen = nil, applicant{}
	r.orders = tape.Orders{In: s.Control, Key: s.Key}
	r.log = live.New(s.Tape, knownOf(s))
	r.book.search.SetText("") // which draws the list
	ctx, stop := context.WithCancel(r.ctx)
	r.stop = stop
	r.watch(ctx, s.Tape, r.news)
	r.window.Focus(nil)
	r.show(0)
}

// leave looks at nothing any more, and returns what it looked at. The runs that were seen are gone.
func (r *Room) leave() *tape.Server {
	r.stopExam()
	r.stop()
	s := r.server
	r.server, r.log, r.at, r.page, r.saved, r.orders = nil, nil, 0, pageServer, "", tape.Orders{}
	r.exam = nil
	return s
}

// free reports whether something can be begun: nothing is looked at, and no
// server is beginning or ending.
func (r *Room) free() bool { return r.server == nil && !r.between }

// meanwhile does what takes long between looking at one thing and another, during
// which nothing else is begun.
func (r *Room) meanwhile(work func() error, then func(error)) {
	r.between, r.wrong = true, ""
	r.away(work, func(err error) {
		r.between = false
		then(err)
		r.window.Changed()
	})
	if r.between {
		r.show(r.at)
	}
}

// fail says why something could not be done.
func (r *Room) fail(err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		r.wrong = err.Error()
	}
}
