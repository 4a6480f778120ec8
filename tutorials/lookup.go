package tutorials

import (
	"maps"
	"slices"
	"strings"
)

// What is looked up: names on the wire, and words of the trade.

// Dictionary explains parameters, headers, claims and members.
type Dictionary struct{ read part[dictionary] }

// Glossary explains the words of the trade.
type Glossary struct{ read part[glossary] }

// Entry explains a parameter, header, claim or member. Header names are
// compared without case. Where an answer is a JSON document, its members and
// the claims of a token are close relatives: if there is no entry of the one
// kind, the other's is returned. An entry of the name "allow_*" is about every
// name that begins with "allow_" and has none of its own.
func (d *Dictionary) Entry(kind, name string) (Entry, bool) { return d.entryOf(kind, name) }

// EntryAt explains a name where it stands: at is the last part of the path to
// which the request went, such as "token". Most names mean the same everywhere.
func (d *Dictionary) EntryAt(kind, name, at string) (Entry, bool) {
	e, ok := d.entryOf(kind, name)
	if there, other := e.at[at]; other {
		return there, true
	}
	return e, ok
}

func (d *Dictionary) entryOf(kind, name string) (Entry, bool) {
	read := d.read.say()
	for _, k := range []string{kind, relative(kind)} {
		if i, ok := read.at[entryKey(k, name)]; ok {
			return read.entries[i], true
		}
		if first, _, parts := strings.Cut(name, "_"); parts {
			if i, ok := read.at[entryKey(k, first+"_*")]; ok {
				return read.entries[i], true
			}
		}
	}
	return Entry{}, false
}

func relative(kind string) string {
	switch kind {
	case "claim":
		return "member"
	case "member":
		return "claim"
	}
	return kind
}

func entryKey(kind, name string) [2]string {
	if kind == "header" {
		name = strings.ToLower(name)
	}
	return [2]string{kind, name}
}

// Entries returns the whole dictionary in file order.
func (d *Dictionary) Entries() []Entry { return slices.Clone(d.read.say().entries) }

// Term returns a word of the glossary.
func (g *Glossary) Term(id string) (Term, bool) {
	read := g.read.say()
	i, ok := read.at[id]
	if !ok {
		return Term{}, false
	}
	return read.terms[i], true
}

// Terms returns the whole glossary in file order.
func (g *Glossary) Terms() []Term { return slices.Clone(g.read.say().terms) }

func (d *Dictionary) texts() []text {
	var out []text
	for _, e := range d.read.say().entries {
		out = append(out, e.texts("dictionary.toml, "+e.Kind+" "+e.Name)...)
	}
	return out
}

func (g *Glossary) texts() []text {
	var out []text
	for _, t := range g.read.say().terms {
		place := "glossary.toml, " + t.ID
		out = append(out,
			text{place: place + ", title", kind: "name", body: t.Title},
			text{place: place + ", plain", kind: "body", voice: Everyone, body: t.Plain},
			text{place: place + ", exact", kind: "body", voice: Developer, body: t.Exact})
		for _, lens := range slices.Sorted(maps.Keys(t.Likeness)) {
			out = append(out, text{place: place + ", likeness." + lens, kind: "body", voice: Everyone, body: t.Likeness[lens]})
		}
	}
	return out
}
