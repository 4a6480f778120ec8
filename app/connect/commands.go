package connect

import (
	"io"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Rail is the server and the logins, the newest first.
func (r *Room) Rail() []room.Section {
	say := r.say()
	if r.server == nil {
		return nil
	}
	about := room.Section{Title: say("listening"), Rows: []room.Row{{
		Label: say("how"), Sign: "i", Here: r.at == 0 && r.page == pageServer, Do: func() { r.newest = false; r.turn(pageServer) },
	}}}
	if r.operable() {
		about.Rows = append(about.Rows, room.Row{
			Label: say("deed.setup"), Sign: "P", Here: r.at == 0 && r.page == pageSetup, Do: r.openSetup,
		})
		about.Rows = append(about.Rows, r.examRow())
	}
	if len(r.held.Held) > 0 {
		about.Rows = append(about.Rows, room.Row{
			Label: say("held.row"), Sign: "H", Here: r.at == 0 && r.page == pageHeld, Do: func() { r.turn(pageHeld) },
		})
	}
	runs := room.Section{Title: say("runs")}
	found, all := r.log.Find(r.wanted, inRail)
	for _, run := range found {
		runs.Rows = append(runs.Rows, room.Row{
			Label: run.Began.Format(time.TimeOnly) + " " + r.called(run.Client), Sign: strconv.Itoa(run.Number),
			Note: r.noteOf(run), Here: run.Number == r.at,
			Do: func() { r.newest = false; r.show(run.Number) },
		})
	}
	if len(runs.Rows) == 0 {
		runs.Rows = []room.Row{{Label: say("no-runs"), Off: true}}
	} else {
		runs.Rows = append(runs.Rows, room.Row{
			Label: r.manner.Words.Catalog().Count("connect.all", all), Here: r.at == 0 && r.page == pageList, Do: r.openList,
		})
	}
	if n := r.log.Gone(); n > 0 {
		runs.Rows = append(runs.Rows, room.Row{Label: r.manner.Words.Catalog().Count("connect.gone", n), Off: true})
	}
	if !r.operable() {
		return []room.Section{about, runs}
	}
	return []room.Section{about, runs, r.section()}
}

// Strip chooses which logins are listed, and the stack whose cure is told.
func (r *Room) Strip() []room.Chip {
	if r.log == nil {
		return nil
	}
	chips := []room.Chip{r.appChip(), r.stateChip()}
	cures := r.at > 0 || r.page == pageExam && r.exam != nil && r.exam.over()
	if !cures || r.manner.Voice != tutorials.Developer {
		return chips
	}
	c := room.Chip{Section: room.Section{Title: r.say()("stack")}, Now: r.say()("every-stack")}
	for _, id := range append([]string{""}, tutorials.Stacks()...) {
		label := r.say()("every-stack")
		if id != "" {
			label = r.diagnose("stack." + id)
		}
		if id == r.stack {
			c.Now = label
		}
		c.Rows = append(c.Rows, room.Row{Label: label, Choice: true, On: id == r.stack, Do: func() { r.stack = id; r.show(r.at) }})
	}
	return append(chips, c)
}

// appChip chooses whose logins are listed.
func (r *Room) appChip() room.Chip {
	say := r.say()
	c := room.Chip{Section: room.Section{Title: say("find.app")}, Now: say("find.every-app"), Differs: r.wanted.Client != ""}
	for _, id := range append([]string{""}, r.log.Clients()...) {
		label := id
		if id == "" {
			label = say("find.every-app")
		}
		if id == r.wanted.Client {
			c.Now = label
		}
		c.Rows = append(c.Rows, room.Row{Label: label, Choice: true, On: id == r.wanted.Client, Do: func() {
			r.wanted.Client = id
			r.show(r.at)
		}})
	}
	return c
}

// stateChip chooses by how they went.
func (r *Room) stateChip() room.Chip {
	say := r.say()
	c := room.Chip{Section: room.Section{Title: say("find.state")}, Now: say("find.every-state"), Differs: r.wanted.State != ""}
	for _, state := range []logins.State{"", logins.Stopped, logins.Done, logins.Waiting} {
		label := say("find.every-state")
		if state != "" {
			label = r.noteOf(live.Run{State: state})
		}
		if state == r.wanted.State {
			c.Now = label
		}
		c.Rows = append(c.Rows, room.Row{Label: label, Choice: true, On: state == r.wanted.State, Do: func() {
			r.wanted.State = state
			r.show(r.at)
		}})
	}
	return c
}

// Commands are what can be done with a server and its runs, and with the run that shows.
func (r *Room) Commands() []room.Command {
	say := r.say()
	on := r.server != nil
	end := say("leave")
	switch {
	case on && r.ours:
		end = say("end.ours")
	case r.saved != "":
		end = say("end.saved")
	}
	table := []room.Command{
		{
			ID: "live.serve", Menu: room.MenuRun, Words: say("serve.begin"), Off: !r.free() || r.options.Serve == nil,
			Keys: room.Keys(fyne.KeyS), Do: r.serve,
		},
		{ID: "live.end", Menu: room.MenuRun, Words: end, Off: !on, Do: r.finish},
		{ID: "live.newest", Menu: room.MenuRun, Words: say("newest"), Off: !on, On: on && r.newest, Keys: room.Keys(fyne.KeyL), Do: r.latest},
		{ID: "live.pause", Menu: room.MenuRun, Words: say("pause"), Off: !on, On: r.paused, Keys: room.Keys(fyne.KeyP), Do: r.pause},
		{ID: "live.clear", Menu: room.MenuRun, Words: say("clear"), Off: !on, Do: r.clear},
		{
			ID: "live.messages", Menu: room.MenuRun, Words: say("see-messages"), Off: r.at == 0, On: r.message,
			Keys: room.Keys(fyne.KeyD), Do: r.toggle,
		},
		{ID: "live.save", Menu: room.MenuRun, Words: say("save"), Opens: true, Off: r.at == 0, Do: r.save},
		{
			ID: "live.save-all", Menu: room.MenuRun, Words: say("save-all"), Opens: true, Off: !on || r.log.Len() == 0,
			Keys: room.And(room.Ctrl, fyne.KeyS), Do: r.saveAll,
		},
		{
			ID: "live.open", Menu: room.MenuRun, Words: say("open.begin"), Opens: true, Off: !r.free(),
			Keys: room.And(room.Ctrl, fyne.KeyO), Do: r.openSaved,
		},
		{ID: "live.open-har", Menu: room.MenuRun, Words: say("open.har"), Opens: true, Off: !r.free(), Do: r.openHAR},
		{ID: "live.find", Menu: room.MenuGo, Words: say("find.begin"), Off: !on, Keys: room.And(room.Ctrl, fyne.KeyF), Do: r.openList},
		{ID: "live.keep", Menu: room.MenuRun, Words: say("keep"), Off: r.at == 0, On: r.isKept(), Keys: room.Keys(fyne.KeyK), Do: r.keep},
	}
	table = append(append(table, r.deeds()...), r.examCommands()...)
	if r.at == 0 {
		return append(table, room.Turning("live.turn", say("turn"), r.sheet.scroll)...)
	}
	for _, c := range r.screen.Commands() {
		if !r.message && len(c.Keys) > 0 { // the messages move only where they show
			c.Off = c.Off || c.Menu == room.MenuGo
		}
		table = append(table, c)
	}
	return table
}

// latest lets whichever run is the newest show.
func (r *Room) latest() {
	r.newest = !r.newest
	r.news()
	r.window.Changed()
}

// save writes the run that shows as a saved run, which the window and diagnose open again.
func (r *Room) save() {
	t := r.log.Trace(r.at)
	if t == nil {
		return
	}
	r.window.Files().Save("login-"+strconv.Itoa(r.at)+".json", func(w io.Writer) error { return export.JSON(w, t) }, func(at fyne.URI) {
		r.window.Say(r.say()("saved", "file", at.Name()))
	})
}
