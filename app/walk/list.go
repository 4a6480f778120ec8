package walk

import (
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/tutorials"
)

// list is every flow with what is said of it. Rail and menu ask for it after
// each step, and it is the same until somebody else tells it.
type list struct {
	flows []listed
	told  tutorials.Narrator // who told it
}

// listed is a flow with the words that the narrator has for it.
type listed struct {
	flows.Flow
	about tutorials.Flow
}

// as is the list as the narrator tells it.
func (l *list) as(n tutorials.Narrator) []listed {
	n.Flow, n.Person = "", ""
	if l.flows != nil && l.told == n {
		return l.flows
	}
	l.flows, l.told = nil, n
	for _, f := range flows.All() {
		n.Flow = f.ID
		l.flows = append(l.flows, listed{f, n.About()})
	}
	return l.flows
}
