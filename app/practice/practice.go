// Package practice is the room in which people check themselves: they decide on
// real requests in the place of the provider, and answer questions that are made
// from a run.
//
// Who is right the provider says, at that moment and over the stage; the room has
// no answer of its own. What was tried is kept on this machine. The package knows
// no other room: where something can be seen, it asks the window to go there.
package practice

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/exercise"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Place is where addresses lead that this room opens: check/be-the-provider/4.
const Place = "check"

// Options are what the room is handed.
type Options struct {
	Provider func(stage.Env) (http.Handler, error) // who decides
	Now      func() time.Time                      // which day it is
	Lessons  func(*tutorials.Library) []string     // titles of the lessons that were read to their end
}

// Room is where people check themselves.
type Room struct {
	window  room.Window
	manner  room.Manner
	options Options
	record  exercise.Record
	sheet   *sheet
	at      string // id of the kind that is open
	opened  bool   // something of it is
	kinds   map[string]kind
	decider *decider
	ended   error           // what went wrong when a walk was ended
	ctx     context.Context //nolint:containedctx // it ends what the room began, when the room is closed
	cancel  context.CancelFunc
}

var _ room.Room = (*Room)(nil)

// kind is one sort of exercise, with a page for each.
type kind interface {
	read(words *tutorials.Library) // takes the exercises of a language
	open(path []string)            // goes to one of them, the nearest to what was asked for
	path() []string                // of what is open, below the place and the kind
	draw(s *sheet)                 // the page
	rail() []room.Section          // the exercises
	commands() []room.Command
	state() any
	leave() error // ends what runs behind the page
}

// New returns the room at its first exercise.
func New(w room.Window, words *tutorials.Library, o Options) *Room {
	r := &Room{window: w, options: o, record: exercise.NewRecord(w.Store(), o.Now), at: kindDecide}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	r.sheet = newSheet(w.Typed)
	r.sheet.kit.Link = func(link string) { w.Read(address.OfLink(link)) }
	r.decider = newDecider(r)
	r.kinds = map[string]kind{kindDecide: r.decider}
	for _, sort := range exercise.Sorts() {
		r.kinds[string(sort)] = newAsker(r, sort)
	}
	r.kinds[kindAgain], r.kinds[kindRecord], r.kinds[PlaceSetup] = &again{room: r}, newReport(r), newConfigurer(r)
	r.manner.Words = words
	r.kind().read(words)
	return r
}

// kindDecide is the id of [decider], in addresses and of its texts.
const kindDecide = "be-the-provider"

// Kinds are the ids of the kinds of exercise, in the order of the rail.
func Kinds() []string {
	ids := []string{kindDecide}
	for _, sort := range exercise.Sorts() {
		ids = append(ids, string(sort))
	}
	return append(ids, kindAgain, kindRecord)
}

func (r *Room) kind() kind { return r.kinds[r.at] }

// Content is the page.
func (r *Room) Content() fyne.CanvasObject { return r.sheet }

// Address is that of the exercise.
func (r *Room) Address() address.Address {
	if r.at == PlaceSetup {
		return address.At(PlaceSetup, r.kind().path()...)
	}
	return address.At(Place, append([]string{r.at}, r.kind().path()...)...)
}

// Go opens an exercise.
func (r *Room) Go(to address.Address) {
	if to.Place == PlaceSetup {
		r.enter(PlaceSetup, to.Path)
		return
	}
	id, _ := address.Nearest(to.Part(0), Kinds())
	switch {
	case id == "" && r.at == PlaceSetup:
		id = kindDecide
	case id == "":
		id = r.at
	}
	if typed := to.Part(0); typed != "" && typed != id {
		say := r.manner.Words.Catalog()
		r.window.Say(say.Text("practice.no-kind", "typed", typed, "kind", say.Text("practice.kind."+id)))
	}
	var path []string
	if len(to.Path) > 1 {
		path = to.Path[1:]
	}
	r.enter(id, path)
}

// enter opens something of a kind. Whoever comes back to what is open finds it as they left it.
func (r *Room) enter(id string, path []string) {
	if r.opened && id == r.at && slices.Equal(path, r.kind().path()) {
		r.show()
		return
	}
	r.opened = true
	if id != r.at {
		r.ended = errors.Join(r.ended, r.kind().leave())
		r.at = id
		r.kind().read(r.manner.Words)
	}
	r.kind().open(path)
	r.show()
}

