package flows

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Options are how a flow is walked.
type Options struct {
	// Provider makes the identity provider for one run. It is called for
	// every rehearsal and replay and must be quick.
	Provider func(stage.Env) (http.Handler, error)
	// Classroom fixes seed and clock, so that the run repeats byte for byte
	// when the provider signs with a fixed key.
	Classroom bool
	Transport stage.Transport
	// Ports are those of the client, the provider and the API over
	// [stage.Loopback]; a zero lets the system choose, and the walk then stays
	// there. Nil: three that never change in a classroom, else the system's choice.
	Ports   []int
	Choices stage.Choices
	// Say is the language of the pages on stage; nil: they say the ids of texts.
	Say *catalog.Catalog
}

// ErrEnded means that a walk has no more messages.
var ErrEnded = errors.New("the walk has ended")

// Walk is one learner's run through a flow. [Walk.Next] lets one message
// cross; all the others wait. It is safe to call from one goroutine at a time.
type Walk struct {
	flow  Flow
	setup stage.Options
	run   *run
	plan  *trace.Trace
	close sync.Once
}

// Start rehearses the flow and brings the first message to the gate.
func Start(ctx context.Context, f Flow, o Options) (*Walk, error) {
	setup, err := setUp(f, o)
	if err != nil {
		return nil, err
	}
	w := &Walk{flow: f, setup: setup}
	if err := w.restart(ctx, o.Choices, 0); err != nil {
		return nil, err
	}
	return w, nil
}

// Rehearse plays a flow to its end at once. The record is what [Walk.Plan] of a
// walk with the same options is, for whoever only looks at it.
func Rehearse(ctx context.Context, f Flow, o Options) (*trace.Trace, error) {
	setup, err := setUp(f, o)
	if err != nil {
		return nil, err
	}
	setup.Cast = f.castFor(o.Choices)
	t, _, err := rehearse(ctx, f, setup)
	if err != nil {
		return nil, fmt.Errorf("flow %s: %w", f.ID, err)
	}
	return t, nil
}

// setUp checks the choices, and draws what a run begins with.
func setUp(f Flow, o Options) (stage.Options, error) {
	setup := stage.Options{
		Flow: f.ID, Start: time.Now().Truncate(time.Second), Classroom: o.Classroom,
		Transport: o.Transport, Ports: o.Ports, Choices: o.Choices, Provider: o.Provider, Name: f.Name, Say: o.Say,
	}
	if err := f.Check(o.Choices); err != nil {
		return setup, err
	}
	if o.Classroom {
		setup.Start, setup.Seed = classroomStart(), classroomSeed()
	} else if _, err := rand.Read(setup.Seed[:]); err != nil {
		return setup, fmt.Errorf("flow %s: draw a seed: %w", f.ID, err)
	}
	return setup, nil
}

// classroomStart is when every classroom run takes place.
func classroomStart() time.Time { return time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC) }

func classroomSeed() [32]byte { return [32]byte([]byte("grantwalk classroom run, 1st ed.")) }

// Flow returns the flow that is walked.
func (w *Walk) Flow() Flow { return w.flow }

// Choices returns what the learner decided for this run.
func (w *Walk) Choices() stage.Choices { return w.setup.Choices }

// Plan returns the rehearsal: the whole run with the same seed and choices.
// Its first messages are those of [Walk.Trace].
func (w *Walk) Plan() *trace.Trace { return w.plan }

// Trace returns what has crossed so far.
func (w *Walk) Trace() *trace.Trace { return w.run.crossed() }

// Waiting returns the message at the gate, or nil when the run has ended.
func (w *Walk) Waiting() *trace.Message { return w.run.waiting }

// Issuer returns the issuer that the app asks (OpenID Connect Core 1.0 section 2).
func (w *Walk) Issuer() string { return w.run.stage.Issuer() }

// Audience returns the identifier of the API: what its access tokens name as their audience.
func (w *Walk) Audience() string { return w.run.stage.API.Audience() }

// PublishedKeys returns the keys that the provider publishes, as a JWK Set
// (RFC 7517 section 5), whether this run fetches them or not.
func (w *Walk) PublishedKeys(ctx context.Context) ([]byte, error) {
	return w.run.stage.API.PublishedKeys(ctx)
}

// Now is the time on the stage's clock.
func (w *Walk) Now() time.Time { return w.run.stage.Now() }

// Next lets the waiting message cross and returns the one that waits then, or
// nil at the end. After the end it returns [ErrEnded].
func (w *Walk) Next(ctx context.Context) (*trace.Message, error) {
	if w.run.waiting == nil {
		return nil, ErrEnded
	}
	if err := w.run.step(ctx); err != nil {
		return nil, fmt.Errorf("flow %s: %w", w.flow.ID, err)
	}
	return w.run.waiting, nil
}

// Finish lets everything cross.
func (w *Walk) Finish(ctx context.Context) error { return w.forward(ctx, stage.MaxMessages+1) }

// Edit changes the request at index i of the plan, which has crossed already
// or is still to come, and replays the run from its seed up to there: the
// edited request then waits. A bad edit is refused and changes nothing. An
// empty edit takes back every earlier one of that request.
func (w *Walk) Edit(ctx context.Context, i int, e stage.Edit) error {
	if i < 0 || i >= len(w.plan.Messages) || w.plan.Messages[i].Kind != trace.Request {
		return errors.New("only a request can be changed")
	}
	target := &w.plan.Messages[i]
	e = Aimed(e, w.plan, i)
	if err := w.checkEdit(e, target); err != nil {
		return err
	}
	choices := w.setup.Choices
	choices.Edits = slices.DeleteFunc(slices.Clone(choices.Edits), func(old stage.Edit) bool {
		return old.Step == e.Step && old.Occurrence == e.Occurrence
	})
	if !e.IsZero() {
		choices.Edits = append(choices.Edits, e)
	}
	return w.restart(ctx, choices, i)
}

