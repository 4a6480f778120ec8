// Package lookup is everything that can be looked up, as pages: the terms of the
// glossary, the names on the wire, the rules, and the sections of the standards.
//
// A [Page] says what something means, leads to what it has to do with, both ways,
// and to the steps at which it can be seen. Its addresses are those of package
// search. The package draws nothing and walks nothing: at which step a name
// crosses is a table that a test writes from the runs.
package lookup

import (
	_ "embed" // the table
	"encoding/json"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/search"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

//go:embed seen.json
var seen []byte

// Table is what the runs tell of names and rules.
type Table struct {
	Seen  map[string][]string // "parameter code" to the steps at which it crosses: "refresh-token/callback"
	Rules map[string]Rule     // by id
}

// Rule is where a rule rests.
type Rule struct {
	Spec  string
	Error string `json:",omitempty"` // code that breaking it leads to
}

// Page is what is said of one thing.
type Page struct {
	Kind  string // the place that it is of, see [Kinds]
	Title string
	Texts []Text
	Links []Links
	To    address.Address // its own
}

// Text is a paragraph of a page, with the id of the heading over it; "" for none.
type Text struct {
	Head  string
	Words string // in the Markdown of package markup
}

// Links are what a page leads to, with the id of the heading over them.
type Links struct {
	Head string
	Rows []Link
}

// Link leads somewhere.
type Link struct {
	Words string
	Note  string
	To    address.Address
}

// Kinds are the places that hold pages.
func Kinds() []string {
	return []string{search.PlaceGlossary, search.PlaceDictionary, search.PlaceRules, search.PlaceStandards}
}

// Headings of texts and links.
const (
	HeadExact    = "exact"
	HeadID       = "id"
	HeadProtects = "protects"
	HeadAsked    = "asked"
	HeadMixUps   = "mix-ups"
	HeadLikeness = "likeness"
	HeadBroken   = "broken" // what a run is told that broke the rule
	HeadStandard = "standard"
	HeadSeen     = "seen"
	HeadTerms    = "terms"
	HeadNames    = "names"
	HeadRules    = "rules"
	HeadSections = "sections"
	HeadAll      = "all"
)

// Book is all pages in one language.
type Book struct {
	words     *tutorials.Library
	standards tutorials.Standards
	table     Table
	titles    map[string]string // of flows
}

// Open reads what pages are made of. What is built in was read by a test.
func Open(words *tutorials.Library) *Book {
	b := &Book{words: words}
	b.standards, _ = tutorials.ReadStandards()
	_ = json.Unmarshal(seen, &b.table)
	return b
}

// Page returns the page of an address. Where there is none, the nearest one is
// returned, and missing is the name that is not there.
func (b *Book) Page(to address.Address, n tutorials.Narrator) (p Page, missing string) {
	if len(to.Path) == 0 {
		return b.list(to.Place), ""
	}
	typed := to.Path[len(to.Path)-1]
	switch to.Place {
	case search.PlaceGlossary:
		return b.nearest(to, typed, b.termIDs(), func(id string) Page { return b.term(id, n) })
	case search.PlaceRules:
		return b.nearest(to, typed, b.words.Rules().IDs(), func(id string) Page { return b.rule(id, n) })
	case search.PlaceStandards:
		return b.standard(to)
	}
	return b.name(to, n)
}

func (b *Book) nearest(to address.Address, typed string, names []string, open func(string) Page) (Page, string) {
	id, ok := address.Nearest(typed, names)
	switch {
	case !ok:
		return b.list(to.Place), typed
	case id != typed:
		return open(id), typed
	}
	return open(id), ""
}

func (b *Book) termIDs() []string {
	var ids []string
	for _, t := range b.words.Glossary().Terms() {
		ids = append(ids, t.ID)
	}
	return ids
}

// term is a word of the glossary.
func (b *Book) term(id string, n tutorials.Narrator) Page {
	t, _ := b.words.Glossary().Term(id)
	p := Page{Kind: search.PlaceGlossary, Title: t.Title, To: address.At(search.PlaceGlossary, id)}
	p.say("", t.Plain)
	p.say(HeadExact, t.Exact)
	p.say(HeadLikeness, t.Likeness[n.Lens])
	head := HeadAsked
	for _, a := range b.words.FAQ().About(id) {
		p.say(head, "**"+a.Question+"** "+a.Answer[n.Voice])
		head = ""
	}
	p.link(HeadMixUps, b.mixUps(id, n)...)
	p.link(HeadStandard, b.section(t.Spec)...)
	var at []Link
	for _, flow := range b.flows() {
		for _, step := range b.words.Flows().Steps(flow) {
			if slices.ContainsFunc(b.words.Flows().Trade(flow, step), func(t tutorials.Term) bool { return t.ID == id }) {
				at = append(at, b.step(flow, step, n))
			}
		}
	}
	p.link(HeadSeen, at[:min(len(at), most)]...)
	var terms, names []Link
	for _, other := range b.words.Glossary().Terms() {
		if other.ID != id && mentions(other.Plain+other.Exact, id) {
			terms = append(terms, Link{Words: other.Title, To: address.At(search.PlaceGlossary, other.ID)})
		}
	}
	for _, e := range b.words.Dictionary().Entries() {
		if mentions(e.Plain+e.Exact+e.Protects, id) {
			names = append(names, b.entry(e))
		}
	}
	p.link(HeadTerms, terms...)
	p.link(HeadNames, names...)
	return p
}

// most is how many steps are listed of each: nobody looks at them all.
const most = 8

func mentions(text, term string) bool { return strings.Contains(text, "(glossary:"+term+")") }

func (b *Book) entry(e tutorials.Entry) Link {
	return Link{
		Words: e.Name, Note: b.words.Catalog().Text("lookup.kind." + e.Kind), To: address.At(search.PlaceDictionary, e.Kind, e.Name),
	}
}

// name is a parameter, header, claim or member.
func (b *Book) name(to address.Address, n tutorials.Narrator) (Page, string) {
	kind, typed := to.Part(0), to.Part(len(to.Path)-1)
	var all []string
	for _, e := range b.words.Dictionary().Entries() {
		if len(to.Path) == 1 || e.Kind == kind {
			all = append(all, e.Name)
		}
	}
	name, ok := address.Nearest(typed, all)
	if !ok {
		return b.list(to.Place), typed
	}
	missing := ""
	if name != typed {
		missing = typed
	}
	for _, e := range b.words.Dictionary().Entries() {
		if e.Name != name || len(to.Path) > 1 && e.Kind != kind {
			continue
		}
		p := Page{Kind: search.PlaceDictionary, Title: e.Name, To: address.At(search.PlaceDictionary, e.Kind, e.Name)}
		p.say("", e.Plain)
		p.say(HeadExact, e.Exact)
		p.say(HeadProtects, e.Protects)
		p.link(HeadMixUps, b.mixUps(name, n)...)
		p.link(HeadStandard, b.section(e.Spec)...)
		p.link(HeadSeen, b.steps(e.Kind+" "+e.Name, n)...)
		return p, missing
	}
	return b.list(to.Place), typed
}

// rule is a rule that somebody holds a message to.
func (b *Book) rule(id string, n tutorials.Narrator) Page {
	rests := b.table.Rules[id]
	demanded, _ := b.words.Demanded(id)
	plain, _ := b.words.Rules().Text(id, tutorials.Everyone)
	company, _ := b.words.Rules().Text(id, tutorials.Executive)
	if n.Voice == tutorials.Executive && company != "" {
		plain = company
	}
	p := Page{Kind: search.PlaceRules, Title: markup.Plain(plain), To: address.At(search.PlaceRules, id)}
	p.say(HeadExact, markup.Escape(demanded))
	p.say(HeadID, "`"+id+"`")
	refusal, _ := b.words.Refusals().Text(id, n.Voice)
	p.say(HeadBroken, refusal)
	p.link(HeadStandard, b.section(rests.Spec)...)
	p.link(HeadSeen, b.steps("rule "+id, n)...)
	return p
}

func (p *Page) say(head, words string) {
	if words != "" {
		p.Texts = append(p.Texts, Text{head, words})
	}
}

func (p *Page) link(head string, rows ...Link) {
	if len(rows) > 0 {
		p.Links = append(p.Links, Links{head, rows})
	}
}

// mixUps are what people take for something else who look a word up.
func (b *Book) mixUps(name string, n tutorials.Narrator) []Link {
	var all []Link
	for _, m := range b.words.MixUps().About(name) {
		all = append(all, Link{Words: m.Title, Note: m.Told[n.Voice].Title, To: address.At(search.PlaceMixUp, m.ID)})
	}
	return all
}

// steps are those at which a name or a rule is seen.
func (b *Book) steps(key string, n tutorials.Narrator) []Link {
	var at []Link
	for _, place := range b.table.Seen[key] {
		flow, step, _ := strings.Cut(place, "/")
		at = append(at, b.step(flow, step, n))
	}
	return at
}

// step leads to a step of a walk.
func (b *Book) step(flow, step string, n tutorials.Narrator) Link {
	n.Flow = flow
	return Link{Words: markup.Plain(n.Step(step).Title), Note: b.titleOf(flow), To: address.At(address.PlaceWalk, flow, step)}
}