// visit goes to something of a kind through the window, so that Back leads to what is left.
func (r *Room) visit(id string, path ...string) {
	if id == PlaceSetup {
		r.window.Go(address.At(PlaceSetup, path...))
		return
	}
	r.window.Go(address.At(Place, append([]string{id}, path...)...))
}

// show draws the page from its top.
func (r *Room) show() {
	r.draw()
	r.sheet.rewind()
	r.window.Changed()
}

func (r *Room) draw() {
	r.sheet.clear()
	r.kind().draw(r.sheet)
	r.sheet.Refresh()
	r.sheet.reveal()
}

// Title is what the header says.
func (r *Room) Title() room.Title {
	say := r.manner.Words.Catalog()
	name := r.titled(r.at)
	return room.Title{Name: name, Short: name, Rail: say.Text("practice.rail")}
}

// titled is what a kind is called.
func (r *Room) titled(kind string) string {
	if kind == PlaceSetup {
		return r.manner.Words.Catalog().Text("setup.title")
	}
	return r.manner.Words.Catalog().Text("practice.kind." + kind)
}

// Rail is the kinds, and the exercises of the one that is open.
func (r *Room) Rail() []room.Section {
	say := r.manner.Words.Catalog()
	kinds, below := room.Section{Title: say.Text("practice.rail")}, r.kind().rail()
	for _, id := range append(Kinds(), PlaceSetup) {
		title, to := r.titled(id), address.At(Place, id)
		if id == PlaceSetup {
			to = address.At(PlaceSetup)
		}
		row := room.Row{Label: title, Sign: string([]rune(title)[:1]), Do: func() { r.window.Go(to) }}
		row.Here, row.Holds = id == r.at && len(below) == 0, id == r.at && len(below) > 0
		if due := len(r.record.Due()); id == kindAgain && due > 0 {
			row.Note = say.Count("practice.due", due)
		}
		kinds.Rows = append(kinds.Rows, row)
	}
	return append([]room.Section{kinds}, below...)
}

// Strip is empty: nothing is chosen above an exercise.
func (r *Room) Strip() []room.Chip { return nil }

// Commands are those of the kind that is open, and the keys that turn the page.
func (r *Room) Commands() []room.Command {
	table := r.kind().commands()
	say := r.manner.Words.Catalog()
	return append(table, room.Turning("check.turn", say.Text("practice.turn"), r.sheet.scroll)...)
}

// State is what a test can read.
func (r *Room) State() any {
	return struct {
		Exercise any    `json:"exercise"`
		Words    string `json:"words"`
	}{r.kind().state(), r.sheet.words()}
}

// Open has nothing to wait for.
func (r *Room) Open(ready func()) {
	r.show()
	ready()
}

// Tell tells in another voice or language.
func (r *Room) Tell(m room.Manner) {
	other := m.Words != r.manner.Words
	r.manner = m
	if other {
		r.kind().read(m.Words)
	}
	r.draw()
}

// Remember has kept everything already.
func (r *Room) Remember() {}

// Close ends the walk behind the page.
func (r *Room) Close() error {
	r.cancel()
	return errors.Join(r.ended, r.kind().leave())
}

// Named says in words what an address leads to.
func Named(m room.Manner, to address.Address) string {
	say := m.Words.Catalog()
	if to.Place == PlaceSetup {
		return say.Text("setup.title")
	}
	if !slices.Contains(Kinds(), to.Part(0)) {
		return say.Text("practice.rail")
	}
	kind := say.Text("practice.kind." + to.Part(0))
	all, err := m.Words.Exercises()
	n, _ := strconv.Atoi(to.Part(1))
	if to.Part(0) != kindDecide || err != nil || n < 1 || n > len(all) {
		return kind
	}
	return kind + ": " + all[n-1].Title
}

// narrator tells rules in the voice of now.
func (r *Room) narrator() tutorials.Narrator {
	return tutorials.Narrator{Words: r.manner.Words, Voice: r.manner.Voice, Lens: r.manner.Lens, Provider: stage.ProviderName}
}

// exact reports whether the reader wants to see what is on the wire.
func (r *Room) exact() bool { return r.manner.Voice == tutorials.Developer }
