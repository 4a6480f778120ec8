package tutorials

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/BurntSushi/toml"
)

// MixUp is something that people take for something else: a short answer in each
// voice, and a run in which one sees that it is so.
type MixUp struct {
	ID     string
	Number int
	Title  string   // as somebody would ask it
	At     []string // steps at which one would be confused: "flow/step"
	About  []string // terms of the glossary, by their ids, and names on the wire that it belongs to
	When   string   // what has to be true of the run that is watched, see package flows/ask
	Screen          // the answer; its Watch is the address of the step at which one sees it
}

type mixUpFront struct {
	Title  string   `toml:"title"`
	Number int      `toml:"number"`
	At     []string `toml:"at"`
	About  []string `toml:"about"`
	When   string   `toml:"when"`
}

// answerSection is the one section of a mix-up.
const answerSection = "answer"

func readMixUps(fsys fs.FS, dir string) ([]MixUp, error) {
	return readNumbered(fsys, dir, func(file string) (MixUp, error) { return readMixUp(fsys, file) },
		func(m MixUp) (string, int) { return m.ID, m.Number })
}

func readMixUp(fsys fs.FS, file string) (MixUp, error) {
	var front mixUpFront
	doc, err := readFronted(fsys, file, &front)
	if err != nil {
		return MixUp{}, err
	}
	if front.Title == "" || front.Number < 1 || len(front.At) == 0 || len(front.About) == 0 || front.When == "" {
		return MixUp{}, fmt.Errorf("%s:1: front matter: title, number, at, about and when are all needed", file)
	}
	if len(doc.sections) != 1 || doc.sections[0].name != answerSection {
		return MixUp{}, fmt.Errorf("%s:1: there is one section, %q", file, "## "+answerSection)
	}
	m := MixUp{ID: baseName(file), Number: front.Number, Title: front.Title, At: front.At, About: front.About, When: front.When}
	if m.Screen, err = readScreen(file, &doc.sections[0]); err != nil {
		return m, err
	}
	m.Screen.ID = m.ID
	if m.Watch == "" {
		return m, fmt.Errorf("%s:%d: Watch is missing: the address of the step at which one sees it", file, doc.sections[0].line)
	}
	return m, nil
}

// readFronted reads a file of words whose front matter has to be there and known in each key.
func readFronted(fsys fs.FS, file string, front any) (*document, error) {
	src, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("read the words: %w", err)
	}
	doc, err := parseMarkdown(file, string(src))
	if err != nil {
		return nil, err
	}
	return doc, decodeFront(file, doc.front, doc.frontLine, front)
}

func decodeFront(file, front string, line int, into any) error {
	md, err := toml.Decode(front, into)
	if err != nil {
		return tomlError(file, line, err)
	}
	if extra := md.Undecoded(); len(extra) > 0 {
		return unknownKey(file, line, front, "front matter: ", extra[0].String(), "")
	}
	return nil
}

// MixUps is what people take for something else. They are read apart from the
// lessons, because each step of a walk asks for its own, and whoever walks need not learn.
type MixUps struct{ read part[[]MixUp] }

// All returns them in the order of their numbers.
func (m *MixUps) All() ([]MixUp, error) { return m.read() }

// MixUp returns the one with that id.
func (m *MixUps) MixUp(id string) (MixUp, bool) {
	all, _ := m.read()
	i := slices.IndexFunc(all, func(one MixUp) bool { return one.ID == id })
	if i < 0 {
		return MixUp{}, false
	}
	return all[i], true
}

// At returns those that a step of a flow brings up.
func (m *MixUps) At(flow, step string) []MixUp {
	all, _ := m.read()
	return slices.DeleteFunc(slices.Clone(all), func(one MixUp) bool { return !slices.Contains(one.At, flow+"/"+step) })
}

// About returns those that belong to a term of the glossary or to a name on the wire.
func (m *MixUps) About(name string) []MixUp {
	all, _ := m.read()
	return slices.DeleteFunc(slices.Clone(all), func(one MixUp) bool { return !slices.Contains(one.About, name) })
}

// texts are the mix-ups and their answers; none where they can't be read, which [MixUps.All] says.
func (m *MixUps) texts() []text {
	var out []text
	for _, one := range m.read.say() {
		out = append(out, text{place: "mix-ups/" + one.ID + ", title", kind: "title", body: one.Title})
		out = append(out, one.texts("mix-ups/"+one.ID)...)
	}
	return out
}

// check reports one that is brought up at a step that there is not.
func (m *MixUps) check(flows *Flows) error {
	all, err := m.read()
	for _, one := range all {
		for _, at := range one.At {
			if !flows.hasStep(at) {
				return fmt.Errorf("mix-ups/%s.md: there is no step %q", one.ID, at)
			}
		}
	}
	return err
}
