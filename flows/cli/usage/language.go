package usage

import (
	"os"
	"strings"

	"github.com/jeandeaual/go-locale"
	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// LanguageFlag adds --language to a command that shows words.
func LanguageFlag(say *catalog.Catalog, flags *pflag.FlagSet, into *string) {
	flags.StringVar(into, "language", "", say.Text("cli.flag.language"))
}

// Say is what the commands say of themselves and of slips: in the language that
// the command line asks for where there is such a one, built in or in a folder
// of --words, else in the system's.
func Say(args []string) *catalog.Catalog {
	asked := typed(args, "--language")
	if folder := typed(args, "--words"); folder != "" && asked != "" {
		if say, err := tutorials.CatalogIn(tutorials.Over(os.DirFS(folder)), asked); err == nil {
			return say
		}
	}
	language, err := Language(asked)
	if err != nil {
		language = tutorials.DefaultLanguage // the command says so
	}
	say, err := tutorials.Catalog(language)
	if err != nil {
		return nil // which says ids
	}
	return say
}

// typed is the value of a flag, before anything is parsed.
func typed(args []string, flag string) (value string) {
	for i, arg := range args {
		name, given, joined := strings.Cut(arg, "=")
		switch {
		case name != flag:
		case joined:
			value = given
		case i+1 < len(args):
			value = args[i+1]
		}
	}
	return value
}

// SayLater is [Say] for those who may not need it.
func SayLater(args []string) func() *catalog.Catalog {
	return func() *catalog.Catalog { return Say(args) }
}

// Languages are the tags of the languages that there are words in.
func Languages() []string {
	var tags []string
	for _, l := range tutorials.Languages() {
		tags = append(tags, l.Tag)
	}
	return tags
}

// Language returns the language that was asked for, or for "" the one that
// suits best what the system is set to.
func Language(asked string) (string, error) {
	languages := tutorials.Languages()
	if asked == "" {
		known, err := locale.GetLocales()
		if err != nil {
			known = nil // a system that does not say gets the default
		}
		return tutorials.ChooseLanguage(languages, known...), nil
	}
	return asked, OneOf("language", asked, Languages())
}
