package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// wordsFlags say which words are used.
type wordsFlags struct{ language, folder string }

func (f *wordsFlags) register(say *catalog.Catalog, p *pflag.FlagSet) {
	usage.LanguageFlag(say, p, &f.language)
	p.StringVar(&f.folder, "words", "", say.Text("cli.flag.words"))
}

// toldFlags say in which words and voice something is told.
type toldFlags struct {
	wordsFlags
	voice string
}

// register adds the flags, and lets a shell complete them.
func (f *toldFlags) register(say *catalog.Catalog, cmd *cobra.Command) {
	f.wordsFlags.register(say, cmd.Flags())
	cmd.Flags().StringVar(&f.voice, "voice", string(tutorials.Everyone), say.Text("cli.walk.voice", "voices", strings.Join(Voices(), ", ")))
	usage.Completes(cmd, "voice", Voices)
	usage.Completes(cmd, "language", usage.Languages)
}

// load checks the voice and reads the words.
func (f *toldFlags) load() (*tutorials.Library, error) {
	if err := usage.OneOf("voice", f.voice, Voices()); err != nil {
		return nil, err
	}
	return f.wordsFlags.load()
}

// load reads the words of a language, or for "" those of the system's, and
// those of a folder in the place of the built-in ones.
func (f *wordsFlags) load() (*tutorials.Library, error) {
	if f.folder == "" {
		language, err := usage.Language(f.language)
		if err != nil {
			return nil, err
		}
		words, err := tutorials.Load(language)
		if err != nil {
			return nil, fmt.Errorf("load the tutorials: %w", err)
		}
		return words, nil
	}
	folder, err := WordsIn(f.folder, f.language)
	if err != nil {
		return nil, err
	}
	return folder.Words, nil
}

// Folder is one of changed or translated words.
type Folder struct {
	Files    fs.FS // over those that are built in
	Language string
	Words    *tutorials.Library
}

// toldSlips is how much is said of a folder that is wrong in many places.
const toldSlips = 3

// WordsIn reads a folder of words in a language, or for "" in the first that it
// has. What is wrong in it is said with its file and line.
func WordsIn(name, language string) (Folder, error) {
	fsys, languages, err := wordsIn(name)
	if err != nil {
		return Folder{}, err
	}
	if language == "" {
		language = languages[0]
	}
	f := Folder{Files: tutorials.Over(fsys), Language: language}
	known := tutorials.LanguagesIn(f.Files)
	for _, l := range known {
		if !slices.Contains(languages, l.Tag) {
			languages = append(languages, l.Tag)
		}
	}
	if err := usage.OneOf("language", language, languages); err != nil {
		return f, err
	}
	if f.Words, err = tutorials.Open(f.Files, language); err != nil {
		return f, brokenWords(name, tutorials.Slips(err))
	}
	return f, nil
}

// brokenWords says the first things that are wrong in a folder, and what lists them all.
func brokenWords(name string, slips []error) error {
	var told []string
	for _, slip := range slips[:min(toldSlips, len(slips))] {
		told = append(told, slip.Error())
	}
	return usage.Slip("cli.slip.words-broken", "folder", usage.Quote(name), "problem", strings.Join(told, "; "),
		"command", "check-words "+name)
}

// wordsIn opens a folder of words and lists the languages in it.
func wordsIn(folder string) (fs.FS, []string, error) {
	fsys := os.DirFS(folder)
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, nil, usage.SlipOf(usage.Cause(err), "cli.slip.words", "folder", usage.Quote(folder))
	}
	var languages []string
	for _, e := range entries {
		if isLanguage(fsys, e) {
			languages = append(languages, e.Name())
		}
	}
	if len(languages) == 0 {
		return nil, nil, usage.Slip("cli.slip.words-folder", "name", usage.Quote(folder))
	}
	slices.Sort(languages)
	return fsys, languages, nil
}

// isLanguage reports whether a folder holds words: those of the language that is
// built in need no more than what was changed, a translation has its screens first.
func isLanguage(fsys fs.FS, e fs.DirEntry) bool {
	if !e.IsDir() || e.Name() == tutorials.DefaultLanguage {
		return e.IsDir()
	}
	_, err := fs.Stat(fsys, path.Join(e.Name(), "screen"))
	return err == nil
}
