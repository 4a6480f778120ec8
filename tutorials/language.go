package tutorials

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

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
func Languages() []Language { return LanguagesIn(files) }

// LanguagesIn lists the languages that have a folder in fsys.
func LanguagesIn(fsys fs.FS) []Language {
	folders, err := fs.Glob(fsys, path.Join("*", screenFolder))
	if err != nil {
		return nil // the pattern is a constant
	}
	all := make([]Language, 0, len(folders))
	for _, folder := range folders {
		tag := path.Dir(folder)
		say, err := catalog.Open(fsys, folder, tag)
		if err != nil {
			continue // [Open] says what is wrong with it
		}
		all = append(all, Language{Tag: tag, Name: say.Text("language.name")})
	}
	slices.SortStableFunc(all, func(a, b Language) int { return rank(a.Tag) - rank(b.Tag) })
	return all
}

// Catalog opens what screens, pages and exports say in a language, for those who need no other words.
func Catalog(lang string) (*catalog.Catalog, error) {
	say, err := catalog.Open(files, path.Join(lang, screenFolder), lang)
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
