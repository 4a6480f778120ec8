package walk

import (
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/tutorials"
)

// list is every flow with what is said of it. Rail and menu ask for it after
// each step, and it is the same until somebody else tells it.
type list struct {
	flows []listed
	told  teller
}

// teller is what of a narrator the words around a flow depend on.
type teller struct {
	words *tutorials.Library
	voice tutorials.Voice
	lens  string
}

// listed is a flow with the words that the narrator has for it.
type listed struct {
	flows.Flow
	about tutorials.Flow
}

// as is the list as the narrator tells it.
func (l *list) as(n tutorials.Narrator) []listed {
	by := teller{words: n.Words, voice: n.Voice, lens: n.Lens}
	if l.flows != nil && l.told == by {
		return l.flows
	}
	n.Person, n.Switches = "", nil
	l.flows, l.told = nil, by
	for _, f := range flows.All() {
		n.Flow = f.ID
		l.flows = append(l.flows, listed{f, n.About()})
	}
	return l.flows
}
