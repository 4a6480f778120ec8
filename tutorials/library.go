package tutorials

import (
	"embed"
	"errors"
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
	// exercises are read when somebody first wants one.
	exercises func() ([]Exercise, error)
	talks     func() ([]Talk, error) // likewise
	causes    func() (causes, error) // likewise
	exam      func() (exam, error)   // likewise
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
	return l, l.checkTexts(fsys, lang)
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
	l.exercises = sync.OnceValues(func() ([]Exercise, error) { return readExercises(fsys, path.Join(lang, "exercises")) })
	l.talks = sync.OnceValues(func() ([]Talk, error) { return ReadTalks(fsys, path.Join(lang, "talks")) })
	l.exam = sync.OnceValues(func() (exam, error) { return readExam(fsys, lang) })
	l.causes = sync.OnceValues(func() (causes, error) { return readCauses(fsys, lang) })
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

// together runs the parts at once and returns their errors in the order of the list.
func together(parts ...func() error) error {
	errs := make([]error, len(parts))
	var all sync.WaitGroup
	for i, part := range parts {
		all.Go(func() { errs[i] = part() })
	}
	all.Wait()
	return errors.Join(errs...)
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

func baseName(file string) string {
	return strings.TrimSuffix(path.Base(file), path.Ext(file))
}
