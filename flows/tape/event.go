package tape

import (
	"context"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Event is something that was done to a server while clients used it, such as
// a clock that was moved. It stands on the tape between the exchanges, so that
// whoever reads sees what happened before and after.
type Event struct {
	Deed   string `json:"deed"` // what was done, see the constants; words for people are filed under it
	Realm  string `json:"realm,omitempty"`
	Client string `json:"client,omitempty"` // client_id, where it is about one
	Person string `json:"person,omitempty"` // user name, where it is about one
	Says   string `json:"says,omitempty"`   // by how much, which one: what the deed alone does not tell
}

// The deeds.
const (
	ClockMoved     = "clock-moved"
	TroubleOrdered = "trouble-ordered"
	TroubleEnded   = "trouble-ended"
	KeysRotated    = "keys-rotated"
	SessionEnded   = "session-ended"
	GrantsRevoked  = "grants-revoked"
	LogoutSent     = "logout-sent" // by the back channel; how it went is another event
	LogoutHeard    = "logout-heard"
	LogoutFailed   = "logout-failed"
	RequestHeld    = "request-held"
	RequestSentOn  = "request-sent-on"
	RequestChanged = "request-changed"
	RequestFailed  = "request-troubled" // answered with the trouble that was chosen
	RequestTimedUp = "request-timed-up" // nobody decided in time, so it was sent on
	RequestGone    = "request-gone"     // who asked did not wait
	ConfigChanged  = "config-changed"
	ConfigRefused  = "config-refused" // the file has a slip, and what was served goes on
	EntryChanged   = "entry-changed"  // a client, person or scope; the file does not have it yet
	EntryRemoved   = "entry-removed"
)

// Deeds lists them.
func Deeds() []string {
	return []string{
		ClockMoved, TroubleOrdered, TroubleEnded, KeysRotated, SessionEnded, GrantsRevoked, LogoutSent, LogoutHeard, LogoutFailed,
		RequestHeld, RequestSentOn, RequestChanged, RequestFailed, RequestTimedUp, RequestGone, ConfigChanged, ConfigRefused, EntryChanged,
		EntryRemoved,
	}
}

type tapeKey struct{}

// WithEvents returns a context whose events go onto a tape.
func WithEvents(ctx context.Context, t *Tape) context.Context {
	return context.WithValue(ctx, tapeKey{}, t)
}

// Tell writes down what was done, if there is a tape in the context.
func Tell(ctx context.Context, e Event) {
	t, _ := ctx.Value(tapeKey{}).(*Tape)
	t.Tell(e)
}

// Recall writes down what was done at another time, out of a file.
func (t *Tape) Recall(e Event, at time.Time) {
	t.add(&Exchange{Event: &e, Request: trace.Message{Kind: trace.Note, At: at}})
}

// Tell writes down what was done. Of an exchange that is an event, only the
// time of its request is set. Where there is no tape, nobody is told.
func (t *Tape) Tell(e Event) {
	if t == nil {
		return
	}
	t.add(&Exchange{Event: &e, Request: trace.Message{Kind: trace.Note, At: t.now()}})
}
