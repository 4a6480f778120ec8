package walk

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
)

// Commands is what can be done in this room, in the order of its menus.
func (r *Room) Commands() []room.Command {
	return slices.Concat(
		r.runCommands(), r.screen.Commands(), r.whatIf.commands(), r.screen.ClockCommands(),
		r.flowCommands(), r.chapters.commands(), r.screen.TabCommands(), r.benches.commands(),
	)
}

// runCommands is what can be done with a run as a whole.
func (r *Room) runCommands() []room.Command {
	const told = "Open a saved run, save this one, export it"
	none := r.screen.Player() == nil
	return []room.Command{
		{ID: "run.open", Menu: room.MenuRun, Words: "Open a saved run", Opens: true, Told: told, Keys: room.And(room.Ctrl, fyne.KeyO), Do: r.openRun},
		{ID: "run.save", Menu: room.MenuRun, Words: "Save this run", Opens: true, Told: told, Keys: room.And(room.Ctrl, fyne.KeyS), Off: none, Do: r.saveRun},
		{
			ID: "run.export", Menu: room.MenuRun, Words: "Export", Opens: true, Told: told,
			Keys: room.And(room.Ctrl|room.Shift, fyne.KeyE), Off: none, Do: r.showExport,
		},
	}
}

// flowCommands go from flow to flow.
func (r *Room) flowCommands() []room.Command {
	var table []room.Command
	p := r.screen.Player()
	for i, f := range r.list.in(r.words) {
		table = append(table, room.Command{
			ID: "flow." + f.ID, Menu: room.MenuGo, Words: f.about.Title, Told: "A flow, in the order of the rail",
			Keys: room.And(room.Ctrl, fyne.KeyName(strconv.Itoa(i+1))), On: f.ID == r.flow, Off: p == nil, Do: func() { r.openFlow(f.ID) },
		})
	}
	return table
}
