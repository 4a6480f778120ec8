package app

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/app/search"
)

// providerName is what the story calls the provider.
const providerName = "Demo"

// searching opens the field of search.
func (w *window) searching() room.Command {
	return room.Command{
		ID: "window.search", Menu: room.MenuGo, Words: w.text("command.window.search"), Opens: true, Apart: true,
		Keys: room.And(room.Ctrl, fyne.KeyK), Do: w.showSearch,
	}
}

func (w *window) showSearch() {
	ways := search.Ways{Leave: w.Dismiss, Reads: w.reads, Read: w.Read, Go: w.Go, Act: w.act}
	p := w.finder.Panel(w.manner(), providerName, w.table(), ways)
	w.Show(room.Dialog{Title: w.text("search.title"), Content: p.Content(), Size: fyne.NewSize(760, 620), First: p.First()})
}
