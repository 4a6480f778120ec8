// Package player is the screen on which a flow is walked: the sequence diagram
// in the middle, the inspector beside it, the transport bar below.
//
// [Player] is a cursor over a walk and knows no widget; [Screen] draws it.
package player

import (
	"context"
	"errors"
	"slices"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Player is a cursor over a walk. Going back moves the cursor only; going
// forward past what has crossed lets the next message cross.
//
// All of it happens on the goroutine that calls; a step takes a millisecond or two.
type Player struct {
	watchers

	walk     run
	cursor   int // index of the message that is looked at; -1 before the first
	followed string
	client   string // see [Named]

	told toldRun // see [Player.tell]

	known reading // see [Player.read]
}

// errNoSlot means that no request of the run brings such a token.
var errNoSlot = errors.New("no request of this run brings such a token")

// New returns a player at the start of a walk. The caller closes the walk.
func New(w *flows.Walk) *Player { return &Player{walk: w, cursor: -1} }

// Flow returns the flow that is played.
func (p *Player) Flow() flows.Flow { return p.walk.Flow() }

// Plan returns the whole run as it was rehearsed with the choices of now.
func (p *Player) Plan() *trace.Trace { return p.walk.Plan() }

// Crossed returns how many messages have crossed.
func (p *Player) Crossed() int { return len(p.walk.Trace().Messages) }

// Cursor returns the index of the message that is looked at, -1 before the first.
func (p *Player) Cursor() int { return p.cursor }

// Len returns how many messages the run will have.
func (p *Player) Len() int { return len(p.Plan().Messages) }

// AtEnd reports whether the last message is looked at.
func (p *Player) AtEnd() bool { return p.cursor == p.Len()-1 }

// Choices returns what was decided for this run.
func (p *Player) Choices() stage.Choices { return p.walk.Choices() }

// FirstName is what the story calls whoever signs in.
func (p *Player) FirstName() string { return p.walk.Flow().Cast.FirstName(p.walk.Choices()) }

// Current returns the message that is looked at, or nil before the first.
func (p *Player) Current() *trace.Message { return p.At(p.cursor) }

// At returns message i as it crossed, or as it was rehearsed when it has not yet; nil when there is none.
func (p *Player) At(i int) *trace.Message {
	if i < 0 || i >= p.Len() {
		return nil
	}
	if crossed := p.walk.Trace(); i < len(crossed.Messages) {
		return &crossed.Messages[i]
	}
	return &p.Plan().Messages[i]
}

// Forward looks at the next message and lets it cross if it has not. At the end it does nothing.
func (p *Player) Forward() error { return p.Seek(p.cursor + 1) }

// Back looks at the message before.
func (p *Player) Back() { _ = p.Seek(p.cursor - 1) } // going back lets nothing cross, so nothing can fail

// Seek looks at message i, letting everything up to it cross. It stops at either end.
func (p *Player) Seek(i int) error {
	i = max(-1, min(i, p.Len()-1))
	if i >= p.Crossed() {
		if err := p.walk.Seek(context.Background(), i+1); err != nil {
			return err
		}
	}
	p.cursor = i
	p.changed()
	return nil
}

// Restart takes every choice and edit back and begins again with the same seed.
func (p *Player) Restart() error {
	if err := p.clean(); err != nil {
		return err
	}
	if err := p.walk.Seek(context.Background(), 0); err != nil {
		return err
	}
	p.cursor = -1
	p.changed()
	return nil
}

// Choose replays the run with other choices. The cursor stays on its message
// while the run up to it is the same, and otherwise goes to the last one that is.
func (p *Player) Choose(c stage.Choices) error {
	if err := p.walk.Choose(context.Background(), c); err != nil {
		return err
	}
	p.cursor = min(p.cursor, p.Crossed()-1)
	p.changed()
	return nil
}

// Send changes request i and sends it: the run goes on from there with
// whatever the parties really answer. A bad edit is refused and changes nothing.
func (p *Player) Send(i int, e stage.Edit) error {
	if err := p.walk.Edit(context.Background(), i, e); err != nil {
		return err
	}
	return p.Seek(i)
}

// Try makes a classic mistake, alone, and goes to where it is sent.
func (p *Player) Try(id string) error {
	flow := p.Flow()
	m, ok := flow.Mistake(id)
	if !ok {
		return errors.New("this flow has no mistake called " + id)
	}
	if err := p.clean(); err != nil {
		return err
	}
	i, err := p.walk.Try(context.Background(), m)
	var unmet *flows.NoSuchStepError
	if errors.As(err, &unmet) && len(p.Choices().Switches) > 0 { // it belongs to the story as it is told at first
		if err = p.walk.Choose(context.Background(), stage.Choices{Person: p.Choices().Person, Client: p.Choices().Client}); err != nil {
			return err
		}
		i, err = p.walk.Try(context.Background(), m)
	}
	if err != nil {
		return err
	}
	return p.Seek(i)
}

// Asked lists the permissions that the consent page of this run asks for and
// the person can leave out. Where the run ends before that page, they are those
// of the run before.
func (p *Player) Asked() []string {
	return p.read().asked
}

// Mistake returns the classic mistake that this run makes, or "". A saved run
// knows it too; one that this program does not know is none.
func (p *Player) Mistake() string {
	flow := p.Flow()
	m, _ := flow.Mistake(p.Plan().Mistake)
	return m.ID
}

// clean takes every choice back but those that say which story it is: the
// person, how the flow's switches stand, and how the app is set up.
func (p *Player) clean() error {
	if unchanged(p.Choices()) {
		return nil
	}
	was := p.Choices()
	return p.walk.Choose(context.Background(), stage.Choices{Person: was.Person, Switches: was.Switches, Client: was.Client})
}

// Find returns the index of the first message of that step, or -1.
func (p *Player) Find(step string) int {
	return slices.IndexFunc(p.Plan().Messages, func(m trace.Message) bool { return m.Step == step })
}

// broken returns the check that refused the run, or nil.
func (p *Player) broken() *trace.Check {
	if i := p.Plan().Failed(); i >= 0 {
		return p.Plan().Messages[i].FailedCheck()
	}
	return nil
}

// signingIn is the choice of somebody who sent the sign-in form as it was typed.
func signingIn(c stage.Choices, typed stage.Typed) stage.Choices {
	for _, p := range stage.People() {
		if p.Username == typed.Username {
			c.Person = p.Username
		}
	}
	c.Typed = &typed
	if c.SignsIn() {
		c.Typed = nil
	}
	return c
}

// Target returns the request that a learner would want to change from here: the
// one that waits, else the one that is looked at, else the next one; -1 when there is none.
func (p *Player) Target() int {
	isRequest := func(i int) bool { m := p.At(i); return m != nil && m.Kind == trace.Request }
	if isRequest(p.cursor + 1) {
		return p.cursor + 1
	}
	for i := p.cursor; i < p.Len(); i++ {
		if isRequest(i) {
			return i
		}
	}
	for i := p.cursor; i >= 0; i-- {
		if isRequest(i) {
			return i
		}
	}
	return -1
}

// Followed returns the value that is being followed, or "".
func (p *Player) Followed() string { return p.followed }

// Follow lights a value up wherever it stands; the same again, or "", ends that.
func (p *Player) Follow(value string) {
	if value == p.followed {
		value = ""
	}
	p.followed = value
	p.changed()
}

// Places returns where the followed value stands, as far as the run has come.
func (p *Player) Places() []trace.Place { return p.Plan().Upto(p.Crossed()).Find(p.followed) }

// usable reports whether the page that message i brought can be used now: the
// person's act on it is looked at, or comes next.
func (p *Player) usable(i int) bool {
	act := p.At(i + 1)
	return !p.IsSaved() && act != nil && act.Kind == trace.Gesture && act.From == trace.ResourceOwner && p.cursor <= i+1
}

// Press does what a button on the page under the cursor does: the person signs
// in as somebody, approves or refuses. The run replays with that choice and
// goes on to the person's act.
func (p *Player) Press(name, value string, fields map[string]string) error {
	c := p.Choices()
	switch name {
	case "decision":
		c.Deny = value != "approve"
		if !c.Deny {
			c.Withhold = unticked(fields)
		}
	case "fill":
		c.Person, c.Typed = value, nil
	default:
		c = signingIn(c, stage.Typed{Username: fields["username"], Password: fields["password"]})
	}
	act := p.cursor
	if m := p.Current(); m != nil && m.Kind == trace.Response {
		act++
	}
	if err := p.Choose(c); err != nil {
		return err
	}
	return p.Seek(act)
}

// unticked lists the permissions whose boxes are sent as empty, in the order of their names.
func unticked(fields map[string]string) []string {
	var out []string
	for name, value := range fields {
		if permission := stage.Permission(name); permission != "" && value == "" {
			out = append(out, permission)
		}
	}
	slices.Sort(out)
	return out
}

// EditOf returns what was changed in request i so far.
func (p *Player) EditOf(i int) stage.Edit { return p.walk.EditOf(i) }

// unchanged reports whether a run is as the story tells it, but for the person and the switches.
func unchanged(c stage.Choices) bool {
	return len(c.Edits) == 0 && len(c.Withhold) == 0 && len(c.Jumps) == 0 && !c.Deny && c.Typed == nil
}
