package present

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
)

// Commands are to give each talk, what can be done with one that is given, and turning the page.
func (r *Room) Commands() []room.Command {
	say := r.manner.Words.Catalog()
	var table []room.Command
	for i := range r.talks {
		t := &r.talks[i]
		for _, minutes := range t.Lengths {
			table = append(table, room.Command{
				ID: "talk." + t.ID + "-" + number(minutes-1), Menu: room.MenuRun,
				Words: say.Count("present.give", minutes, "talk", t.Title), Apart: minutes == t.Lengths[0],
				Do: func() { r.start(t.ID, minutes) },
			})
		}
	}
	table = append(table,
		room.Command{
			ID: "talk.end", Menu: room.MenuRun, Words: say.Text("present.end"), Apart: true, Off: r.now == nil, Do: r.finish,
		},
		room.Command{
			ID: "talk.notes", Menu: room.MenuRun, Words: say.Text("present.open-speaker"), Off: r.now == nil, Do: func() { r.now.openSpeaker() },
		})
	if r.now != nil {
		return append(table, r.remote()...)
	}
	return append(table, room.Turning("talk.turn", say.Text("present.turn"), r.sheet.scroll,
		fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd)...)
}

// remote is the keys that every remote has, while a talk is given: whoever has
// clicked into this window since then would otherwise turn the list of talks.
func (r *Room) remote() []room.Command {
	words := r.manner.Words.Catalog().Text("present.remote")
	keys := []fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyRight, fyne.KeyLeft, fyne.KeyPeriod, fyne.KeyB}
	table := make([]room.Command, 0, len(keys))
	for _, k := range keys {
		table = append(table, room.Command{
			ID: "talk.remote-" + string(k), Words: words, Keys: room.Keys(k), Do: func() { r.now.typed(k, onSpeaker) },
		})
	}
	return table
}
