package app

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
)

const menuWhatIf = "What if"

// roomCommands is what the walk can be asked to do.
func (w *window) roomCommands() []room.Command {
	return slices.Concat(
		w.runCommands(), w.screen.Commands(), w.whatIfCommands(), w.screen.ClockCommands(),
		w.flowCommands(), w.screen.TabCommands(), w.toolCommands(),
	)
}

// runCommands is what can be done with a run as a whole.
func (w *window) runCommands() []room.Command {
	const told = "Open a saved run, save this one, export it"
	none := w.screen.Player() == nil
	return []room.Command{
		{ID: "run.open", Menu: room.MenuRun, Words: "Open a saved run", Opens: true, Told: told, Keys: room.And(room.Ctrl, fyne.KeyO), Do: w.openRun},
		{ID: "run.save", Menu: room.MenuRun, Words: "Save this run", Opens: true, Told: told, Keys: room.And(room.Ctrl, fyne.KeyS), Off: none, Do: w.saveRun},
		{
			ID: "run.export", Menu: room.MenuRun, Words: "Export", Opens: true, Told: told,
			Keys: room.And(room.Ctrl|room.Shift, fyne.KeyE), Off: none, Do: w.showExport,
		},
	}
}

// whatIfCommands is what could go otherwise in the flow that is open. In a saved
// run nothing can: nobody is there to do otherwise.
func (w *window) whatIfCommands() []room.Command {
	var table []room.Command
	apart := false
	add := func(id, words string, on bool, do func()) {
		table = append(table, room.Command{ID: "what-if." + id, Menu: menuWhatIf, Words: words, Apart: apart, On: on, Off: w.isSaved(), Do: do})
		apart = false
	}
	offers := w.offers()
	if offers.Person {
		for _, p := range stage.People() {
			add(p.Username, p.Name+" signs in", w.person() == p.Username, func() { w.choosePerson(p.Username) })
		}
		apart = true
	}
	if offers.SignIn {
		add("wrong-password", "The password is wrong", !w.choices().SignsIn(), w.wrongPassword)
	}
	if offers.Consent {
		add("refuse", "Consent is refused", w.choices().Deny, w.refuseConsent)
		for _, permission := range w.screen.Player().Asked() {
			add("withhold."+permission, permission+" is left out", slices.Contains(w.choices().Withhold, permission), func() { w.withhold(permission) })
		}
	}
	table = append(table, w.switchCommands()...)
	return append(table, room.Command{
		ID: "what-if.mistake", Menu: menuWhatIf, Words: "Try a classic mistake", Opens: true, Apart: true,
		Keys: room.And(room.Ctrl, fyne.KeyM), Off: w.screen.Player() == nil || w.isSaved(), Do: w.showMistakes,
	})
}

// switchCommands are the flow's own alternatives, each with its values below it.
func (w *window) switchCommands() []room.Command {
	p := w.screen.Player()
	if p == nil {
		return nil
	}
	var table []room.Command
	for i, s := range p.Flow().Switches {
		words := w.screen.Narrator().Switch(s.ID, s.Values...)
		c := room.Command{ID: "switch." + s.ID, Menu: menuWhatIf, Words: words.Title, Apart: i == 0}
		for _, value := range s.Values {
			c.Below = append(c.Below, room.Command{
				ID: c.ID + "." + value, Words: words.Values[value], On: w.turned(s) == value, Off: w.isSaved(), Do: func() { w.turn(s, value) },
			})
		}
		table = append(table, c)
	}
	return table
}

// flowCommands go from flow to flow, and from chapter to chapter.
func (w *window) flowCommands() []room.Command {
	const told = "The next chapter, the one before"
	var table []room.Command
	n, p := w.screen.Narrator(), w.screen.Player()
	for i, f := range flows.All() {
		n.Flow = f.ID
		table = append(table, room.Command{
			ID: "flow." + f.ID, Menu: room.MenuGo, Words: n.About().Title, Told: "A flow, in the order of the rail",
			Keys: room.And(room.Ctrl, fyne.KeyName(strconv.Itoa(i+1))), On: f.ID == w.settings.flow, Off: p == nil, Do: func() { w.openFlow(f.ID) },
		})
	}
	return append(table,
		room.Command{
			ID: "chapter.next", Menu: room.MenuGo, Words: "Next chapter", Told: told, Apart: true,
			Keys: room.And(room.Alt, fyne.KeyPageDown), Off: w.chapterFrom(+1) == "", Do: func() { w.turnChapter(+1) },
		},
		room.Command{
			ID: "chapter.before", Menu: room.MenuGo, Words: "Chapter before", Told: told,
			Keys: room.And(room.Alt, fyne.KeyPageUp), Off: p == nil || p.Cursor() < 0, Do: func() { w.turnChapter(-1) },
		},
	)
}

func (w *window) toolCommands() []room.Command {
	const told = "The workbenches: tokens, PKCE"
	return []room.Command{
		{ID: "bench.token", Menu: room.MenuTools, Words: "Token workbench", Opens: true, Told: told, Keys: room.And(room.Ctrl, fyne.KeyJ), Do: w.showTokenBench},
		{ID: "bench.pkce", Menu: room.MenuTools, Words: "PKCE workbench", Opens: true, Told: told, Keys: room.And(room.Ctrl, fyne.KeyK), Do: w.showPKCEBench},
	}
}
