package walk

import (
	"strings"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
)

// savedMark is what the header says of a run that nobody walks.
const savedMark = "Saved run"

// Title says which flow is open, and whether it is still to be used.
func (r *Room) Title() room.Title {
	title := room.Title{Rail: "Flows, people and what-ifs"}
	p := r.screen.Player()
	if p == nil {
		return title
	}
	about := r.list.of(p.Flow().ID, r.words)
	title.Name, title.Short, title.Note = about.Title, about.Short, about.Audience
	title.Badge, title.Caution = titled(about.Status), about.Status != string(flows.Recommended)
	if p.IsSaved() {
		title.Badge, title.Caution = savedMark, true
		title.Note = "read only, from " + r.savedAs
		title.Name, title.Short = savedMark+": "+title.Name, savedMark+": "+title.Short
	}
	if narrow, details := r.screen.Narrow(); narrow {
		title.Aside = room.Command{ID: "walk.aside", Words: "Details", Do: r.screen.TogglePane}
		if details {
			title.Aside.Words = "Diagram"
		}
	}
	return title
}

// titled begins a sentence.
func titled(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
