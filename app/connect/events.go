package connect

import (
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/tape"
)

// drawEvents lists what was done to the server, as far as there is anything.
func (s *sheet) drawEvents(w *words, heading string, events []live.Event) {
	const most = 8
	if len(events) > 0 {
		s.column.Add(look.Gutter, s.head(heading, look.Body, look.Ink))
	}
	for i := range events[:min(len(events), most)] {
		s.column.Add(4, s.soft(w.event(&events[i])))
	}
}

// since reports whether one of some deeds was done between two lists of events, the
// newest first.
func since(before, now []live.Event, is func(deed string) bool) bool {
	for _, e := range now {
		if len(before) > 0 && e == before[0] {
			return false
		}
		if is(e.Deed) {
			return true
		}
	}
	return false
}

// setupNow reports whether an event says that somebody else may log in now.
func setupNow(deed string) bool {
	return deed == tape.ConfigChanged || deed == tape.EntryChanged || deed == tape.EntryRemoved
}

// heldNow reports whether an event says that what is held has changed.
func heldNow(deed string) bool {
	switch deed {
	case tape.RequestHeld, tape.RequestSentOn, tape.RequestChanged, tape.RequestFailed, tape.RequestTimedUp, tape.RequestGone:
		return true
	}
	return false
}
