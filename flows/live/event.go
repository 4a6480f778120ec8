package live

import (
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// MostEvents is how many events a log remembers: of more, the oldest are left out.
const MostEvents = 200

// Event is something that was done to the server.
type Event struct {
	*tape.Event

	At time.Time
}

// hear remembers an event.
func (l *Log) hear(e *tape.Exchange) {
	l.events = append(l.events, Event{e.Event, e.Request.At})
	if over := len(l.events) - MostEvents; over > 0 {
		l.events = slices.Delete(l.events, 0, over)
	}
}

// deed tells an event as a note at the server.
func (e *Event) deed() trace.Message {
	m := trace.Deed(trace.AuthorizationServer, e.Deed, trace.Field{Name: "says", Value: e.Says},
		trace.Field{Name: "client", Value: e.Client}, trace.Field{Name: "whose", Value: e.Person})
	m.At = e.At
	return m
}

// eventOf reads such a note.
func eventOf(m *trace.Message) (tape.Event, bool) {
	what, ok := m.DeedOf()
	if !ok || m.Act == nil {
		return tape.Event{}, false
	}
	said := func(name string) string { return trace.ValueOf(m.Act.Fields, name) }
	return tape.Event{Deed: what, Says: said("says"), Client: said("client"), Person: said("whose")}, true
}

// Events lists what was done to the server, the newest first.
func (l *Log) Events() []Event {
	events := slices.Clone(l.events)
	slices.Reverse(events)
	return events
}

// EventsOf lists what was done to the server while a login went on, and since,
// until the same client began another one: the oldest first. What was about
// another client is left out.
func (l *Log) EventsOf(number int) []Event {
	login := l.Login(number)
	if login == nil {
		return nil
	}
	last, over := login.Last().At(), l.followed(login)
	var found []Event
	for _, e := range l.events {
		concerns := e.Client == "" || e.Client == login.Client
		if concerns && !e.At.Before(login.Began()) && (over.IsZero() || e.At.Before(over) || !e.At.After(last)) {
			found = append(found, e)
		}
	}
	return found
}

// followed is when the client of a login began the next one; zero where it did not.
func (l *Log) followed(login *logins.Login) time.Time {
	all := l.joiner.Log().Logins
	i, found := slices.BinarySearchFunc(all, login.Number, func(one *logins.Login, n int) int { return one.Number - n })
	if found {
		i++
	}
	for _, next := range all[i:] {
		if next.Client == login.Client {
			return next.Began()
		}
	}
	return time.Time{}
}
