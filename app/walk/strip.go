package walk

import (
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/lifetime"
	"github.com/grantwalk/grantwalk/flows/stage"
)

// Strip is what whoever walks decides about the run: who signs in, how the
// flow's switches stand, what goes otherwise, and what time it is.
func (r *Room) Strip() []room.Chip {
	p := r.screen.Player()
	if p == nil {
		return nil
	}
	chips := slices.Concat(r.whatIf.client(), r.whatIf.people(), r.whatIf.switches())
	chips = append(chips, r.whatIf.chip())
	return append(chips, r.clock())
}

// client says that the app is as somebody set it up, and lets it be as the story has it; nothing where it is.
func (w *whatIf) client() []room.Chip {
	if w.choices().Client == nil {
		return nil
	}
	say := w.screen.Narrator().Say()
	chip := room.Chip{Section: room.Section{Title: say.Text("player.rail.client")}, Now: say.Text("player.rail.client-set-up"), Differs: true}
	chip.Rows = []room.Row{
		w.row(room.Row{Label: say.Text("player.rail.client-set-up"), On: true, Do: func() {}}),
		w.row(room.Row{Label: say.Text("player.rail.client-story"), Do: func() { w.choose(func(c *stage.Choices) { c.Client = nil }) }}),
	}
	return []room.Chip{chip}
}

// people is who can sign in; nothing where nobody has to.
func (w *whatIf) people() []room.Chip {
	if !w.offers().Person {
		return nil
	}
	who := room.Chip{Section: room.Section{Title: w.screen.Narrator().Say().Text("player.rail.who")}}
	who.Differs = w.choices().Person != "" && w.choices().Person != w.plain()
	for _, p := range stage.People() {
		row := room.Row{
			Label: p.Name, Note: w.screen.Narrator().Say().Called("story.person", p.Username), On: w.person() == p.Username,
			Do: func() { w.choosePerson(p.Username) },
		}
		if row.On {
			who.Now = p.Name
		}
		who.Rows = append(who.Rows, w.row(row))
	}
	return []room.Chip{who}
}

// plain is who signs in where nobody chose.
func (w *whatIf) plain() string {
	if person := w.screen.Player().Flow().Cast.Person; person != "" {
		return person
	}
	return stage.People()[0].Username
}

// switches are the flow's own alternatives.
func (w *whatIf) switches() []room.Chip {
	var chips []room.Chip
	for _, s := range w.screen.Player().Flow().Switches {
		words := w.screen.Narrator().Switch(s.ID, s.Values...)
		chip := room.Chip{
			Section: room.Section{Title: words.Title}, Now: words.Values[w.turned(s)], Differs: w.turned(s) != s.Values[0],
		}
		for _, value := range s.Values {
			chip.Rows = append(chip.Rows, w.row(room.Row{
				Label: words.Values[value], On: w.turned(s) == value, Do: func() { w.turn(s, value) },
			}))
		}
		chips = append(chips, chip)
	}
	return chips
}

// chip lists what can go otherwise in the flow that is open.
func (w *whatIf) chip() room.Chip {
	chip := room.Chip{Section: room.Section{Title: w.screen.Narrator().Say().Text("command.menu.what-if")}}
	for _, o := range w.options() {
		chip.Rows = append(chip.Rows, w.row(room.Row{Label: o.words, On: o.on, Do: o.do}))
	}
	chip.Rows = append(chip.Rows, w.row(w.change()))
	var odd []string
	for _, row := range chip.Rows {
		if row.On {
			odd = append(odd, row.Label)
		}
	}
	chip.Now, chip.Differs = strings.Join(odd, ", "), len(odd) > 0
	return chip
}

// row is a choice. In a saved run there is none: nobody is there to do otherwise.
func (w *whatIf) row(row room.Row) room.Row {
	row.Choice, row.Off = true, w.screen.Player().IsSaved()
	return row
}

// change says which request was changed, and that pressing takes it back.
func (w *whatIf) change() room.Row {
	p := w.screen.Player()
	row := room.Row{Label: w.screen.Narrator().Say().Text("player.rail.change"), Do: w.changeOrUndo}
	if len(p.Choices().Edits) == 0 {
		return row
	}
	row.Label, row.Note, row.On = w.screen.Narrator().Say().Text("player.rail.changed"),
		w.screen.Narrator().Say().Text("player.rail.undo"), true
	if p.Mistake() != "" {
		row.Label, _ = w.screen.Narrator().Mistake(p.Mistake())
	}
	return row
}

// clock lets time pass before the next step.
func (r *Room) clock() room.Chip {
	say := r.words.Catalog()
	chip := room.Chip{Section: room.Section{Title: say.Text("command.menu.clock")}}
	for _, c := range r.screen.ClockCommands() {
		if c.Menu != "" {
			chip.Rows = append(chip.Rows, room.Row{Label: c.Words, Off: c.Off, Do: c.Do})
		}
	}
	total := time.Duration(0)
	for _, j := range r.screen.Player().Choices().Jumps {
		total += j.By
	}
	if total > 0 {
		chip.Now, chip.Differs = say.Text("player.later", "time", lifetime.Length(say, total)), true
	}
	return chip
}
