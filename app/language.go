package app

import (
	"io/fs"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
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

// languageCommands choose a language, where there is more than one.
func (w *window) languageCommands() []room.Command {
	languages := tutorials.LanguagesIn(w.options.files())
	if len(languages) < 2 {
		return nil
	}
	menu := room.Command{ID: "view.language", Menu: room.MenuView, Words: w.words.Catalog().Text("command.view.language")}
	for _, l := range languages {
		menu.Below = append(menu.Below, room.Command{
			ID: "language." + l.Tag, Words: l.Name, On: l.Tag == w.words.Catalog().Language(), Do: func() { w.setLanguage(l.Tag) },
		})
	}
	return []room.Command{menu}
}

// setLanguage has everything speak another language: frame, dialogs and rooms.
func (w *window) setLanguage(tag string) {
	words, err := w.options.load(tag)
	if err != nil {
		w.Fail(err)
		return
	}
	w.settings.store.SetString(keyLanguage, tag)
	w.dialogs.Dismiss()
	w.shut()
	w.words = words
	w.furnish()
	for _, r := range w.rooms {
		r.Tell(w.manner())
	}
	w.frame.Hold(w.room.Content())
	w.Changed()
}
