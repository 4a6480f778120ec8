package connect

import (
	"io"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Rail is the server and the logins, the newest first.
func (r *Room) Rail() []room.Section {
	say := r.say()
	if r.server == nil {
		return nil
	}
	about := room.Section{Title: say("listening"), Rows: []room.Row{{
		Label: say("how"), Sign: "i", Here: r.at == 0, Do: func() { r.newest = false; r.show(0) },
	}}}
	runs := room.Section{Title: say("runs")}
	for _, run := range r.log.Runs() {
		runs.Rows = append(runs.Rows, room.Row{
			Label: run.Began.Format(time.TimeOnly) + " " + r.called(run.Client), Sign: strconv.Itoa(run.Number),
			Note: r.noteOf(run), Here: run.Number == r.at,
			Do: func() { r.newest = false; r.show(run.Number) },
		})
	}
	if len(runs.Rows) == 0 {
		runs.Rows = []room.Row{{Label: say("no-runs"), Off: true}}
	}
	if n := r.log.Gone(); n > 0 {
		runs.Rows = append(runs.Rows, room.Row{Label: r.manner.Words.Catalog().Count("connect.gone", n), Off: true})
	}
	return []room.Section{about, runs}
}

// Strip chooses the stack whose cure is told.
func (r *Room) Strip() []room.Chip {
	if r.at == 0 || r.manner.Voice != tutorials.Developer {
		return nil
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
	return []room.Chip{c}
}

// Commands are what can be done with a server and its runs, and with the run that shows.
func (r *Room) Commands() []room.Command {
	say := r.say()
	on := r.server != nil
	end := say("leave")
	if on && r.ours {
		end = say("end.ours")
	}
	table := []room.Command{
		{
			ID: "live.serve", Menu: room.MenuRun, Words: say("serve.begin"), Off: on || r.options.Serve == nil,
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
	}
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
