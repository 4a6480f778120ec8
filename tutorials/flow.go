package tutorials

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// flowWords is all the words of one flow.
type flowWords struct {
	flow     Flow // without what stands around the steps, which depends on the switches
	intro    around
	done     around
	steps    []string
	step     map[string]*stepWords
	mistakes []string
	mistake  map[string]Mistake
}

// frontMatter is the head of a flow's file.
type frontMatter struct {
	Title         string            `toml:"title"`
	Short         string            `toml:"short"`
	Plain         string            `toml:"plain-title"` // what it is called for everybody but developers; "": as its title
	Brief         string            `toml:"plain-short"` // the same, for the rail
	Opening       string            `toml:"opening"`     // the picture before the first step; "": that of the first step
	Audience      string            `toml:"audience"`
	Status        string            `toml:"status"`
	Because       string            `toml:"because"` // as the standards say it
	Plainly       string            `toml:"plainly"` // the same for everybody else
	UseWhen       string            `toml:"use-when"`
	NeverIf       string            `toml:"never-if"`
	Chapters      map[string]string `toml:"chapters"`
	PlainChapters map[string]string `toml:"plain-chapters"` // what a chapter is called for everybody but developers, where that differs

	Roles    map[string]map[string]roleWords `toml:"roles"` // by lens and role, where the flow has other parties than the lens
	Switches map[string]Switch               `toml:"switches"`
}

// Called is what the flow is called in a voice: developers get the name that the
// standard gives it, everybody else one that says what it is for.
func (f *Flow) Called(v Voice) string {
	if v == Developer {
		return f.Title
	}
	return cmp.Or(f.Plain, f.Title)
}

// Briefly is the same where there is little room.
func (f *Flow) Briefly(v Voice) string {
	if v == Developer {
		return f.Short
	}
	return cmp.Or(f.Brief, f.Short)
}

// Chapter is the title of a chapter in a voice.
func (f *Flow) Chapter(id string, v Voice) string {
	if v != Developer && f.PlainChapters[id] != "" {
		return f.PlainChapters[id]
	}
	return cmp.Or(f.Chapters[id], id)
}

// Switch is the words of an alternative that a flow has.
type Switch struct {
	Title  string            `toml:"title"`  // "How the app proves who it is"
	Values map[string]string `toml:"values"` // "basic" to "In a header"
}

// The two sections of a flow that are no steps.
const (
	introSection = "intro"
	doneSection  = "done"
)

