package walk

import (
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
)

// Rail lists the flows with the chapters of the one that is open, who signs in,
// and what could go otherwise.
func (r *Room) Rail() []room.Section {
	if r.screen.Player() == nil {
		return nil
	}
	sections := []room.Section{r.grants()}
	sections = append(sections, r.whatIf.people()...)
	sections = append(sections, r.whatIf.switches()...)
	return append(sections, r.whatIf.section())
}

func (r *Room) grants() room.Section {
	grants, p := room.Section{Title: r.words.Catalog().Text("player.rail.grants")}, r.screen.Player()
	here := p.Flow().ID
	for _, f := range r.list.in(r.words) {
		open := f.ID == here
		row := room.Row{Label: f.about.Short, Do: func() { r.openFlow(f.ID) }}
		if f.about.Status != string(flows.Recommended) {
			row.Note = r.words.Catalog().Text("status." + f.about.Status)
		}
		row.Here = open && r.chapters.here() == "" && !p.IsSaved()
		grants.Rows = append(grants.Rows, row)
		if open {
			grants.Rows = append(grants.Rows, r.chapters.rows(f.Flow)...)
		}
	}
	return grants
}

// people is who can sign in; nothing where nobody has to.
func (w *whatIf) people() []room.Section {
	if !w.offers().Person {
		return nil
	}
	who := room.Section{Title: w.screen.Narrator().Say().Text("player.rail.who")}
	for _, p := range stage.People() {
		who.Rows = append(who.Rows, w.row(room.Row{
			Label: p.Name, Note: w.screen.Narrator().Say().Called("story.person", p.Username), On: w.person() == p.Username,
			Do: func() { w.choosePerson(p.Username) },
		}))
	}
	return []room.Section{who}
}

// switches are the flow's own alternatives.
func (w *whatIf) switches() []room.Section {
	var sections []room.Section
	for _, s := range w.screen.Player().Flow().Switches {
		words := w.screen.Narrator().Switch(s.ID, s.Values...)
		section := room.Section{Title: words.Title}
		for _, value := range s.Values {
			section.Rows = append(section.Rows, w.row(room.Row{
				Label: words.Values[value], On: w.turned(s) == value, Do: func() { w.turn(s, value) },
			}))
		}
		sections = append(sections, section)
	}
	return sections
}

// section lists what can go otherwise in the flow that is open.
func (w *whatIf) section() room.Section {
	section := room.Section{Title: w.screen.Narrator().Say().Text("command.menu.what-if")}
	for _, o := range w.options() {
		section.Rows = append(section.Rows, w.row(room.Row{Label: o.words, On: o.on, Do: o.do}))
	}
	section.Rows = append(section.Rows, w.row(w.change()))
	return section
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
