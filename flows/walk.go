package flows

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
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
