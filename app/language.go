package app

import (
	"io/fs"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/tutorials"
)

const keyLanguage = "language"

// files are the words to choose from.
func (o *Options) files() fs.FS {
	if o.Words == nil {
		return tutorials.Files()
	}
	return o.Words
}

// languageOf is the language that the window speaks: what the command line
// says, else what the person chose, else what suits the system.
func languageOf(store fyne.Preferences, o *Options) string {
	if o.Language != "" {
		return o.Language
	}
	return tutorials.ChooseLanguage(tutorials.LanguagesIn(o.files()), store.String(keyLanguage), o.System)
}

// load reads the words of a language. Those that are built in were checked by a test.
func (o *Options) load(language string) (*tutorials.Library, error) {
	if o.Words == nil {
		return tutorials.Load(language)
	}
	return tutorials.Open(o.Words, language)
}
