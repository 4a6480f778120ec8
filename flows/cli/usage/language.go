package usage

import (
	"github.com/jeandeaual/go-locale"
	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/tutorials"
)

// LanguageFlag adds --language to a command that shows words.
func LanguageFlag(flags *pflag.FlagSet, into *string) {
	flags.StringVar(into, "language", "", "`LANGUAGE` instead of the one that the system is set to, e.g. en")
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
	tags := make([]string, len(languages))
	for i, l := range languages {
		tags[i] = l.Tag
	}
	return asked, OneOf("language", asked, tags)
}
