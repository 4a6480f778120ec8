// Package catalog holds what screens, pages and exports say besides the words
// of the flows: titles, buttons, questions, notices.
//
// The texts of a language lie in a folder, a TOML file for each room. Its name
// and the key are the text's id, as in walk.next:
//
//	next = "Next"
//	saved = "Saved as {name}"          {name} is filled in by whoever asks
//	[steps]                            a text that counts, in CLDR's plural forms
//	one = "{n} step"
//	other = "{n} steps"
//
// The package knows neither the rooms nor who asks. What has no text is said
// by its id, so nothing here fails on a screen.
package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/cases"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Catalog is the texts of one language. Any number of goroutines may ask it. A
// nil one says ids.
type Catalog struct {
	tag   language.Tag
	rooms map[string]func() (room, error)
}

// room is the texts of one file by their key.
type room map[string]message

// message is a text in its plural forms. What counts nothing has the form other alone.
type message map[string]string

// The name that CLDR gives to the form which every language has.
const other = "other"

// Open finds the rooms of a language in a folder, and reads none of them yet:
// each is read when it is asked for the first time, because a start shows few.
func Open(fsys fs.FS, dir, lang string) (*Catalog, error) {
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, fmt.Errorf("%s: the language %q: %w", dir, lang, err)
	}
	files, err := fs.Glob(fsys, path.Join(dir, "*.toml"))
	if err != nil {
		return nil, fmt.Errorf("list the texts in %s: %w", dir, err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: there are no texts for screens", dir)
	}
	c := &Catalog{tag: tag, rooms: map[string]func() (room, error){}}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), path.Ext(file))
		c.rooms[name] = sync.OnceValues(func() (room, error) { return readRoom(fsys, file) })
	}
	return c, nil
}

// Check reads every room and returns what is wrong with them. A language that is built in was checked by a test.
func (c *Catalog) Check() error {
	var all []error
	for _, name := range slices.Sorted(maps.Keys(c.rooms)) {
		_, err := c.rooms[name]()
		all = append(all, err)
	}
	return errors.Join(all...)
}

// Language returns the BCP 47 tag of the language, such as "en".
func (c *Catalog) Language() string {
	if c == nil {
		return language.Und.String()
	}
	return c.tag.String()
}

// Text says what is filed under an id. The pairs are names of placeholders and
// what stands in their place.
func (c *Catalog) Text(id string, pairs ...string) string {
	m, ok := c.find(id)
	if !ok {
		return id
	}
	return fill(m[other], pairs)
}

// Count says how many there are, in the plural form that the number has in
// this language. The number itself stands for {n}.
func (c *Catalog) Count(id string, n int, pairs ...string) string {
	m, ok := c.find(id)
	if !ok {
		return id
	}
	text, ok := m[c.form(n)]
	if !ok {
		text = m[other]
	}
	return fill(text, append(slices.Clone(pairs), "n", strconv.Itoa(n)))
}

// Sentence makes one of words: a large letter in front, by the rules of the language, and a full stop.
func (c *Catalog) Sentence(words string) string { return c.Capital(words) + "." }

// Capital begins the words with a large letter, by the rules of the language.
func (c *Catalog) Capital(words string) string {
	_, size := utf8.DecodeRuneInString(words)
	tag := language.Und
	if c != nil {
		tag = c.tag
	}
	return cases.Title(tag, cases.NoLower).String(words[:size]) + words[size:]
}

// Forms returns the plural forms in which a text stands, by CLDR's names; nil where there is no such text.
func (c *Catalog) Forms(id string) map[string]string {
	m, _ := c.find(id)
	return maps.Clone(m)
}

// IDs returns the id of every text in alphabetical order.
func (c *Catalog) IDs() []string {
	var ids []string
	for name, read := range c.rooms {
		texts, err := read()
		if err != nil {
			continue // Check says so
		}
		for key := range texts {
			ids = append(ids, name+"."+key)
		}
	}
	slices.Sort(ids)
	return ids
}

// Called returns what a name is called that the record of a run has for
// something, such as a step of a calculation: the text of the room whose key is
// the name in small letters and digits, with a hyphen for all else. A name that
// has no text is one of the protocol, and stays.
func (c *Catalog) Called(room, name string) string {
	isBreak := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }
	m, ok := c.find(room + "." + strings.Join(strings.FieldsFunc(strings.ToLower(name), isBreak), "-"))
	if !ok {
		return name
	}
	return m[other]
}

func (c *Catalog) find(id string) (message, bool) {
	if c == nil {
		return nil, false
	}
	name, key, _ := strings.Cut(id, ".")
	read, ok := c.rooms[name]
	if !ok {
		return nil, false
	}
	texts, err := read()
	if err != nil {
		return nil, false
	}
	m, ok := texts[key]
	return m, ok
}

// form names the plural form of a whole number (Unicode TS 35, part 3, section 5).
func (c *Catalog) form(n int) string {
	n = max(n, -n)
	return forms()[plural.Cardinal.MatchPlural(c.tag, n, 0, 0, 0, 0)]
}

func forms() map[plural.Form]string {
	return map[plural.Form]string{
		plural.Other: other, plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many",
	}
}

func fill(text string, pairs []string) string {
	if len(pairs) < 2 || !strings.Contains(text, "{") {
		return text
	}
	swaps := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		swaps = append(swaps, "{"+pairs[i]+"}", pairs[i+1])
	}
	return strings.NewReplacer(swaps...).Replace(text)
}

// Placeholders returns the names that stand in braces in a text, sorted and each once.
func Placeholders(text string) []string {
	names := map[string]bool{}
	for {
		_, rest, open := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !open || !closed {
			return slices.Sorted(maps.Keys(names))
		}
		names[name] = true
		text = after
	}
}

func readRoom(fsys fs.FS, file string) (room, error) {
	src, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("read the texts: %w", err)
	}
	var tables map[string]any
	if _, err := toml.Decode(string(src), &tables); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	texts := room{}
	if err := texts.gather("", tables); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return texts, nil
}

// gather files the texts of a table, and of the tables in it, under their keys.
func (r room) gather(above string, table map[string]any) error {
	for key, value := range table {
		id := above + key
		inner, isTable := value.(map[string]any)
		if _, counts := inner[other]; isTable && !counts {
			if err := r.gather(id+".", inner); err != nil {
				return err
			}
			continue
		}
		m, err := readMessage(value)
		if err != nil {
			return fmt.Errorf("%s %w", id, err)
		}
		r[id] = m
	}
	return nil
}

// readMessage reads a text, or a table of its plural forms.
func readMessage(value any) (m message, err error) {
	switch value := value.(type) {
	case string:
		m = message{other: value}
	case map[string]any:
		m, err = readForms(value)
	default:
		err = errors.New("is neither a text nor a table")
	}
	if err == nil && m[other] == "" {
		err = errors.New("says nothing")
	}
	return m, err
}

func readForms(table map[string]any) (message, error) {
	known := slices.Collect(maps.Values(forms()))
	m := message{}
	for form, text := range table {
		words, isText := text.(string)
		if !isText || !slices.Contains(known, form) {
			return nil, fmt.Errorf("has %q, which is no plural form; those are zero, one, two, few, many and other", form)
		}
		m[form] = words
	}
	return m, nil
}
