package walk

import (
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
)

// Title says which flow is open, and whether it is still to be used.
func (r *Room) Title() room.Title {
	title := room.Title{Rail: r.words.Catalog().Text("player.rail.title")}
	p := r.screen.Player()
	if p == nil {
		return title
	}
	about := r.list.of(p.Flow().ID, r.words)
	voice := r.screen.Narrator().Voice
	title.Name, title.Short, title.Note = about.Called(voice), about.Briefly(voice), about.Audience
	if title.Name != about.Title { // the name that others know stands beside it, small
		title.Note = about.Title
	}
	title.Badge, title.Caution = r.words.Catalog().Capital(r.words.Catalog().Text("status."+about.Status)),
		about.Status != string(flows.Recommended)
	if p.IsSaved() {
		title.Badge, title.Caution = r.words.Catalog().Text("player.saved.mark"), true
		title.Note = r.words.Catalog().Text("player.saved.from", "file", r.savedAs)
	}
	if narrow, details := r.screen.Narrow(); narrow {
		title.Aside = room.Command{ID: "walk.aside", Words: r.words.Catalog().Text("player.aside.details"), Do: r.screen.TogglePane}
		if details {
			title.Aside.Words = r.words.Catalog().Text("player.aside.diagram")
		}
	}
	return title
}
