package tutorials

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Cause is why a login fails, in words.
type Cause struct {
	ID       string
	Title    map[Voice]string
	Happened map[Voice]string
	Why      []string // why it usually happens, the most frequent first; for developers
	Cure     string   // what helps in every stack; for developers
	Cures    string   // the id of the table with a line for each stack; may be empty
}

// Stacks lists what an app can be built with, as cures.toml and the command name it.
func Stacks() []string { return []string{"spring", "dotnet", "node", "go", "python", "spa", "appauth"} }

// causes are the words of every cause, and of the cures of each stack.
type causes struct {
	order []string
	cause map[string]Cause
	cures map[string]map[string]string // by id and stack
	used  []string                     // ids of cures, in file order

	like      map[string]string            // of a cause, the one that it takes words from
	providers map[string]map[string]string // what to change at a provider, by cause and provider
}

// causeWords is a table of a file.
type causeWords struct {
	Like      string   `toml:"like"`
	Title     string   `toml:"title"`
	Plain     string   `toml:"plain"`
	Everyone  string   `toml:"everyone"`
	Executive string   `toml:"executive"`
	Developer string   `toml:"developer"`
	Why       []string `toml:"why"`
	Cure      string   `toml:"cure"`
	Cures     string   `toml:"cures"`
}

// over takes from another what is missing.
func (w causeWords) over(other causeWords) causeWords {
	for _, pair := range [][2]*string{
		{&w.Plain, &other.Plain}, {&w.Everyone, &other.Everyone}, {&w.Executive, &other.Executive}, {&w.Cure, &other.Cure}, {
			&w.Cures,
			&other.Cures,
		},
	} {
		if *pair[0] == "" {
			*pair[0] = *pair[1]
		}
	}
	return w
}

func (w causeWords) cause(id string) (Cause, error) {
	c := Cause{
		ID: id, Why: w.Why, Cure: w.Cure, Cures: w.Cures,
		Title:    map[Voice]string{Everyone: w.Plain, Executive: w.Plain, Developer: w.Title},
		Happened: map[Voice]string{Everyone: w.Everyone, Executive: w.Executive, Developer: w.Developer},
	}
	for _, v := range Voices() {
		if c.Title[v] == "" || c.Happened[v] == "" {
			return c, fmt.Errorf("the %s voice says nothing", v)
		}
	}
	if len(c.Why) == 0 || c.Cure == "" {
		return c, errors.New("why and cure are both needed")
	}
	return c, nil
}

// readCauses reads every cause of a language, and the cures that they name.
func readCauses(fsys fs.FS, lang string) (causes, error) {
	all := causes{cause: map[string]Cause{}, like: map[string]string{}}
	tables, order, err := readCauseTables(fsys, path.Join(lang, "causes"))
	if err != nil {
		return all, err
	}
	if err := all.readCures(fsys, path.Join(lang, "cures.toml")); err != nil {
		return all, err
	}
	for _, id := range order {
		all.like[id] = tables[id].Like
		w, err := likes(tables, id)
		if err != nil {
			return all, err
		}
		c, err := w.cause(id)
		if err != nil {
			return all, fmt.Errorf("causes: [%s]: %w", id, err)
		}
		if c.Cures == noCures {
			c.Cures = ""
		}
		if _, ok := all.cures[c.Cures]; c.Cures != "" && !ok {
			return all, fmt.Errorf("causes: [%s]: there are no cures %q in cures.toml", id, c.Cures)
		}
		all.cause[id] = c
	}
	all.order = order
	return all, all.readProviders(fsys, path.Join(lang, "providers.toml"))
}

// noCures is said of a cause that is like another and has no line for any stack.
const noCures = "none"

// likes fills in what a cause takes from another.
func likes(tables map[string]causeWords, id string) (causeWords, error) {
	w := tables[id]
	for seen := 0; w.Like != ""; seen++ {
		other, ok := tables[w.Like]
		if !ok || seen > 2 {
			return w, fmt.Errorf("causes: [%s]: there is no cause %q to be like", id, w.Like)
		}
		w = w.over(other)
		w.Like = other.Like
	}
	return w, nil
}

func (all *causes) readCures(fsys fs.FS, file string) error {
	keys, err := readTOML(fsys, file, &all.cures, 1)
	if err != nil {
		return err
	}
	for _, key := range keys {
		all.used = append(all.used, key[0])
		for stack, line := range all.cures[key[0]] {
			if !slices.Contains(Stacks(), stack) || line == "" {
				return inTable(fsys, file, key.String(), fmt.Errorf("%q is none of %s, or says nothing", stack, strings.Join(Stacks(), ", ")))
			}
		}
	}
	return nil
}

// readCauseTables reads the files of a folder into one table.
func readCauseTables(fsys fs.FS, dir string) (map[string]causeWords, []string, error) {
	files, err := fs.Glob(fsys, dir+"/*.toml")
	if err != nil || len(files) == 0 {
		return nil, nil, fmt.Errorf("%s: there is no such file", dir)
	}
	tables := map[string]causeWords{}
	var order []string
	for _, file := range files {
		var one map[string]causeWords
		keys, err := readTOML(fsys, file, &one, 1)
		if err != nil {
			return nil, nil, err
		}
		for _, key := range keys {
			if _, twice := tables[key[0]]; twice {
				return nil, nil, inTable(fsys, file, key.String(), errors.New("it has words in another file already"))
			}
			tables[key[0]] = one[key[0]]
			order = append(order, key[0])
		}
	}
	return tables, order, nil
}

// Causes is why logins fail, in words. They are read when somebody first asks.
type Causes struct{ read part[causes] }

// Cause returns the words of a cause.
func (c *Causes) Cause(id string) (Cause, bool) {
	all, err := c.read()
	words, ok := all.cause[id]
	return words, ok && err == nil
}

// IDs returns the ids of all causes that have words, in file order; an error
// names the file and the line or the table.
func (c *Causes) IDs() ([]string, error) {
	all, err := c.read()
	return slices.Clone(all.order), err
}

// CureIn is the line of a stack in a table of cures, such as [Cause.Cures], or "" where there is none.
func (c *Causes) CureIn(cures, stack string) string {
	all, err := c.read()
	if err != nil {
		return ""
	}
	return all.cures[cures][stack]
}

// texts are the words of causes and cures.
func (c *Causes) texts() []text {
	var out []text
	all, err := c.read()
	if err != nil {
		return nil
	}
	for _, id := range all.order {
		c := all.cause[id]
		place := "causes, " + id
		for _, v := range Voices() {
			out = append(out, text{place: place + ", title, " + string(v), kind: "title", voice: v, body: c.Title[v]},
				text{place: place + ", " + string(v), kind: "body", voice: v, body: c.Happened[v]})
		}
		for _, why := range c.Why {
			out = append(out, text{place: place + ", why", kind: "body", voice: Developer, body: why})
		}
		out = append(out, text{place: place + ", cure", kind: "body", voice: Developer, body: c.Cure})
	}
	for _, id := range all.used {
		out = append(out, linesOf("cures.toml, "+id, Stacks(), all.cures[id])...)
	}
	for _, id := range all.order {
		out = append(out, linesOf("providers.toml, "+id, Providers(), all.providers[id])...)
	}
	return out
}

// linesOf are the lines of a table, in the order of their names.
func linesOf(place string, names []string, lines map[string]string) (out []text) {
	for _, name := range names {
		if lines[name] != "" {
			out = append(out, text{place: place + ", " + name, kind: "body", voice: Developer, body: lines[name]})
		}
	}
	return out
}
