package lookup

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/search"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// flows are the ids of all flows.
func (b *Book) flows() []string {
	var ids []string
	for _, f := range flows.All() {
		ids = append(ids, f.ID)
	}
	return ids
}

func (b *Book) titleOf(flow string) string {
	if b.titles == nil {
		b.titles = map[string]string{}
		for _, id := range b.flows() {
			if about, ok := b.words.Flows().Flow(id); ok {
				b.titles[id] = about.Title
			}
		}
	}
	return cmp.Or(b.titles[flow], flow)
}

// section leads to the section that "RFC 7636 §4.6" names, if there is one.
func (b *Book) section(spec string) []Link {
	doc, number := address.Section(spec)
	heading, ok := b.standards.Heading(doc, number)
	if !ok {
		return nil
	}
	return []Link{{Words: spec, Note: heading, To: address.OfSection(spec)}}
}

// standard is a section of a standard, with all that rests on it; without a
// section, or with one that is not there, the standard with its sections.
func (b *Book) standard(to address.Address) (Page, string) {
	names := map[string]string{}
	for doc := range b.standards {
		names[address.Document(doc)] = doc
	}
	id, ok := address.Nearest(to.Part(0), slices.Sorted(maps.Keys(names)))
	if !ok {
		return b.list(to.Place), to.Part(0)
	}
	missing := ""
	if id != to.Part(0) {
		missing = to.Part(0)
	}
	doc, number := names[id], to.Part(1)
	if _, ok := b.standards.Heading(doc, number); !ok {
		return b.document(doc), cmp.Or(number, missing)
	}
	return b.sectionPage(doc, number), missing
}

// document lists the sections of a standard.
func (b *Book) document(doc string) Page {
	p := Page{Kind: search.PlaceStandards, Title: doc, To: address.At(search.PlaceStandards, address.Document(doc))}
	var rows []Link
	for _, number := range slices.SortedFunc(maps.Keys(b.standards[doc]), byNumber) {
		rows = append(rows, Link{
			Words: "§" + number, Note: b.standards[doc][number], To: address.At(search.PlaceStandards, address.Document(doc), number),
		})
	}
	p.link(HeadSections, rows...)
	return p
}

func (b *Book) sectionPage(doc, number string) Page {
	p := Page{
		Kind: search.PlaceStandards, Title: doc + " §" + number + " " + b.standards[doc][number],
		To: address.At(search.PlaceStandards, address.Document(doc), number),
	}
	rests := func(spec string) bool { d, n := address.Section(spec); return d == doc && n == number }
	var rules, terms, names []Link
	for _, id := range b.words.Rules().IDs() {
		if rests(b.table.Rules[id].Spec) {
			plain, _ := b.words.Rules().Text(id, tutorials.Everyone)
			rules = append(rules, Link{Words: markup.Plain(plain), Note: id, To: address.At(search.PlaceRules, id)})
		}
	}
	for _, t := range b.words.Glossary().Terms() {
		if rests(t.Spec) {
			terms = append(terms, Link{Words: t.Title, To: address.At(search.PlaceGlossary, t.ID)})
		}
	}
	for _, e := range b.words.Dictionary().Entries() {
		if rests(e.Spec) {
			names = append(names, b.entry(e))
		}
	}
	p.link(HeadRules, rules...)
	p.link(HeadTerms, terms...)
	p.link(HeadNames, names...)
	p.link(HeadSections, Link{Words: doc, To: address.At(search.PlaceStandards, address.Document(doc))})
	return p
}

// byNumber sorts 4.9 before 4.10, and appendices last.
func byNumber(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		m, errM := strconv.Atoi(x[i])
		n, errN := strconv.Atoi(y[i])
		if errM != nil || errN != nil {
			if c := strings.Compare(x[i], y[i]); c != 0 {
				return c
			}
			continue
		}
		if m != n {
			return m - n
		}
	}
	return len(x) - len(y)
}

// list is all pages of one kind.
func (b *Book) list(kind string) Page {
	p := Page{Kind: kind, To: address.At(kind)}
	var rows []Link
	switch kind {
	case search.PlaceGlossary:
		for _, t := range b.words.Glossary().Terms() {
			sentence, _, _ := strings.Cut(markup.Plain(t.Plain), ". ")
			rows = append(rows, Link{Words: t.Title, Note: strings.TrimSuffix(sentence, ".") + ".", To: address.At(kind, t.ID)})
		}
		slices.SortFunc(rows, func(x, y Link) int { return strings.Compare(strings.ToLower(x.Words), strings.ToLower(y.Words)) })
	case search.PlaceRules:
		for _, id := range b.words.Rules().IDs() {
			plain, _ := b.words.Rules().Text(id, tutorials.Everyone)
			rows = append(rows, Link{Words: markup.Plain(plain), Note: id, To: address.At(kind, id)})
		}
	case search.PlaceStandards:
		for _, doc := range slices.SortedFunc(maps.Keys(b.standards), func(x, y string) int {
			return cmp.Or(len(x)-len(y), strings.Compare(x, y))
		}) {
			rows = append(rows, Link{Words: doc, Note: strconv.Itoa(len(b.standards[doc])) + " §", To: address.At(kind, address.Document(doc))})
		}
	default:
		for _, e := range b.words.Dictionary().Entries() {
			rows = append(rows, b.entry(e))
		}
	}
	p.link(HeadAll, rows...)
	return p
}
