package tutorials

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
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
	lenses []Lens
	screen *catalog.Catalog

	// What follows is read when somebody first wants it, because a start shows little of it.
	flows      *Flows
	dictionary *Dictionary
	glossary   *Glossary
	faq        *FAQ
	rules      *Spoken
	refusals   Refusals
	witnesses  *Spoken
	benches    *Spoken
	course     part[course] // of which lessons, papers and chooser are made
	lessons    *Lessons
	papers     *Papers
	mixUps     *MixUps
	exercises  part[[]Exercise]
	talks      *Talks
	causes     *Causes
	exam       *Exam
}

// Catalog returns what screens, pages and exports say in this language.
func (l *Library) Catalog() *catalog.Catalog {
	if l == nil {
		return nil
	}
	return l.screen
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
func (l *Library) Lenses() []Lens { return slices.Clone(l.lenses) }

// Flows are the words of the flows.
func (l *Library) Flows() *Flows { return l.flows }

// Dictionary explains names on the wire.
func (l *Library) Dictionary() *Dictionary { return l.dictionary }

// Glossary explains the words of the trade.
func (l *Library) Glossary() *Glossary { return l.glossary }

// FAQ is what people ask who have seen a walk.
func (l *Library) FAQ() *FAQ { return l.faq }

// Rules says each check in the words of a voice.
func (l *Library) Rules() *Spoken { return l.rules }

// Demanded is what a rule demands in the standards' words: those of its row in the code, in this language.
func (l *Library) Demanded(rule string) (string, bool) {
	id := "rules." + rule
	text := l.Catalog().Text(id)
	return text, text != id
}

// Refusals say why a run ended and what would have helped.
func (l *Library) Refusals() Refusals { return l.refusals }

// Witnesses says who sees a value: an id is a witness ("history"), why it sees
// one or does not ("history/address"), or how a value travelled ("how/query").
func (l *Library) Witnesses() *Spoken { return l.witnesses }

// Benches is what the workbenches say, such as "token/read".
func (l *Library) Benches() *Spoken { return l.benches }

// Lessons are the lessons and their questions.
func (l *Library) Lessons() *Lessons { return l.lessons }

// Papers are courses, stacks and sheets for a board.
func (l *Library) Papers() *Papers { return l.papers }

// Chooser returns the questions that lead to a flow; it has none where a language has none.
func (l *Library) Chooser() (Chooser, error) {
	c, err := l.course()
	return c.chooser, err
}

// MixUps are what people take for something else.
func (l *Library) MixUps() *MixUps { return l.mixUps }

// Exercises returns the exercises, the easy ones first. They are read at the
// first call; an error names the file and the section.
func (l *Library) Exercises() ([]Exercise, error) { return l.exercises() }

// Talks are what can be presented.
func (l *Library) Talks() *Talks { return l.talks }

// Causes are why logins fail.
func (l *Library) Causes() *Causes { return l.causes }

// Exam is the questions of the exam for a client.
func (l *Library) Exam() *Exam { return l.exam }

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
		l.flows.check, l.dictionary.read.check, l.glossary.read.check, l.checkSpoken, l.faq.read.check, l.screen.Check,
	); err != nil {
		return nil, err
	}
	return l, l.checkTexts(fsys, lang)
}

// Files are the words that are built in: a folder for each language.
func Files() fs.FS { return files }

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
		dictionary: &Dictionary{later(func() (dictionary, error) { return readDictionary(fsys, in("dictionary.toml")) })},
		glossary:   &Glossary{later(func() (glossary, error) { return readGlossary(fsys, in("glossary.toml"), lenses) })},
		faq:        &FAQ{later(func() ([]Asked, error) { return readAsked(fsys, in("asked.toml")) })},
		rules:      &Spoken{read: say("checks/*.toml", Everyone, Executive), file: "checks"},
		refusals:   Refusals{&Spoken{read: say("refusals.toml", Voices()...), file: "refusals.toml", fills: true}},
		witnesses:  &Spoken{read: say("witnesses.toml", Voices()...), file: "witnesses.toml", names: namesWitness},
		benches:    &Spoken{read: say("workbench.toml", Voices()...), file: "workbench.toml"},
		course:     later(func() (course, error) { return readCourse(fsys, lang) }),
		mixUps:     &MixUps{later(func() ([]MixUp, error) { return readMixUps(fsys, in("mix-ups")) })},
		exercises:  later(func() ([]Exercise, error) { return readExercises(fsys, in("exercises")) }),
		talks:      &Talks{later(func() ([]Talk, error) { return ReadTalks(fsys, in("talks")) })},
		causes:     &Causes{later(func() (causes, error) { return readCauses(fsys, lang) })},
		exam:       &Exam{later(func() (exam, error) { return readExam(fsys, lang) })},
	}
	l.lessons, l.papers = &Lessons{l.course}, &Papers{l.course}
	l.flows, err = findFlows(fsys, lang, lenses, l.glossary)
	return l, err
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
	for _, s := range []*Spoken{l.rules, l.refusals.Spoken, l.witnesses, l.benches} {
		if err := s.read.check(); err != nil {
			return err
		}
	}
	return nil
}

func baseName(file string) string {
	return strings.TrimSuffix(path.Base(file), path.Ext(file))
}
