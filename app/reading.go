package app

import (
	"github.com/grantwalk/grantwalk/app/lookup"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
)

// reader holds the page that is read beside the room that shows.
type reader struct {
	*surface

	window room.Window
	sheet  *lookup.Sheet // nil: nothing is read
}

// read opens a page.
func (r *reader) read(to address.Address) {
	if r.sheet == nil {
		r.sheet = lookup.NewSheet(r.window, r.words, providerName, r.shut)
		r.sheet.Tell(r.manner())
		r.frame.Beside(r.sheet.Content())
	}
	r.sheet.Read(to)
}

// shut takes the page away.
func (r *reader) shut() {
	if r.sheet == nil {
		return
	}
	r.sheet = nil
	r.frame.Beside(nil)
	r.Focus(nil)
	r.changed()
}

// tell has it tell in the manner of now.
func (r *reader) tell() {
	if r.sheet != nil {
		r.sheet.Tell(r.manner())
	}
}

// regions is that of the page.
func (r *reader) regions() []room.Region {
	if r.sheet == nil {
		return nil
	}
	return []room.Region{{Area: r.sheet.Content(), First: r.sheet.Stops()[0]}}
}

// page is the address of what is read; "" of nothing.
func (r *reader) page() string {
	if r.sheet == nil {
		return ""
	}
	return r.sheet.Page().String()
}
