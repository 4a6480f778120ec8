package walk

import "github.com/grantwalk/grantwalk/flows"

// Asks reports whether the command line says what to show.
func (o Options) Asks() bool {
	return o.Flow != "" || o.At != "" || o.Tab != "" || o.Mistake != "" || o.Follow != "" || o.Saved != nil
}

// Visit turns to a tab and, if it names one, to the beginning of a flow. A room
// that was not opened yet begins there.
func (r *Room) Visit(flow, tab string) {
	if r.screen.Player() == nil {
		if _, ok := flows.Find(flow); ok {
			r.flow = flow
		}
		r.options.Tab = tab
		return
	}
	if flow != "" {
		r.openFlow(flow)
	}
	r.screen.ShowTab(tab)
}

// Where is the flow that is open, by its title, how many of its steps were
// taken, and how many there are.
func (r *Room) Where() (flow string, step, steps int, open bool) {
	p := r.screen.Player()
	if p == nil {
		return "", 0, 0, false
	}
	return r.list.of(p.Flow().ID, r.words).Title, p.Cursor() + 1, p.Len(), true
}
