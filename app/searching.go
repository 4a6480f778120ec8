package app

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/app/search"
	"github.com/grantwalk/grantwalk/flows/address"
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
	p := w.finder.Panel(w.manner(), providerName, w.table(), search.Ways{
		Leave: w.Dismiss, Reads: w.reads,
		Read: func(to address.Address) {
			w.Dismiss()
			w.Read(to)
		},
		Go: func(to address.Address) {
			w.Dismiss()
			w.Go(to)
		},
		Act: func(id string) {
			w.Dismiss()
			w.act(id)
		},
	})
	w.Show(room.Dialog{Title: w.text("search.title"), Content: p.Content(), Size: fyne.NewSize(760, 620), First: p.First()})
}
