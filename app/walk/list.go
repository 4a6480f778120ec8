package walk

import (
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/tutorials"
)

// list is every flow with what is said of it. Header, rail and menu ask for it
// after each step, and it is the same as long as the words are.
type list struct {
	flows []listed
	words *tutorials.Library
}

// listed is a flow with the words for it, without its texts: those are told to somebody.
type listed struct {
	flows.Flow
	about tutorials.Flow
}

// in is the list in those words.
func (l *list) in(words *tutorials.Library) []listed {
	if l.words == words {
		return l.flows
	}
	l.flows, l.words = nil, words
	for _, f := range flows.All() {
		about := tutorials.Flow{ID: f.ID, Title: f.ID, Short: f.ID}
		if known, ok := words.Flows().Flow(f.ID); ok {
			about = *known
		}
		l.flows = append(l.flows, listed{f, about})
	}
	return l.flows
}

// of is what is said of one flow.
func (l *list) of(id string, words *tutorials.Library) tutorials.Flow {
	for _, f := range l.in(words) {
		if f.ID == id {
			return f.about
		}
	}
	return tutorials.Flow{ID: id, Title: id, Short: id}
}
