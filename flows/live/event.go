package live

import (
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/tape"
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

// Events lists what was done to the server, the newest first.
func (l *Log) Events() []Event {
	events := slices.Clone(l.events)
	slices.Reverse(events)
	return events
}

// EventsOf lists what was done to the server while a login went on, the oldest
// first. What was about another client is left out.
func (l *Log) EventsOf(number int) []Event {
	login := l.Login(number)
	if login == nil {
		return nil
	}
	var found []Event
	for _, e := range l.events {
		concerns := e.Client == "" || e.Client == login.Client
		if concerns && !e.At.Before(login.Began()) && !e.At.After(login.Last().At()) {
			found = append(found, e)
		}
	}
	return found
}
