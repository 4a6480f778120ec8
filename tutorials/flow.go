package tutorials

import (
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// flowWords is all the words of one flow.
type flowWords struct {
	flow     Flow
	steps    []string
	step     map[string]*stepWords
	mistakes []string
	mistake  map[string]Mistake
}

// stepWords is one step: in each voice as the standards tell it, and what each
// other lens says instead.
type stepWords struct {
	like    string // the flow whose step of the same id has the words that are missing here; load fills them in
	picture string
	voices  map[Voice]Step
	lenses  map[string]Step
}

// Mistake is a suggested mistake: something a learner can change in a waiting request to see it refused.
type Mistake struct {
	ID     string
	Step   string           // id of the step whose request is changed
	Title  map[Voice]string // "Send the code to another address"
	Tries  map[Voice]string // what it imitates: who would do this, and why
	Lesson map[Voice]string // what one sees, and what stopped it
}

// frontMatter is the head of a flow's file.
type frontMatter struct {
	Title    string            `toml:"title"`
	Short    string            `toml:"short"`
	Audience string            `toml:"audience"`
	Status   string            `toml:"status"`
	Because  string            `toml:"because"`
	UseWhen  string            `toml:"use-when"`
	NeverIf  string            `toml:"never-if"`
	Chapters map[string]string `toml:"chapters"`

	Roles    map[string]map[string]roleWords `toml:"roles"` // by lens and role, where the flow has other parties than the lens
	Switches map[string]Switch               `toml:"switches"`
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
			w.flow.Intro, err = readVoices(file, s)
		case doneSection:
			w.flow.Done, err = readVoices(file, s)
		default:
			w.steps = append(w.steps, s.name)
			w.step[s.name], err = readStep(file, s, lenses)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := w.checkRoles(file, lenses); err != nil {
		return nil, err
	}
	if w.flow.Intro == nil || w.flow.Done == nil {
		return nil, fmt.Errorf("%s: the sections %q and %q are both needed", file, introSection, doneSection)
	}
	return w, nil
}

func readFront(file, id string, doc *document) (Flow, error) {
	var f frontMatter
	md, err := toml.Decode(doc.front, &f)
	if err != nil {
		return Flow{}, tomlError(file, doc.frontLine, err)
	}
	if extra := md.Undecoded(); len(extra) > 0 {
		return Flow{}, fmt.Errorf("%s: front matter: %q is not known", file, extra[0].String())
	}
	for _, need := range [][2]string{
		{"title", f.Title},
		{"short", f.Short},
		{"audience", f.Audience},
		{"status", f.Status},
		{"because", f.Because},
		{"use-when", f.UseWhen},
		{"never-if", f.NeverIf},
	} {
		if need[1] == "" {
			return Flow{}, fmt.Errorf("%s: front matter: %s is missing", file, need[0])
		}
	}
	if !slices.Contains([]string{"recommended", "legacy", "deprecated"}, f.Status) {
		return Flow{}, fmt.Errorf("%s: front matter: status %q is none of recommended, legacy, deprecated", file, f.Status)
	}
	return Flow{
		ID: id, Title: f.Title, Short: f.Short, Audience: f.Audience, Status: f.Status,
		Because: f.Because, UseWhen: f.UseWhen, NeverIf: f.NeverIf, Chapters: f.Chapters, Switches: f.Switches,
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
			return fmt.Errorf("%s: front matter: roles.%s is no lens", file, id)
		}
		for role, name := range roles {
			if _, known := lenses[i].Roles[role]; !known || name.Name == "" || name.Also == "" {
				return fmt.Errorf("%s: front matter: roles.%s.%s: a party of the lens with name and also", file, id, role)
			}
		}
	}
	for id, s := range w.flow.Switches {
		if s.Title == "" || len(s.Values) < 2 {
			return fmt.Errorf("%s: front matter: switches.%s needs a title and at least two values", file, id)
		}
	}
	return nil
}

// readVoices reads a section that holds one text for each voice.
func readVoices(file string, s *block) (map[Voice]string, error) {
	out := map[Voice]string{}
	for i := range s.parts {
		p := &s.parts[i]
		v, ok := voiceNamed(p.name)
		if !ok || len(p.fields) > 0 {
			return nil, fmt.Errorf("%s:%d: section %q: here stands one plain text for each voice, without fields", file, p.line, s.name)
		}
		out[v] = p.text
	}
	return out, needVoices(file, s, out)
}

func needVoices(file string, s *block, texts map[Voice]string) error {
	for _, v := range Voices() {
		if texts[v] == "" {
			return fmt.Errorf("%s:%d: section %q: the %s voice says nothing", file, s.line, s.name, v)
		}
	}
	return nil
}

