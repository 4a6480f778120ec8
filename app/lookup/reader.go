package lookup

import (
	"strings"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/lookup"
	"github.com/grantwalk/grantwalk/flows/search"
	"github.com/grantwalk/grantwalk/tutorials"
)

// reader shows one page at a time. It is the one view in which pages are read:
// in the room, and in the sheet beside another room.
type reader struct {
	window   room.Window
	words    *tutorials.Library
	narrator tutorials.Narrator
	provider string
	open     func(to address.Address) // where a link of the page leads
	book     *lookup.Book             // read when somebody looks something up
	to       address.Address
	page     lookup.Page
	column   *page.Column
	scroll   *page.Scroll
	kit      *page.Kit
	card     bool    // the page is a card on the ground
	size     float32 // of the words
}

func newReader(w room.Window, words *tutorials.Library, provider string, margins func(float32) page.Margins) *reader {
	r := &reader{window: w, words: words, provider: provider, to: address.At(Place), column: page.NewColumn(), kit: page.NewKit()}
	r.open, r.size = w.Go, look.Body+1
	r.kit.Link, r.kit.Copy = r.follow, w.Copy
	r.scroll = page.NewScroll(page.NewNarrow(r.column, margins))
	r.kit.Reveal = r.scroll.Reveal
	return r
}

// drawn reports whether a page was shown yet.
func (r *reader) drawn() bool { return r.page.Title != "" || r.page.Links != nil }

// show opens a page, and says so where it is another one than was asked for.
func (r *reader) show(to address.Address) {
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

// tell says the page in another voice, or another language.
func (r *reader) tell(m room.Manner) {
	if m.Words != nil && m.Words != r.words {
		r.words, r.book = m.Words, nil
	}
	r.narrator = tutorials.Narrator{Words: r.words, Voice: m.Voice, Lens: m.Lens, Provider: r.provider}
	if r.drawn() {
		r.show(r.to)
	}
}

func (r *reader) title() string {
	if r.page.Title != "" {
		return r.page.Title
	}
	return r.words.Catalog().Text("lookup.place." + r.page.Kind)
}

// follow goes where a link of the words leads.
func (r *reader) follow(link string) {
	kind, what, _ := strings.Cut(link, ":")
	switch kind {
	case "glossary":
		r.open(address.At(search.PlaceGlossary, what))
	case "at":
		if to, err := address.Parse(what); err == nil {
			r.open(to)
		}
	case "copy":
		r.window.Copy(what)
		r.window.Say(r.words.Catalog().Text("lookup.copied"))
	}
}

// draw lays the page out anew.
func (r *reader) draw() {
	say := r.words.Catalog()
	c := r.column.Clear()
	if r.card {
		c.Style(look.Card, look.Edge, 28, look.Radius)
	}
	c.Add(0, r.text(page.Plain(r.title(), page.Face{Size: look.Title + 4, Bold: true}, look.Ink)))
	for _, t := range r.page.Texts {
		before := float32(14)
		if t.Head != "" {
			c.Add(18, r.text(page.Plain(say.Text("lookup.head."+t.Head), page.Face{Size: look.Small, Bold: true}, look.InkSoft)))
			before = 4
		}
		c.Add(before, r.text(page.Prose(t.Words, r.size, look.Ink)...))
	}
	for _, l := range r.page.Links {
		c.Add(20, r.text(page.Plain(say.Text("lookup.head."+l.Head), page.Face{Size: look.Small, Bold: true}, look.InkSoft)))
		for _, row := range l.Rows {
			c.Add(6, r.text(r.row(row)))
		}
	}
	if read := outside(r.page.To); read != "" {
		c.Add(20, r.text(page.Plain(say.Text("lookup.head.outside"), page.Face{Size: look.Small, Bold: true}, look.InkSoft)))
		c.Add(6, r.text(page.Paragraph{Spans: []page.Span{
			{Text: read, Ink: look.OnBand, Face: page.Face{Size: look.Body}, Link: "copy:" + read},
			{Text: "  " + say.Text("lookup.copy"), Ink: look.InkSoft, Face: page.Face{Size: look.Small}},
		}}))
	}
}

func (r *reader) text(paras ...page.Paragraph) *page.Text {
	t := page.NewText(r.kit)
	t.Set(paras...)
	return t
}

// row is a link with its note.
func (r *reader) row(l lookup.Link) page.Paragraph {
	p := page.Paragraph{Spans: []page.Span{
		{Text: l.Words, Ink: look.OnBand, Face: page.Face{Size: look.Body}, Link: "at:" + l.To.String()},
	}}
	if l.Note != "" {
		p.Spans = append(p.Spans, page.Span{Text: "  " + l.Note, Ink: look.InkSoft, Face: page.Face{Size: look.Small}})
	}
	return p
}
