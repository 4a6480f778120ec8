// Package lookup is the room in which something is looked up: a term, a name on
// the wire, a rule, a section of a standard, each a page of one reading view.
//
// [Room] draws a page of package flows/lookup and asks the window to go where a
// link leads. It knows neither the window nor any other room.
package lookup

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/lookup"
	"github.com/grantwalk/grantwalk/flows/search"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Place is where looking up begins.
const Place = search.PlaceGlossary

// Heads are the places whose pages it shows, besides.
func Heads() []string {
	return []string{search.PlaceDictionary, search.PlaceRules, search.PlaceStandards}
}

// Room is where things are looked up.
type Room struct {
	*reader
}

var _ room.Room = (*Room)(nil)

// New returns the room at its first page.
func New(w room.Window, words *tutorials.Library, provider string) *Room {
	r := &Room{newReader(w, words, provider, margins)}
	r.card = true
	r.kit.Key = func(k *fyne.KeyEvent) {
		_ = page.Along(page.Stops(r.column), k, fyne.KeyUp, fyne.KeyDown) || w.Typed(k)
	}
	return r
}

// margins are those of a page that is read.
func margins(float32) page.Margins {
	return page.Margins{Most: 820, Side: look.Gutter, Above: look.Gap, Below: look.Gutter}
}

// Content is the page.
func (r *Room) Content() fyne.CanvasObject {
	if !r.drawn() {
		r.show(r.to)
	}
	return r.scroll
}

// Title says what is open.
func (r *Room) Title() room.Title {
	say := r.words.Catalog()
	kind := say.Text("lookup.place." + r.page.Kind)
	return room.Title{Name: kind, Short: kind, Rail: say.Text("lookup.rail")}
}

// Commands turn the page.
func (r *Room) Commands() []room.Command {
	var table []room.Command
	for _, kind := range lookup.Kinds() {
		table = append(table, room.Command{
			ID: "lookup." + kind, Menu: room.MenuGo, Words: r.words.Catalog().Text("lookup.place." + kind), On: r.page.Kind == kind,
			Do: func() { r.window.Go(address.At(kind)) },
		})
	}
	return append(table, room.Turning("leaf.turn", r.words.Catalog().Text("home.turn"), r.scroll)...)
}

// Rail lists what can be looked up.
func (r *Room) Rail() []room.Section {
	say := r.words.Catalog()
	section := room.Section{Title: say.Text("lookup.rail")}
	for _, kind := range lookup.Kinds() {
		words := say.Text("lookup.place." + kind)
		section.Rows = append(section.Rows, room.Row{
			Label: words, Sign: string([]rune(words)[:1]), Here: r.page.Kind == kind, Do: func() { r.window.Go(address.At(kind)) },
		})
	}
	return []room.Section{section}
}

// Strip is empty: a page is as it is.
func (r *Room) Strip() []room.Chip { return nil }

// State is what is open.
func (r *Room) State() any {
	return struct {
		Page string `json:"page"`
	}{r.title()}
}

// Address is that of the page.
func (r *Room) Address() address.Address { return r.to }

// Go opens what is nearest to an address. To come back by the bar finds the page that was open.
func (r *Room) Go(to address.Address) { r.show(to) }

// Open has nothing to wait for.
func (r *Room) Open(ready func()) { ready() }

// Tell says the page in another voice, or another language.
func (r *Room) Tell(m room.Manner) { r.tell(m) }

// Remember has nothing to keep.
func (r *Room) Remember() {}

// Close ends nothing.
func (r *Room) Close() error { return nil }

// Named says in words what an address leads to.
func Named(m room.Manner, to address.Address) string {
	say := m.Words.Catalog()
	kind := to.Place
	if !slices.Contains(lookup.Kinds(), kind) {
		kind = Place
	}
	place := say.Text("lookup.place." + kind)
	if len(to.Path) == 0 {
		return place
	}
	name := to.Part(len(to.Path) - 1)
	if t, ok := m.Words.Glossary().Term(name); ok && kind == search.PlaceGlossary {
		name = t.Title
	}
	return place + ": " + name
}
