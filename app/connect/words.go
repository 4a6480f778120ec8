package connect

import (
	"cmp"
	"time"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/live"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// words are what the room says, in the manner of now.
type words struct {
	room.Manner

	stack string // whose cure is told; "" for every stack
}

// say says what is filed for this room.
func (w *words) say(id string, pairs ...string) string {
	return w.Words.Catalog().Text("connect."+id, pairs...)
}

// count is say for a number of things.
func (w *words) count(id string, n int, pairs ...string) string {
	return w.Words.Catalog().Count("connect."+id, n, pairs...)
}

// diagnose says what is filed for diagnoses, wherever they are told.
func (w *words) diagnose(id string, pairs ...string) string {
	return w.Words.Catalog().Text("diagnose."+id, pairs...)
}

// developer reports whether it is told to who can change an app.
func (w *words) developer() bool { return w.Voice == tutorials.Developer }

// narrator tells a run.
func (w *words) narrator() tutorials.Narrator {
	return tutorials.Narrator{Words: w.Words, Voice: w.Voice, Lens: w.Lens, Provider: stage.ProviderName}
}

// called is the name of a client.
func (w *words) called(client string) string { return cmp.Or(client, w.diagnose("text.nobody")) }

// state is how a login went.
func (w *words) state(s logins.State) string {
	switch s {
	case logins.Stopped:
		return w.say("run.stopped")
	case logins.Done:
		return w.say("run.done")
	case logins.Waiting:
	}
	return w.say("run.waiting")
}

// event says what was done to the server, in a line.
func (w *words) event(e *live.Event) string {
	said := w.say("event."+e.Deed, "says", e.Says, "client", w.called(e.Client), "person", e.Person)
	return e.At.Local().Format(time.TimeOnly) + " · " + said
}

// stacks are those whose cure is told.
func (w *words) stacks() []string {
	if w.stack == "" {
		return tutorials.Stacks()
	}
	return []string{w.stack}
}

// stackChip chooses the stack whose cure is told.
func (w *words) stackChip(chosen func()) room.Chip {
	all := append([]string{""}, tutorials.Stacks()...)
	c := choice(w.say("stack"), w.say("every-stack"), all, &w.stack, func(id string) string { return w.diagnose("stack." + id) }, chosen)
	c.Differs = false // no login is left out
	return c
}
