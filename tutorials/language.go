package tutorials

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// screenFolder is the folder of a language that [catalog.Open] reads.
const screenFolder = "screen"

// DefaultLanguage is spoken where none of the languages that a person knows is built in.
const DefaultLanguage = "en"

// Language is one language that the words exist in.
type Language struct {
	Tag  string // BCP 47, and the name of its folder: "en"
	Name string // what its own speakers call it
}

// Languages lists the languages that are built in, the default one first and
// the others by their tags.
func Languages() []Language { return slices.Clone(builtIn().languages) }

// ownLanguages is what the languages are called and say that are built in.
type ownLanguages struct {
	languages []Language
	catalogs  map[string]*catalog.Catalog // by tag
}

// builtIn opens them once: each part of a command line asks for its words.
var builtIn = sync.OnceValue(func() (s ownLanguages) { //nolint:gochecknoglobals // never changes
	s.languages, s.catalogs = openLanguages(files)
	return s
})

// LanguagesIn lists the languages that have a folder in fsys.
func LanguagesIn(fsys fs.FS) []Language {
	all, _ := openLanguages(fsys)
	return all
}

func openLanguages(fsys fs.FS) ([]Language, map[string]*catalog.Catalog) {
	folders, err := fs.Glob(fsys, path.Join("*", screenFolder))
	if err != nil {
		return nil, nil // the pattern is a constant
	}
	all, catalogs := make([]Language, 0, len(folders)), map[string]*catalog.Catalog{}
	for _, folder := range folders {
		tag := path.Dir(folder)
		say, err := catalog.Open(fsys, folder, tag)
		if err != nil {
			continue // [Open] says what is wrong with it
		}
		all, catalogs[tag] = append(all, Language{Tag: tag, Name: say.Text("language.name")}), say
	}
	slices.SortStableFunc(all, func(a, b Language) int { return rank(a.Tag) - rank(b.Tag) })
	return all, catalogs
}

// Catalog opens what screens, pages and exports say in a language, for those who need no other words.
func Catalog(lang string) (*catalog.Catalog, error) {
	if say := builtIn().catalogs[lang]; say != nil {
		return say, nil
	}
	return CatalogIn(files, lang)
}

// CatalogIn is [Catalog] of other words than those that are built in.
func CatalogIn(words fs.FS, lang string) (*catalog.Catalog, error) {
	say, err := catalog.Open(words, path.Join(lang, screenFolder), lang)
	if err != nil {
		return nil, fmt.Errorf("open the words for screens: %w", err)
	}
	return say, nil
}

func rank(tag string) int {
	if tag == DefaultLanguage {
		return 0
	}
	return 1
}

// ChooseLanguage returns the one of the languages that suits a person best who
// knows those, in the order of preference. They are BCP 47 tags, or locales as
// the environment names them: "de_AT.UTF-8".
func ChooseLanguage(from []Language, known ...string) string {
	if len(from) == 0 {
		return DefaultLanguage
	}
	have := make([]language.Tag, len(from))
	for i, l := range from {
		have[i] = language.Make(l.Tag)
	}
	var want []language.Tag
	for _, locale := range known {
		name, _, _ := strings.Cut(locale, ".")
		if tag, err := language.Parse(name); err == nil && tag != language.Und {
			want = append(want, tag)
		}
	}
	_, best, _ := language.NewMatcher(have).Match(want...)
	return from[best].Tag
}