func readStep(file string, s *block, lenses []Lens) (*stepWords, error) {
	if err := onlyFields(file, s, "", "Picture", "Like"); err != nil {
		return nil, err
	}
	w := &stepWords{like: s.get("Like").text, picture: s.get("Picture").text, voices: map[Voice]Step{}, lenses: map[string]Step{}}
	for i := range s.parts {
		p := &s.parts[i]
		if v, ok := voiceNamed(p.name); ok {
			if err := onlyFields(file, p, s.name, "Label", "Title", "Likeness", "Happened", "Why", "Risk"); err != nil {
				return nil, err
			}
			w.voices[v] = stepOf(w.picture, p)
			continue
		}
		lens, ok := lensNamed(lenses, p.name)
		if !ok || lens == ProtocolLens {
			return nil, fmt.Errorf("%s:%d: section %q: %q is neither a voice nor a lens", file, p.line, s.name, p.name)
		}
		if err := onlyFields(file, p, s.name, "Label", "Title", "Likeness", "Happened", "Why", "Risk"); err != nil {
			return nil, err
		}
		w.lenses[lens] = stepOf(w.picture, p)
	}
	return w, w.check(file, s, lenses)
}

// check reports the first voice or lens that is missing or has a gap.
func (w *stepWords) check(file string, s *block, lenses []Lens) error {
	if w.picture == "" && w.like == "" {
		return fmt.Errorf("%s:%d: section %q: Picture is missing", file, s.line, s.name)
	}
	for _, v := range Voices() {
		t, ok := w.voices[v]
		if !ok && w.like != "" {
			continue
		}
		if !ok {
			return fmt.Errorf("%s:%d: section %q: the %s voice is missing", file, s.line, s.name, v)
		}
		if t.Label == "" || t.Title == "" || t.Likeness == "" || t.Happened == "" || t.Why == "" || t.Risk == "" {
			return fmt.Errorf("%s:%d: section %q: the %s voice needs Label, Title, Likeness, Happened, Why and Risk", file, s.line, s.name, v)
		}
	}
	return w.checkLenses(file, s, lenses)
}

func (w *stepWords) checkLenses(file string, s *block, lenses []Lens) error {
	for _, lens := range lenses {
		if lens.ID == ProtocolLens {
			continue
		}
		t, ok := w.lenses[lens.ID]
		if !ok && w.like != "" {
			continue
		}
		if !ok || t.Label == "" || t.Title == "" || t.Likeness == "" {
			return fmt.Errorf("%s:%d: section %q: the lens %s needs Label, Title and Likeness", file, s.line, s.name, lens.ID)
		}
		tells := t.Happened != "" // all three or none: a mixture would give one thing two names
		if tells != (t.Why != "") || tells != (t.Risk != "") {
			return fmt.Errorf("%s:%d: section %q: the lens %s tells only a part of Happened, Why and Risk", file, s.line, s.name, lens.ID)
		}
	}
	return nil
}

func stepOf(picture string, p *block) Step {
	return Step{
		Picture: picture, Label: p.get("Label").text, Title: p.get("Title").text, Likeness: p.get("Likeness").text,
		Happened: p.get("Happened").text, Why: p.get("Why").text, Risk: p.get("Risk").text,
	}
}

// readMistakes understands a file of mistakes/ and adds it to the flow's words.
func (w *flowWords) readMistakes(file, src string) error {
	doc, err := parseMarkdown(file, src)
	if err != nil {
		return err
	}
	for i := range doc.sections {
		s := &doc.sections[i]
		m, err := readMistake(file, s)
		if err != nil {
			return err
		}
		if w.step[m.Step] == nil {
			return fmt.Errorf("%s:%d: section %q: there is no step %q", file, s.line, s.name, m.Step)
		}
		w.mistakes = append(w.mistakes, m.ID)
		w.mistake[m.ID] = m
	}
	return nil
}

func readMistake(file string, s *block) (Mistake, error) {
	m := Mistake{ID: s.name, Step: s.get("Step").text, Title: map[Voice]string{}, Tries: map[Voice]string{}, Lesson: map[Voice]string{}}
	if err := onlyFields(file, s, "", "Step"); err != nil {
		return m, err
	}
	for i := range s.parts {
		p := &s.parts[i]
		v, ok := voiceNamed(p.name)
		if !ok {
			return m, fmt.Errorf("%s:%d: section %q: %q is no voice", file, p.line, s.name, p.name)
		}
		if err := onlyFields(file, p, s.name, "Title", "Tries", "Lesson"); err != nil {
			return m, err
		}
		m.Title[v], m.Tries[v], m.Lesson[v] = p.get("Title").text, p.get("Tries").text, p.get("Lesson").text
	}
	for _, texts := range []map[Voice]string{m.Title, m.Tries, m.Lesson} {
		if err := needVoices(file, s, texts); err != nil {
			return m, err
		}
	}
	return m, nil
}

// onlyFields reports a field that this block does not have, such as a misspelt one, and text that stands outside of a field.
func onlyFields(file string, b *block, section string, keys ...string) error {
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
