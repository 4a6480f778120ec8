package learn

import (
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
)

// placeCheck is where people check themselves, in a room of its own.
const placeCheck = "check"

// practice is what there is to try, below the lessons.
func (r *Room) practice() room.Section {
	say := r.manner.Words.Catalog()
	section := room.Section{Title: say.Text("practice.rail")}
	for _, kind := range []string{"be-the-provider", "order", "sees", "which-token", "difference"} {
		section.Rows = append(section.Rows, room.Row{
			Label: say.Text("practice.kind." + kind), Do: func() { r.window.Go(address.At(placeCheck, kind)) },
		})
	}
	return section
}