// Aimed is an edit that changes the request at index i of a run, and none like it.
func Aimed(e stage.Edit, t *trace.Trace, i int) stage.Edit {
	e.Step, e.Occurrence = t.Messages[i].Step, occurrence(t, i)
	return e
}

// occurrence counts the requests of the same step before message i.
func occurrence(t *trace.Trace, i int) int {
	n := 0
	for _, m := range t.Messages[:i] {
		if m.Step == t.Messages[i].Step && m.Kind == trace.Request {
			n++
		}
	}
	return n
}

// EditOf returns what was changed in the request at index i of the plan; the zero value is nothing.
func (w *Walk) EditOf(i int) stage.Edit {
	for _, e := range w.setup.Choices.Edits {
		if e.Step == w.plan.Messages[i].Step && e.Occurrence == occurrence(w.plan, i) {
			return e
		}
	}
	return stage.Edit{}
}

func (w *Walk) checkEdit(e stage.Edit, target *trace.Message) error {
	if err := e.Check(); err != nil {
		return err
	}
	return w.run.stage.CheckHost(target.URL, e.URL)
}

// Choose replays the run from its seed with other choices, up to the place
// where it was or to the first message that is not the same kind of step any more.
func (w *Walk) Choose(ctx context.Context, c stage.Choices) error {
	if err := w.flow.Check(c); err != nil {
		return err
	}
	return w.restart(ctx, c, len(w.run.crossed().Messages))
}

// Jump lets the clock run by so much before message i of the plan crosses, and
// replays the run from its seed up to there: that message then waits. Zero
// takes back what was jumped there. A jump that is refused changes nothing.
func (w *Walk) Jump(ctx context.Context, i int, by time.Duration) error {
	if i < 0 || i >= len(w.plan.Messages) {
		return errors.New("the clock is moved before a message of the run")
	}
	j := w.moment(i)
	j.By = by
	choices := w.setup.Choices
	choices.Jumps = slices.DeleteFunc(slices.Clone(choices.Jumps), func(old stage.Jump) bool {
		return old.Step == j.Step && old.Occurrence == j.Occurrence
	})
	if by != 0 {
		if err := j.Check(); err != nil {
			return err
		}
		choices.Jumps = append(choices.Jumps, j)
	}
	return w.restart(ctx, choices, i)
}

// JumpOf returns how far the learner lets the clock run before message i of the plan.
func (w *Walk) JumpOf(i int) time.Duration {
	if i < 0 || i >= len(w.plan.Messages) {
		return 0
	}
	at := w.moment(i)
	for _, j := range w.setup.Choices.Jumps {
		if j.Step == at.Step && j.Occurrence == at.Occurrence {
			return j.By
		}
	}
	return 0
}

// moment is a jump of no length before message i of the plan.
func (w *Walk) moment(i int) stage.Jump {
	j := stage.Jump{Step: w.plan.Messages[i].Step}
	for _, m := range w.plan.Messages[:i] {
		if m.Step == j.Step {
			j.Occurrence++
		}
	}
	return j
}

// Seek replays the run so that exactly n messages have crossed.
func (w *Walk) Seek(ctx context.Context, n int) error {
	if n < len(w.run.crossed().Messages) {
		return w.restart(ctx, w.setup.Choices, n)
	}
	return w.forward(ctx, n)
}

// Close ends the run and everything that belongs to it.
func (w *Walk) Close() error {
	var err error
	w.close.Do(func() {
		if w.run != nil {
			err = w.run.close()
		}
	})
	return err
}

// restart rehearses with the choices and goes to the place. When that fails,
// the walk goes back to what it was.
func (w *Walk) restart(ctx context.Context, c stage.Choices, n int) error {
	setup := w.setup
	setup.Choices = c
	if w.run == nil {
		return w.play(ctx, setup, n)
	}
	was := len(w.run.crossed().Messages)
	if err := w.run.close(); err != nil { // first, because the next run may need the same ports
		return fmt.Errorf("flow %s: end the earlier run: %w", w.flow.ID, err)
	}
	if err := w.play(ctx, setup, n); err != nil {
		return errors.Join(err, w.play(ctx, w.setup, was))
	}
	return nil
}

func (w *Walk) play(ctx context.Context, setup stage.Options, n int) error {
	setup.Cast = w.flow.castFor(setup.Choices)
	plan, ports, err := rehearse(ctx, w.flow, setup)
	if err != nil {
		return fmt.Errorf("flow %s: rehearse: %w", w.flow.ID, err)
	}
	if w.plan != nil {
		n = min(n, sameSteps(w.plan, plan))
	}
	setup.Ports = ports
	r, err := begin(ctx, w.flow, setup)
	if err != nil {
		return fmt.Errorf("flow %s: %w", w.flow.ID, err)
	}
	w.setup, w.plan, w.run = setup, plan, r
	return w.forward(ctx, n)
}

func (w *Walk) forward(ctx context.Context, n int) error {
	for w.run.waiting != nil && len(w.run.crossed().Messages) < n {
		if _, err := w.Next(ctx); err != nil {
			return err
		}
	}
	return nil
}

// sameSteps counts the steps that two runs begin with alike.
func sameSteps(a, b *trace.Trace) int {
	n := 0
	for n < len(a.Messages) && n < len(b.Messages) && a.Messages[n].Step == b.Messages[n].Step {
		n++
	}
	return n
}
