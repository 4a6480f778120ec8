package tutorials

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// Term is one word of the glossary.
type Term struct {
	ID       string            // "authorization-code", as in [the code](glossary:authorization-code)
	Title    string            // "Authorization code"
	Plain    string            // for everyone
	Exact    string            // for developers
	Spec     string            // "RFC 6749 §1.3.1"
	Likeness map[string]string // by lens id
}

// Kinds lists the kinds of dictionary entries.
func Kinds() []string { return []string{"parameter", "header", "claim", "member"} }

// readTOML decodes one file strictly: a key that the table does not have is an
// error. It returns the names of the tables at the given depth in file order.
func readTOML(fsys fs.FS, file string, into any, depth int) ([]toml.Key, error) {
	src, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("read the words: %w", err)
	}
	md, err := toml.Decode(string(src), into)
	if err != nil {
		return nil, tomlError(file, 1, err)
	}
	if extra := md.Undecoded(); len(extra) > 0 {
		return nil, unknownKey(file, 1, string(src), "", extra[0].String(), "")
	}
	var order []toml.Key
	for _, k := range md.Keys() {
		if len(k) == depth {
			order = append(order, k)
		}
	}
	return order, nil
}

// tomlError names the file and the line. first is the line of the file at which the TOML starts.
func tomlError(file string, first int, err error) error {
	var parse toml.ParseError
	if errors.As(err, &parse) {
		return fmt.Errorf("%s:%d: %s", file, parse.Position.Line+max(first, 1)-1, parse.Message)
	}
	return fmt.Errorf("%s: %w", file, err)
}

type lensFile struct {
	Title     string               `toml:"title"`
	Order     int                  `toml:"order"`
	Roles     map[string]roleWords `toml:"roles"`
	Artefacts map[string]string    `toml:"artefacts"`
}

type roleWords struct {
	Name   string `toml:"name"`
	Phrase string `toml:"phrase"`
	Also   string `toml:"also"`
	Plain  string `toml:"plain"`
}

// readLenses reads every lens of a language, protocol first.
func readLenses(fsys fs.FS, dir string) ([]Lens, error) {
	files, err := fs.Glob(fsys, dir+"/*.toml")
	if err != nil {
		return nil, fmt.Errorf("list the lenses: %w", err)
	}
	order := map[string]int{}
	lenses := make([]Lens, 0, len(files))
	for _, file := range files {
		var f lensFile
		if _, err := readTOML(fsys, file, &f, 1); err != nil {
			return nil, err
		}
		l := Lens{ID: baseName(file), Title: f.Title, Roles: map[string]RoleName{}, Artefacts: f.Artefacts}
		for id, r := range f.Roles {
			l.Roles[id] = RoleName(r)
		}
		if err := l.check(file); err != nil {
			return nil, err
		}
		order[l.ID] = f.Order
		lenses = append(lenses, l)
	}
	slices.SortFunc(lenses, func(a, b Lens) int { return order[a.ID] - order[b.ID] })
	if len(lenses) == 0 || lenses[0].ID != ProtocolLens {
		return nil, fmt.Errorf("%s: the lens %q must be there and come first", dir, ProtocolLens)
	}
	return lenses, nil
}

// check reports a party or an artefact without a name.
func (l *Lens) check(file string) error {
	if l.Title == "" {
		return fmt.Errorf("%s: title is missing", file)
	}
	for _, id := range []string{
		"resource-owner", "user-agent", "client", "other-client", "authorization-server", "resource-server", "attacker",
	} {
		if r := l.Roles[id]; r.Name == "" || r.Phrase == "" || r.Also == "" {
			return fmt.Errorf("%s: roles.%s needs name, phrase and also", file, id)
		}
	}
	for _, id := range []string{"code", "access-token", "id-token", "refresh-token", "secret"} {
		if l.Artefacts[id] == "" {
			return fmt.Errorf("%s: artefacts.%s is missing", file, id)
		}
	}
	return nil
}

// entryWords is an entry of the dictionary, and what its name means at other places.
type entryWords struct {
	Plain    string                `toml:"plain"`
	Exact    string                `toml:"exact"`
	Protects string                `toml:"protects"`
	Spec     string                `toml:"spec"`
	At       map[string]entryWords `toml:"at"`
}

// entry checks the words and returns them under a name.
func (w entryWords) entry(kind, name string) (Entry, error) {
	e := Entry{Kind: kind, Name: name, Plain: w.Plain, Exact: w.Exact, Protects: w.Protects, Spec: w.Spec, at: map[string]Entry{}}
	if w.Plain == "" || w.Exact == "" {
		return e, errors.New("plain and exact are both needed")
	}
	for place, there := range w.At {
		var err error
		if e.at[place], err = there.entry(kind, name); err != nil {
			return e, fmt.Errorf("at %s: %w", place, err)
		}
	}
	return e, checkSpec(w.Spec)
}

// dictionary is what names mean, in file order.
type dictionary struct {
	entries []Entry
	at      map[[2]string]int // by kind and name; headers in lower case
}

func readDictionary(fsys fs.FS, file string) (d dictionary, err error) {
	var tables map[string]map[string]entryWords
	order, err := readTOML(fsys, file, &tables, 2)
	if err != nil {
		return d, err
	}
	d = dictionary{make([]Entry, 0, len(order)), make(map[[2]string]int, len(order))}
	for _, key := range order {
		kind, name := key[0], key[1]
		if !slices.Contains(Kinds(), kind) {
			return d, inTable(fsys, file, key.String(), fmt.Errorf("%q is none of %s", kind, strings.Join(Kinds(), ", ")))
		}
		e, err := tables[kind][name].entry(kind, name)
		if err != nil {
			return d, inTable(fsys, file, key.String(), err)
		}
		d.at[entryKey(kind, name)] = len(d.entries)
		d.entries = append(d.entries, e)
	}
	return d, nil
}

// glossary is the terms in file order.
type glossary struct {
	terms []Term
	at    map[string]int // by id
}

func readGlossary(fsys fs.FS, file string, lenses []Lens) (g glossary, err error) {
	type term struct {
		Title    string            `toml:"title"`
		Plain    string            `toml:"plain"`
		Exact    string            `toml:"exact"`
		Spec     string            `toml:"spec"`
		Likeness map[string]string `toml:"likeness"`
	}
	var tables map[string]term
	order, err := readTOML(fsys, file, &tables, 1)
	if err != nil {
		return g, err
	}
	g = glossary{make([]Term, 0, len(order)), make(map[string]int, len(order))}
	for _, key := range order {
		t := tables[key[0]]
		if t.Title == "" || t.Plain == "" || t.Exact == "" {
			return g, inTable(fsys, file, key.String(), errors.New("title, plain and exact are all needed"))
		}
		if err := checkSpec(t.Spec); err != nil {
			return g, inTable(fsys, file, key.String(), err)
		}
		for _, lens := range lenses {
			if t.Likeness[lens.ID] == "" {
				return g, inTable(fsys, file, key.String(), fmt.Errorf("likeness.%s is missing", lens.ID))
			}
		}
		g.at[key[0]] = len(g.terms)
		g.terms = append(g.terms, Term{ID: key[0], Title: t.Title, Plain: t.Plain, Exact: t.Exact, Spec: t.Spec, Likeness: t.Likeness})
	}
	return g, nil
}
