package connect

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
)

// Rail is the server and the logins, the newest first.
func (r *Room) Rail() []room.Section {
	if r.server == nil {
		return nil
	}
	say := r.words.say
	about := room.Section{Title: say("listening"), Rows: []room.Row{{
		Label: say("how"), Sign: "i", Here: r.shows(r.addresses), Do: func() { r.stay(r.addresses) },
	}}}
	if r.server.operable() {
		about.Rows = append(about.Rows, room.Row{
			Label: say("deed.setup"), Sign: "P", Here: r.shows(r.setup), Do: r.setup.open,
		}, r.exam.row())
	}
	if len(r.held.Held) > 0 {
		about.Rows = append(about.Rows, r.held.row())
	}
	sections := []room.Section{about, r.book.section(r.login.number)}
	if r.server.operable() {
		sections = append(sections, r.deeds.section())
	}
	return sections
}

// Strip chooses which logins are listed, and the stack whose cure is told.
func (r *Room) Strip() []room.Chip {
	if r.server == nil {
		if _, told := r.page.(*brought); told && r.words.developer() {
			return []room.Chip{r.words.stackChip(r.redraw)}
		}
		return nil
	}
	chips := r.book.chips()
	cures := r.login.number > 0 || r.page == r.exam && r.exam.now != nil && r.exam.now.over()
	if cures && r.words.developer() {
		chips = append(chips, r.words.stackChip(r.redraw))
	}
	return chips
}

// Commands are what can be done with a server and its logins, and with the one that shows.
func (r *Room) Commands() []room.Command {
	say := r.words.say
	on, free := r.server != nil, r.start.free()
	table := []room.Command{
		{
			ID: "live.serve", Menu: room.MenuRun, Words: say("serve.begin"), Off: !free || r.start.provider == nil,
			Keys: room.Keys(fyne.KeyS), Do: r.start.serve,
		},
		r.ending(),
		{ID: "live.newest", Menu: room.MenuRun, Words: say("newest"), Off: !on, On: on && r.newest, Keys: room.Keys(fyne.KeyL), Do: r.latest},
		{
			ID: "live.messages", Menu: room.MenuRun, Words: say("see-messages"), Off: r.login.number == 0, On: r.login.messages,
			Keys: room.Keys(fyne.KeyD), Do: r.login.toggle,
		},
		{
			ID: "live.open", Menu: room.MenuRun, Words: say("open.begin"), Opens: true, Off: !free,
			Keys: room.And(room.Ctrl, fyne.KeyO), Do: r.start.openSaved,
		},
		{ID: "live.paste", Menu: room.MenuRun, Words: say("paste.begin"), Off: !free, Keys: room.Keys(fyne.KeyV), Do: r.start.paste},
		{ID: "live.open-har", Menu: room.MenuRun, Words: say("open.har"), Opens: true, Off: !free, Do: r.start.openHAR},
		{ID: "live.find", Menu: room.MenuGo, Words: say("find.begin"), Off: !on, Keys: room.And(room.Ctrl, fyne.KeyF), Do: r.book.open},
	}
	table = append(append(table, r.listing()...), r.login.keeping()...)
	table = append(append(table, r.deeds.commands()...), r.exam.commands()...)
	if r.login.number == 0 {
		return append(table, room.Turning("live.turn", say("turn"), r.sheet.scroll)...)
	}
	return append(table, r.login.commands()...)
}

// ending ends what is looked at.
func (r *Room) ending() room.Command {
	c := room.Command{ID: "live.end", Menu: room.MenuRun, Words: r.words.say("leave"), Off: r.server == nil, Do: r.start.finish}
	switch {
	case r.server == nil:
	case r.server.ours:
		c.Words = r.words.say("end.ours")
	case r.server.saved != "":
		c.Words = r.words.say("end.saved")
	}
	return c
}

// listing is what can be done with the list of logins.
func (r *Room) listing() []room.Command {
	say, on := r.words.say, r.server != nil
	return []room.Command{
		{
			ID: "live.pause", Menu: room.MenuRun, Words: say("pause"), Off: !on || r.server.saved != "", On: r.book.paused,
			Keys: room.Keys(fyne.KeyP), Do: r.pause,
		},
		{ID: "live.clear", Menu: room.MenuRun, Words: say("clear"), Off: !on, Do: r.clear},
		{
			ID: "live.save-all", Menu: room.MenuRun, Words: say("save-all"), Opens: true, Off: !on || r.server.log.Len() == 0,
			Keys: room.And(room.Ctrl, fyne.KeyS), Do: r.book.saveAll,
		},
	}
}
