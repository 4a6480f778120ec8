// Package lookup is the room in which something is looked up: a term, a name on
// the wire, a rule, a section of a standard, each a page of one reading view.
//
// [Room] draws a page of package flows/lookup and asks the window to go where a
// link leads. It knows neither the window nor any other room.
package lookup

import (
	"net/url"
	"slices"
	"strings"

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
	window   room.Window
	words    *tutorials.Library
	narrator tutorials.Narrator
	provider string
	book     *lookup.Book // read when somebody looks something up
	to       address.Address
	page     lookup.Page
	sheet    *page.Column
	scroll   *page.Scroll
	kit      *page.Kit
}

var _ room.Room = (*Room)(nil)

// New returns the room at its first page.
func New(w room.Window, words *tutorials.Library, provider string) *Room {
	r := &Room{window: w, words: words, provider: provider, to: address.At(Place), sheet: page.NewColumn(), kit: page.NewKit()}
	r.kit.Key = func(k *fyne.KeyEvent) { _ = page.Along(page.Stops(r.sheet), k, fyne.KeyUp, fyne.KeyDown) || w.Typed(k) }
	r.kit.Link = r.follow
	r.kit.Copy = w.Copy
	r.scroll = page.NewScroll(page.NewNarrow(r.sheet, margins))
	r.kit.Reveal = r.scroll.Reveal
	return r
}

// margins are those of a page that is read.
func margins(float32) page.Margins {
	return page.Margins{Most: 820, Side: look.Gutter, Above: look.Gap, Below: look.Gutter}
}

// Content is the page.
func (r *Room) Content() fyne.CanvasObject {
	if r.page.Title == "" && r.page.Links == nil {
		r.show(r.to)
	}
	return r.scroll
}

// show opens a page, and says so where it is another one than was asked for.
func (r *Room) show(to address.Address) {
	if r.book == nil {
		r.book = lookup.Open(r.words)
	}
	p, missing := r.book.Page(to, r.narrator)
	r.page, r.to = p, p.To
	r.draw()
	r.scroll.Rewind()
	r.scroll.Refresh()
	if missing != "" {
		r.window.Say(r.words.Catalog().Text("lookup.missing", "typed", missing, "page", r.title()))
	}
}

func (r *Room) title() string {
	if r.page.Title != "" {
		return r.page.Title
	}
	return r.words.Catalog().Text("lookup.place." + r.page.Kind)
}

// follow goes where a link of the words leads.
func (r *Room) follow(link string) {
	kind, what, _ := strings.Cut(link, ":")
	switch kind {
	case "glossary":
		r.window.Go(address.At(search.PlaceGlossary, what))
	case "at":
		if to, err := address.Parse(what); err == nil {
			r.window.Go(to)
		}
	case "copy":
		r.window.Copy(what)
		r.window.Say(r.words.Catalog().Text("lookup.copied"))
	}
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
func (r *Room) Tell(m room.Manner) {
	if m.Words != nil && m.Words != r.words {
		r.words, r.book = m.Words, nil
	}
	r.narrator = tutorials.Narrator{Words: r.words, Voice: m.Voice, Lens: m.Lens, Provider: r.provider}
	if r.page.Links != nil {
		r.show(r.to)
	}
}

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
	if t, ok := m.Words.Term(name); ok && kind == search.PlaceGlossary {
		name = t.Title
	}
	return place + ": " + name
}

// draw lays the page out anew.
func (r *Room) draw() {
	say := r.words.Catalog()
	c := r.sheet.Clear().Style(look.Card, look.Edge, 28, look.Radius)
	c.Add(0, r.text(page.Plain(r.title(), page.Face{Size: look.Title + 4, Bold: true}, look.Ink)))
	size := look.Body + 1
	for _, t := range r.page.Texts {
		before := float32(14)
		if t.Head != "" {
			c.Add(18, r.text(page.Plain(say.Text("lookup.head."+t.Head), page.Face{Size: look.Small, Bold: true}, look.InkSoft)))
			before = 4
		}
		c.Add(before, r.text(page.Prose(t.Words, size, look.Ink)...))
	}
	for _, l := range r.page.Links {
		c.Add(20, r.text(page.Plain(say.Text("lookup.head."+l.Head), page.Face{Size: look.Small, Bold: true}, look.InkSoft)))
		for _, row := range l.Rows {
			c.Add(6, r.text(r.row(row)))
		}
	}
	if read := outside(r.page.To); read != "" {
		c.Add(20, r.text(page.Plain(say.Text("lookup.head.outside"), page.Face{Size: look.Small, Bold: true}, look.InkSoft)))
		c.Add(6, r.text(page.Paragraph{Runs: []page.Run{
			{Text: read, Ink: look.OnBand, Face: page.Face{Size: look.Body}, Link: "copy:" + read},
			{Text: "  " + say.Text("lookup.copy"), Ink: look.InkSoft, Face: page.Face{Size: look.Small}},
		}}))
	}
}

func (r *Room) text(paras ...page.Paragraph) *page.Text {
	t := page.NewText(r.kit)
	t.Set(paras...)
	return t
}

// row is a link with its note.
func (r *Room) row(l lookup.Link) page.Paragraph {
	p := page.Paragraph{Runs: []page.Run{
		{Text: l.Words, Ink: look.OnBand, Face: page.Face{Size: look.Body}, Link: "at:" + l.To.String()},
	}}
	if l.Note != "" {
		p.Runs = append(p.Runs, page.Run{Text: "  " + l.Note, Ink: look.InkSoft, Face: page.Face{Size: look.Small}})
	}
	return p
}

// outside is where a section of an RFC can be read; nothing is opened, only copied.
func outside(to address.Address) string {
	number, ok := strings.CutPrefix(to.Part(0), "rfc")
	if to.Place != search.PlaceStandards || !ok {
		return ""
	}
	u := url.URL{Scheme: "https", Host: "www.rfc-editor.org", Path: "/rfc/rfc" + number}
	switch section := to.Part(1); {
	case section == "":
	case section[0] >= 'A' && section[0] <= 'Z':
		u.Fragment = "appendix-" + section
	default:
		u.Fragment = "section-" + section
	}
	return u.String()
}
