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
	say := r.words.Catalog()
	told := say.Text("command.told.run-open")
	none := r.screen.Player() == nil
	return []room.Command{
		{ID: "run.open", Menu: room.MenuRun, Words: say.Text("command.run.open"), Opens: true, Told: told, Keys: room.And(room.Ctrl,
			fyne.KeyO), Do: r.openRun},
		{ID: "run.save", Menu: room.MenuRun, Words: say.Text("command.run.save"), Opens: true, Told: told, Keys: room.And(room.Ctrl,
			fyne.KeyS), Off: none, Do: exporting{r}.saveRun},
		{
			ID: "run.export", Menu: room.MenuRun, Words: say.Text("command.run.export"), Opens: true, Told: told,
			Keys: room.And(room.Ctrl|room.Shift, fyne.KeyE), Off: none, Do: exporting{r}.show,
		},
	}
}

// flowCommands go from flow to flow.
func (r *Room) flowCommands() []room.Command {
	say := r.words.Catalog()
	var table []room.Command
	p := r.screen.Player()
	for i, f := range r.list.in(r.words) {
		table = append(table, room.Command{
			ID: "flow." + f.ID, Menu: room.MenuGo, Words: f.about.Title, Told: say.Text("command.told.flow"),
			Keys: digit(i), On: f.ID == r.flow, Off: p == nil, Do: func() { r.openFlow(f.ID) },
		})
	}
	return table
}

// digit opens the flow at a place of the rail; there are nine of them.
func digit(i int) []room.Key {
	if i > 8 {
		return nil
	}
	return room.And(room.Ctrl, fyne.KeyName(strconv.Itoa(i+1)))
}
