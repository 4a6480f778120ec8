package app

import (
	"github.com/grantwalk/grantwalk/app/lookup"
	"github.com/grantwalk/grantwalk/flows/address"
)

// Read opens a page that is looked up beside the room that shows, so that
// whoever walks need not leave. At home, and where pages are read anyway, it
// opens in its place; so does whatever is no such page.
func (w *window) Read(to address.Address) {
	if !lookup.Shows(to) || w.here == placeHome || w.here == lookup.Place {
		w.Go(to)
		return
	}
	w.dialogs.Dismiss()
	w.Say("")
	if w.beside == nil {
		w.beside = lookup.NewSheet(w, w.words, providerName, w.shut)
		w.beside.Tell(w.manner())
		w.frame.Beside(w.beside.Content())
	}
	w.beside.Read(to)
}

// shut takes away what is read beside the room.
func (w *window) shut() {
	if w.beside == nil {
		return
	}
	w.beside = nil
	w.frame.Beside(nil)
	w.Focus(nil)
	w.Changed()
}
