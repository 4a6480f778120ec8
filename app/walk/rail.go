package walk

import (
	"strconv"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Rail lists the flows with the chapters of the one that is open.
func (r *Room) Rail() []room.Section {
	if r.screen.Player() == nil {
		return nil
	}
	return []room.Section{r.walks()}
}

func (r *Room) walks() room.Section {
	p, voice := r.screen.Player(), r.screen.Narrator().Voice
	here, walks := p.Flow().ID, room.Section{Title: r.words.Catalog().Text("player.rail.ways")}
	if voice == tutorials.Developer {
		walks.Title = r.words.Catalog().Text("player.rail.walks")
	}
	for i, f := range r.list.in(r.words) {
		open := f.ID == here
		row := room.Row{Label: f.about.Briefly(voice), Sign: strconv.Itoa(i + 1), Do: func() { r.openFlow(f.ID) }}
		if f.about.Status != string(flows.Recommended) {
			row.Note = r.words.Catalog().Text("status." + f.about.Status)
		}
		row.Here = open && r.chapters.here() == "" && !p.IsSaved()
		walks.Rows = append(walks.Rows, row)
		if open {
			walks.Rows = append(walks.Rows, r.chapters.rows(f.Flow)...)
		}
	}
	return walks
}
