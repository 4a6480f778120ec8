package tutorials

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Every folder that holds words is a language; so one more needs no line here.
//
//go:embed */*.toml */*/*.toml */*/*.md
var files embed.FS

// ProtocolLens is the id of the lens that shows the standards' own words.
const ProtocolLens = "protocol"

// The lenses with a likeness that a voice has of its own.
const (
	hotelLens  = "hotel"
	officeLens = "office"
)

// LensOf is the lens of a voice where nobody chose one: everyone begins in the
// hotel, executives in the office, and developers at the standards' own words.
func LensOf(v Voice) string {
	switch v {
	case Everyone:
		return hotelLens
	case Executive:
		return officeLens
	case Developer:
	}
	return ProtocolLens
}

// Library is all the words of one language. It never changes after [Load], so
// any number of goroutines may read it.
type Library struct {
	flows    map[string]*flowWords
	lenses   []Lens
	entries  []Entry
	entry    map[[2]string]int // by kind and name; headers in lower case
	rules    spoken
	refusals spoken
	watching spoken // who can see a value, and why
	benches  spoken // what the workbenches say
	terms    []Term
	term     map[string]int
	asked    []Asked // what people ask who have seen a walk
	screen   *catalog.Catalog
	course   func() (course, error)
}

// course is what is read when somebody first learns: a start does not wait for it.
type course struct {
	lessons   []Lesson
	questions map[string]Question
	order     []string // the ids of the questions
}

// Load reads every word of a language, such as "en". An error names the file
// and the line or the section. That links and placeholders inside the texts
// lead somewhere is known of the words that are built in, because a test looks.
func Load(lang string) (*Library, error) { return read(files, lang) }

// Open reads the words of a language that nobody has tested from a folder of
// fsys, and checks their texts too.
func Open(fsys fs.FS, lang string) (*Library, error) {
	l, err := read(fsys, lang)
	if err != nil {
		return nil, err
	}
	return l, l.checkTexts()
}

// Files are the words that are built in: a folder for each language.
func Files() fs.FS { return files }

// Catalog returns what screens, pages and exports say in this language.
func (l *Library) Catalog() *catalog.Catalog {
	if l == nil {
		return nil
	}
	return l.screen
}

func read(fsys fs.FS, lang string) (*Library, error) {
	if info, err := fs.Stat(fsys, lang); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("there are no tutorials in the language %q", lang)
	}
	l := &Library{flows: map[string]*flowWords{}, entry: map[[2]string]int{}, term: map[string]int{}}
	l.course = sync.OnceValues(func() (course, error) { return readCourse(fsys, lang) })
	var err error
	if l.screen, err = catalog.Open(fsys, path.Join(lang, screenFolder), lang); err != nil {
		return nil, err
	}
	if l.lenses, err = readLenses(fsys, path.Join(lang, "lenses")); err != nil {
		return nil, err
	}
	// Each part reads its own file into its own fields, so they can run side by side.
	if err := together(
		func() error { return l.loadFlows(fsys, lang) },
		func() error { return l.loadDictionary(fsys, lang) },
		func() error { return l.loadGlossary(fsys, lang) },
		func() error { return l.loadSpoken(fsys, lang) },
		func() (err error) { l.asked, err = readAsked(fsys, path.Join(lang, "asked.toml")); return err },
		l.screen.Check, // here, beside the others, or the first screen would wait for its texts
	); err != nil {
		return nil, err
	}
	return l, nil
}

