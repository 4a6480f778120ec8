package tutorials

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
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

// Library is all the words of one language. What it says never changes after
// [Load], so any number of goroutines may ask it.
type Library struct {
	flows  map[string]flowFile // by id
	lenses []Lens
	screen *catalog.Catalog

	// What follows is read when somebody first wants it, because a start shows little of it.
	dictionary part[dictionary]
	glossary   part[glossary]
	rules      part[spoken]
	refusals   part[spoken]
	watching   part[spoken]  // who can see a value, and why
	benches    part[spoken]  // what the workbenches say
	asked      part[[]Asked] // what people ask who have seen a walk
	course     part[course]
	mixUps     part[[]MixUp]
	exercises  part[[]Exercise]
	talks      part[[]Talk]
	causes     part[causes]
	exam       part[exam]
}

// part is words of which nobody knows yet whether they are wanted. They are read once.
type part[T any] func() (T, error)

// later is a part that is read when it is asked for.
func later[T any](read func() (T, error)) part[T] { return sync.OnceValues(read) }

// say returns the part. One that can't be read says nothing here; [Open] says what is wrong with it.
func (p part[T]) say() T {
	said, err := p()
	if err != nil {
		var nothing T
		return nothing
	}
	return said
}

// check reads the part and returns what is wrong with it.
func (p part[T]) check() error {
	_, err := p()
	return err
}

// Load finds the words of a language that is built in, such as "en". Most of
// them are read when somebody first wants them. That they can be, and that links
// and placeholders inside the texts lead somewhere, is known because a test looks.
func Load(lang string) (*Library, error) {
	l, err := find(files, lang)
	if err != nil {
		return nil, err
	}
	l.screen, err = Catalog(lang) // the one that the command line has opened already
	return l, err
}

// Open reads every word of a language that nobody has tested from a folder of
// fsys, and checks their texts too. An error names the file and the line or the
// section.
func Open(fsys fs.FS, lang string) (*Library, error) {
	l, err := find(fsys, lang)
	if err != nil {
		return nil, err
	}
	if l.screen, err = catalog.Open(fsys, path.Join(lang, screenFolder), lang); err != nil {
		return nil, err
	}
	// Each part reads its own files, so they can run side by side.
	if err := together(
		l.checkFlows, l.dictionary.check, l.glossary.check, l.checkSpoken, l.asked.check, l.screen.Check,
	); err != nil {
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

// find finds the words of a language, and reads the lenses, which every other part goes by.
func find(fsys fs.FS, lang string) (*Library, error) {
	if info, err := fs.Stat(fsys, lang); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("there are no tutorials in the language %q", lang)
	}
	lenses, err := readLenses(fsys, path.Join(lang, "lenses"))
	if err != nil {
		return nil, err
	}
	in := func(name string) string { return path.Join(lang, name) }
	say := func(pattern string, voices ...Voice) part[spoken] {
		return later(func() (spoken, error) { return readSpoken(fsys, in(pattern), voices...) })
	}
	l := &Library{
		lenses:     lenses,
		dictionary: later(func() (dictionary, error) { return readDictionary(fsys, in("dictionary.toml")) }),
		glossary:   later(func() (glossary, error) { return readGlossary(fsys, in("glossary.toml"), lenses) }),
		rules:      say("checks/*.toml", Everyone, Executive),
		refusals:   say("refusals.toml", Voices()...),
		watching:   say("witnesses.toml", Voices()...),
		benches:    say("workbench.toml", Voices()...),
		asked:      later(func() ([]Asked, error) { return readAsked(fsys, in("asked.toml")) }),
		course:     later(func() (course, error) { return readCourse(fsys, lang) }),
		mixUps:     later(func() ([]MixUp, error) { return readMixUps(fsys, in("mix-ups")) }),
		exercises:  later(func() ([]Exercise, error) { return readExercises(fsys, in("exercises")) }),
		talks:      later(func() ([]Talk, error) { return ReadTalks(fsys, in("talks")) }),
		exam:       later(func() (exam, error) { return readExam(fsys, lang) }),
		causes:     later(func() (causes, error) { return readCauses(fsys, lang) }),
	}
	return l, l.findFlows(fsys, lang)
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

// checkSpoken reads what is said by id, and returns the first that is wrong.
func (l *Library) checkSpoken() error {
	for _, p := range []part[spoken]{l.rules, l.refusals, l.watching, l.benches} {
		if err := p.check(); err != nil {
			return err
		}
	}
	return nil
}

func baseName(file string) string {
	return strings.TrimSuffix(path.Base(file), path.Ext(file))
}
