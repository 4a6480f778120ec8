package learn

import (
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
)

// reading is what there is to look up, and to teach with, in rooms of their own.
func (r *Room) reading() room.Section {
	say := r.manner.Words.Catalog()
	section := room.Section{Title: say.Text("guide.rail")}
	for _, place := range []string{"mix-up", "chooser", "stack", "course", "board"} {
		section.Rows = append(section.Rows, room.Row{
			Label: say.Text("guide.place." + place), Do: func() { r.window.Go(address.At(place)) },
		})
	}
	section.Rows = append(section.Rows, room.Row{
		Label: say.Text("lookup.place.glossary"), Do: func() { r.window.Go(address.At("glossary")) },
	})
	return section
}