// readFlow understands a file of flows/. The lenses are those that may have a part in a step.
func readFlow(file, id, src string, lenses []Lens) (*flowWords, error) {
	doc, err := parseMarkdown(file, src)
	if err != nil {
		return nil, err
	}
	w := &flowWords{step: map[string]*stepWords{}, mistake: map[string]Mistake{}}
	if w.flow, err = readFront(file, id, doc); err != nil {
		return nil, err
	}
	for i := range doc.sections {
		s := &doc.sections[i]
		switch s.name {
		case introSection:
			w.intro, err = w.readVoices(file, s)
		case doneSection:
			w.done, err = w.readVoices(file, s)
		default:
			w.steps = append(w.steps, s.name)
			w.step[s.name], err = w.readStep(file, s, lenses)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := w.checkRoles(file, lenses); err != nil {
		return nil, err
	}
	if w.intro == nil || w.done == nil {
		return nil, fmt.Errorf("%s:1: the sections %q and %q are both needed", file, introSection, doneSection)
	}
	return w, nil
}

func readFront(file, id string, doc *document) (Flow, error) {
	var f frontMatter
	if err := decodeFront(file, doc.front, doc.frontLine, &f); err != nil {
		return Flow{}, err
	}
	for _, need := range [][2]string{
		{"title", f.Title},
		{"short", f.Short},
		{"audience", f.Audience},
		{"status", f.Status},
		{"because", f.Because},
		{"plainly", f.Plainly},
		{"use-when", f.UseWhen},
		{"never-if", f.NeverIf},
	} {
		if need[1] == "" {
			return Flow{}, fmt.Errorf("%s:1: front matter: %s is missing", file, need[0])
		}
	}
	if !slices.Contains([]string{"recommended", "deprecated", "forbidden"}, f.Status) {
		return Flow{}, fmt.Errorf("%s:1: front matter: status %q is none of recommended, deprecated, forbidden", file, f.Status)
	}
	return Flow{
		ID: id, Title: f.Title, Short: f.Short, Plain: f.Plain, Brief: f.Brief, Opening: f.Opening, Audience: f.Audience, Status: f.Status,
		Because: map[Voice]string{Everyone: f.Plainly, Executive: f.Plainly, Developer: f.Because},
		UseWhen: f.UseWhen, NeverIf: f.NeverIf, Chapters: f.Chapters, PlainChapters: f.PlainChapters, Switches: f.Switches,
		roles: namesOf(f.Roles),
	}, nil
}

func namesOf(words map[string]map[string]roleWords) map[string]map[string]RoleName {
	out := map[string]map[string]RoleName{}
	for lens, roles := range words {
		out[lens] = map[string]RoleName{}
		for id, r := range roles {
			out[lens][id] = RoleName(r)
		}
	}
	return out
}

// checkRoles holds names for the parties of this flow to lenses that exist.
func (w *flowWords) checkRoles(file string, lenses []Lens) error {
	for id, roles := range w.flow.roles {
		i := slices.IndexFunc(lenses, func(l Lens) bool { return l.ID == id })
		if i < 0 {
			return fmt.Errorf("%s:1: front matter: roles.%s is no lens", file, id)
		}
		for role, name := range roles {
			if _, known := lenses[i].Roles[role]; !known || name.Name == "" || name.Phrase == "" || name.Also == "" {
				return fmt.Errorf("%s:1: front matter: roles.%s.%s: a party of the lens with name, phrase and also", file, id, role)
			}
		}
	}
	for id, s := range w.flow.Switches {
		if s.Title == "" || len(s.Values) < 2 {
			return fmt.Errorf("%s:1: front matter: switches.%s needs a title and at least two values", file, id)
		}
	}
	return nil
}

// around is a text around the steps: in each voice, and where a switch is on another value.
type around map[Voice]telling

// told returns the texts as the choices want them.
func (a around) told(choices map[string]string) map[Voice]string {
	out := make(map[Voice]string, len(a))
	for v, t := range a {
		out[v] = t.with(choices).Happened
	}
	return out
}

// readVoices reads a section that holds one text for each voice, and perhaps another one for a value of a switch.
func (w *flowWords) readVoices(file string, s *section) (around, error) {
	out := around{}
	for i := range s.parts {
		p := &s.parts[i]
		name, of, err := w.partOf(file, s, p)
		if err != nil {
			return nil, err
		}
		v, ok := voiceNamed(name)
		if !ok || len(p.fields) > 0 {
			return nil, fmt.Errorf("%s:%d: section %q: here stands one plain text for each voice, without fields", file, p.line, s.name)
		}
		out[v] = out[v].take(Step{Happened: p.text}, of)
	}
	return out, needVoices(file, s, out.told(nil))
}

func needVoices(file string, s *section, texts map[Voice]string) error {
	for _, v := range Voices() {
		if texts[v] == "" {
			return fmt.Errorf("%s:%d: section %q: the %s voice says nothing", file, s.line, s.name, v)
		}
	}
	return nil
}

// onlyFields reports a field that this block does not have, such as a misspelt one, and text that stands outside of a field.
func onlyFields(file string, b *section, section string, keys ...string) error {
	where := b.name
	if section != "" {
		where = section + ", " + b.name
	}
	if b.text != "" {
		return fmt.Errorf("%s:%d: section %q: text stands before the first field", file, b.line, where)
	}
	for _, f := range b.fields {
		if !slices.Contains(keys, f.key) {
			return fmt.Errorf("%s:%d: section %q: %s is none of %s", file, f.line, where, f.key, strings.Join(keys, ", "))
		}
	}
	return nil
}

func voiceNamed(name string) (Voice, bool) {
	for _, v := range Voices() {
		if strings.EqualFold(name, string(v)) {
			return v, true
		}
	}
	return "", false
}

// lensNamed finds a lens by its title or its id and returns the id.
func lensNamed(lenses []Lens, name string) (string, bool) {
	for _, l := range lenses {
		if strings.EqualFold(name, l.ID) || strings.EqualFold(name, l.Title) {
			return l.ID, true
		}
	}
	return "", false
}