// together runs the parts at once and returns the error of the first in the list that has one.
func together(parts ...func() error) error {
	errs := make([]error, len(parts))
	var all sync.WaitGroup
	for i, part := range parts {
		all.Go(func() { errs[i] = part() })
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *Library) loadDictionary(fsys fs.FS, lang string) (err error) {
	if l.entries, err = readDictionary(fsys, path.Join(lang, "dictionary.toml")); err != nil {
		return err
	}
	for i, e := range l.entries {
		l.entry[entryKey(e.Kind, e.Name)] = i
	}
	return nil
}

func (l *Library) loadGlossary(fsys fs.FS, lang string) (err error) {
	if l.terms, err = readGlossary(fsys, path.Join(lang, "glossary.toml"), l.lenses); err != nil {
		return err
	}
	for i, t := range l.terms {
		l.term[t.ID] = i
	}
	return nil
}

func (l *Library) loadSpoken(fsys fs.FS, lang string) (err error) {
	if l.rules, err = readSpoken(fsys, path.Join(lang, "checks", "*.toml"), Everyone, Executive); err != nil {
		return err
	}
	if l.refusals, err = readSpoken(fsys, path.Join(lang, "refusals.toml"), Voices()...); err != nil {
		return err
	}
	if l.watching, err = readSpoken(fsys, path.Join(lang, "witnesses.toml"), Voices()...); err != nil {
		return err
	}
	l.benches, err = readSpoken(fsys, path.Join(lang, "workbench.toml"), Voices()...)
	return err
}

func (l *Library) loadFlows(fsys fs.FS, lang string) error {
	names, err := fs.Glob(fsys, path.Join(lang, "flows", "*.md"))
	if err != nil {
		return fmt.Errorf("list the flows: %w", err)
	}
	for _, file := range names {
		src, err := fs.ReadFile(fsys, file)
		if err != nil {
			return fmt.Errorf("read the words: %w", err)
		}
		id := baseName(file)
		w, err := readFlow(file, id, string(src), l.lenses)
		if err != nil {
			return err
		}
		l.flows[id] = w
		mistakes := path.Join(lang, "mistakes", id+".md")
		if src, err = fs.ReadFile(fsys, mistakes); err != nil {
			continue // a flow without suggested mistakes
		}
		if err := w.readMistakes(mistakes, string(src)); err != nil {
			return err
		}
	}
	return l.resolveLikes(lang)
}

// resolveLikes gives the steps that are like those of another flow the words that they lack.
func (l *Library) resolveLikes(lang string) error {
	own := map[string]map[string]*stepWords{}
	for id, w := range l.flows {
		own[id] = maps.Clone(w.step)
	}
	for id, w := range l.flows {
		for _, step := range w.steps {
			like := w.step[step].like
			if like == "" {
				continue
			}
			other := own[like][step]
			if other == nil || other.like != "" {
				return fmt.Errorf("%s: section %q: the flow %q has no such step with words of its own", path.Join(lang, "flows", id+".md"), step, like)
			}
			w.step[step] = w.step[step].over(other).only(w.flow.Switches)
		}
	}
	return nil
}

func readCourse(fsys fs.FS, lang string) (c course, err error) {
	if c.lessons, err = readLessons(fsys, path.Join(lang, "lessons")); err != nil {
		return c, err
	}
	c.questions, c.order, err = readQuestions(fsys, path.Join(lang, "questions"))
	return c, err
}

// Lessons returns the lessons in their order. They are read at the first call;
// an error names the file and the line or the section.
func (l *Library) Lessons() ([]Lesson, error) {
	c, err := l.course()
	return c.lessons, err
}

// Questions returns every question in the order of the files.
func (l *Library) Questions() ([]Question, error) {
	c, err := l.course()
	all := make([]Question, 0, len(c.order))
	for _, id := range c.order {
		all = append(all, c.questions[id])
	}
	return all, err
}

// Question returns the question with that id.
func (l *Library) Question(id string) (Question, bool) {
	c, err := l.course()
	q, ok := c.questions[id]
	return q, ok && err == nil
}

func baseName(file string) string {
	return strings.TrimSuffix(path.Base(file), path.Ext(file))
}

// Flow returns the words around the steps of a flow.
func (l *Library) Flow(id string) (*Flow, bool) { return l.FlowWith(id, nil) }

// FlowWith is [Library.Flow] for a run with these switches: id to value, where it is not the first one.
func (l *Library) FlowWith(id string, switches map[string]string) (*Flow, bool) {
	w, ok := l.flows[id]
	if !ok {
		return nil, false
	}
	f := w.flow
	f.Intro, f.Done = w.intro.told(switches), w.done.told(switches)
	return &f, true
}

// Steps returns the ids of the steps of a flow that have words, in file order.
func (l *Library) Steps(flow string) []string {
	if w, ok := l.flows[flow]; ok {
		return append([]string(nil), w.steps...)
	}
	return nil
}

// Step returns one step in a voice, through a lens. A lens other than
// [ProtocolLens] renames label and title and tells its own likeness. Where it
// also tells what happened, why and the risk, everyone gets that; executives
// and developers keep what their voice says. An unknown lens is the protocol's.
func (l *Library) Step(flow, step string, v Voice, lens string) (Step, bool) {
	return l.StepWith(flow, step, v, lens, nil)
}

// StepWith is [Library.Step] for a run with these switches: id to value, where it is not the first one.
func (l *Library) StepWith(flow, step string, v Voice, lens string, switches map[string]string) (Step, bool) {
	w, ok := l.flows[flow]
	if !ok || w.step[step] == nil {
		return Step{}, false
	}
	return w.step[step].told(v, lens, switches)
}

// Repeats returns the flow that tells a step in the same words, where there is one.
func (l *Library) Repeats(flow, step string) (*Flow, bool) {
	w, ok := l.flows[flow]
	if !ok || w.step[step] == nil || !w.step[step].repeats {
		return nil, false
	}
	return l.Flow(w.step[step].like)
}

// Trade returns the terms by which the trade calls what happens in a step.
func (l *Library) Trade(flow, step string) []Term {
	w, ok := l.flows[flow]
	if !ok || w.step[step] == nil {
		return nil
	}
	var terms []Term
	for _, id := range w.step[step].trade {
		if t, ok := l.Term(id); ok {
			terms = append(terms, t)
		}
	}
	return terms
}

// With fills in the names of the story: {person}, {app} and {provider}.
func (s Step) With(person, app, provider string) Step {
	fill := strings.NewReplacer("{person}", person, "{app}", app, "{provider}", provider).Replace
	s.Label, s.Title, s.Likeness = fill(s.Label), fill(s.Title), fill(s.Likeness)
	s.Happened, s.Why, s.Risk = fill(s.Happened), fill(s.Why), fill(s.Risk)
	return s
}

// Mistake returns the words of one suggested mistake.
func (l *Library) Mistake(flow, id string) (Mistake, bool) {
	w, ok := l.flows[flow]
	if !ok {
		return Mistake{}, false
	}
	m, ok := w.mistake[id]
	return m, ok
}

// Mistakes returns the ids of the mistakes of a flow, in file order.
func (l *Library) Mistakes(flow string) []string {
	if w, ok := l.flows[flow]; ok {
		return append([]string(nil), w.mistakes...)
	}
	return nil
}

// Lens returns a lens.
func (l *Library) Lens(id string) (Lens, bool) {
	for _, lens := range l.lenses {
		if lens.ID == id {
			return lens, true
		}
	}
	return Lens{}, false
}

// Lenses returns every lens in the order in which the switch offers them, protocol first.
func (l *Library) Lenses() []Lens { return append([]Lens(nil), l.lenses...) }

// Entry explains a parameter, header, claim or member. Header names are
// compared without case. Where an answer is a JSON document, its members and
// the claims of a token are close relatives: if there is no entry of the one
// kind, the other's is returned. An entry of the name "allow_*" is about every
// name that begins with "allow_" and has none of its own.
func (l *Library) Entry(kind, name string) (Entry, bool) { return l.entryOf(kind, name) }

// EntryAt explains a name where it stands: at is the last part of the path to
// which the request went, such as "token". Most names mean the same everywhere.
func (l *Library) EntryAt(kind, name, at string) (Entry, bool) {
	e, ok := l.entryOf(kind, name)
	if there, other := e.at[at]; other {
		return there, true
	}
	return e, ok
}

func (l *Library) entryOf(kind, name string) (Entry, bool) {
	for _, k := range []string{kind, relative(kind)} {
		if i, ok := l.entry[entryKey(k, name)]; ok {
			return l.entries[i], true
		}
		if first, _, parts := strings.Cut(name, "_"); parts {
			if i, ok := l.entry[entryKey(k, first+"_*")]; ok {
				return l.entries[i], true
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
func (l *Library) Entries() []Entry { return append([]Entry(nil), l.entries...) }

// Rule returns a check in the words of a voice. Developers read the rule's own text, so for them it returns "".
func (l *Library) Rule(id string, v Voice) (string, bool) {
	texts, ok := l.rules.texts[id]
	return texts[v], ok
}

// Rules returns the ids of all rules that have words, in file order.
func (l *Library) Rules() []string { return append([]string(nil), l.rules.ids...) }

// Refusal says why a run ended and what would have helped. The id is a rule's,
// or "error:" and a protocol error code, such as "error:invalid_grant".
func (l *Library) Refusal(id string, v Voice) (string, bool) {
	text, ok := l.refusals.texts[id][v]
	return text, ok
}

// RefusalFor returns the words for the rule, else those for the error code,
// else a general sentence; so it always says something.
func (l *Library) RefusalFor(rule, code string, v Voice) string {
	for _, id := range []string{rule, "error:" + code, generalRefusal} {
		if text, ok := l.Refusal(id, v); ok {
			return text
		}
	}
	return ""
}

// generalRefusal is the entry of refusals.toml for a reason that has no words of its own.
const generalRefusal = "error:"

// Refusals returns the ids of all refusals that have words, in file order.
func (l *Library) Refusals() []string { return append([]string(nil), l.refusals.ids...) }

// Witness returns the words filed under an id of witnesses.toml: a witness
// ("history"), why it sees a value or does not ("history/address"), or how a
// value travelled ("how/query").
func (l *Library) Witness(id string, v Voice) (string, bool) {
	text, ok := l.watching.texts[id][v]
	return text, ok
}

// Witnesses returns the ids of all those words, in file order.
func (l *Library) Witnesses() []string { return append([]string(nil), l.watching.ids...) }

// Bench returns what a workbench says, such as "token/read".
func (l *Library) Bench(id string, v Voice) (string, bool) {
	text, ok := l.benches.texts[id][v]
	return text, ok
}

// Benches returns the ids of all that the workbenches say, in file order.
func (l *Library) Benches() []string { return append([]string(nil), l.benches.ids...) }

// Term returns a word of the glossary.
func (l *Library) Term(id string) (Term, bool) {
	i, ok := l.term[id]
	if !ok {
		return Term{}, false
	}
	return l.terms[i], true
}

// Terms returns the whole glossary in file order.
func (l *Library) Terms() []Term { return append([]Term(nil), l.terms...) }
