package app

import (
	"sync"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/lookup"
	"github.com/grantwalk/grantwalk/app/room"
	panel "github.com/grantwalk/grantwalk/app/search"
	"github.com/grantwalk/grantwalk/flows/search"
	"github.com/grantwalk/grantwalk/tutorials"
)

// providerName is what the story calls the provider.
const providerName = "Demo"

// finder is the index of the words of now, made when somebody first looks for something.
type finder struct {
	index func() *search.Index
	words *tutorials.Library
	voice tutorials.Voice
}

// in begins to make the index and returns what waits for it. That is longer than
// a person should wait for the field, and shorter than they take to type.
func (f *finder) in(words *tutorials.Library, voice tutorials.Voice) func() *search.Index {
	if f.words != words || f.voice != voice {
		f.index = sync.OnceValue(func() *search.Index { return search.New(words, providerName, voice) })
		f.words, f.voice = words, voice
		go f.index() // beside the window
	}
	return f.index
}

// searchCommand opens the field.
func (w *window) searchCommand() room.Command {
	return room.Command{
		ID: "window.search", Menu: room.MenuGo, Words: w.words.Catalog().Text("command.window.search"), Opens: true, Apart: true,
		Keys: room.And(room.Ctrl, fyne.KeyK), Do: w.showSearch,
	}
}

func (w *window) showSearch() {
	index, commands := w.finder.in(w.words, w.settings.voice), w.findable()
	p := panel.New(w.words.Catalog(), panel.Calls{
		Find:  func(typed string) []search.Group { return index().Find(typed, commands...) },
		Leave: w.dialogs.Dismiss,
		Reads: func(e search.Entry) bool { return lookup.Shows(e.To) && w.here != placeHome && w.here != lookup.Place },
		Beside: func(e search.Entry) {
			w.dialogs.Dismiss()
			w.Read(e.To)
		},
		Pick: func(e search.Entry) {
			w.dialogs.Dismiss()
			if e.Kind == search.Command {
				w.act(e.ID)
				return
			}
			w.Go(e.To)
		},
	})
	w.dialogs.Show(room.Dialog{
		Title: w.words.Catalog().Text("search.title"), Content: p.Content(), Size: fyne.NewSize(760, 620), First: p.First(),
	})
}

// findable are the commands that can act now, each also by the name of the menu below which it stands.
func (w *window) findable() []search.Entry { return findableOf(w.table(), "") }

func findableOf(table []room.Command, below string) []search.Entry {
	var all []search.Entry
	for i := range table {
		c := &table[i]
		if !c.Off && c.Do != nil && c.Words != "" {
			keys := ""
			if len(c.Keys) > 0 {
				keys = c.Keys[0].String()
			}
			all = append(all, search.Of(search.Entry{Kind: search.Command, Title: c.Words, Line: keys, ID: c.ID}, c.Told, below))
		}
		all = append(all, findableOf(c.Below, c.Words)...)
	}
	return all
}
