package flows

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// run is one play of a flow with a gate: a runner goroutine plays, and stops
// at every message until step lets it go on. While a message waits nothing of
// the stage moves, so the trace can be read without a lock.
type run struct {
	flow    Flow
	stage   *stage.Stage
	waiting *trace.Message
	arrived chan *trace.Message
	release chan struct{}
	done    chan error // what Play returned; closed after
	cancel  context.CancelFunc
	ended   bool
}

// begin starts the runner and waits for the first message.
func begin(ctx context.Context, f Flow, o stage.Options) (*run, error) {
	r := &run{
		flow:    f,
		arrived: make(chan *trace.Message), release: make(chan struct{}), done: make(chan error, 1),
	}
	life, cancel := context.WithCancel(context.WithoutCancel(ctx)) // the run outlives the call that began it
	r.cancel = cancel
	o.Gate = r.gate
	s, err := stage.New(life, o)
	if err != nil {
		cancel()
		return nil, err
	}
	r.stage = s
	go func() {
		r.done <- f.Play(s)
		close(r.done)
	}()
	if err := r.wait(ctx); err != nil {
		return nil, errors.Join(err, r.close())
	}
	return r, nil
}

// gate is called on the runner: it shows the message and waits for its release.
func (r *run) gate(ctx context.Context, m *trace.Message) error {
	select {
	case r.arrived <- m:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-r.release:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// step releases the waiting message and waits for the next one or for the end.
func (r *run) step(ctx context.Context) error {
	select {
	case r.release <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	r.waiting = nil
	return r.wait(ctx)
}

func (r *run) wait(ctx context.Context) error {
	select {
	case m := <-r.arrived:
		r.waiting = m
		return nil
	case err := <-r.done:
		r.ended = true
		return r.flow.conclude(r.stage.Trace(), err)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *run) crossed() *trace.Trace { return r.stage.Trace() }

// close ends the run, wherever it is, and waits until nothing of it is left.
func (r *run) close() error {
	r.cancel()
	var err error
	if !r.ended {
		r.ended = true
		if err = <-r.done; stage.IsEnded(err) {
			err = nil // it was ended in the middle, as asked
		}
	}
	return errors.Join(err, r.stage.Close())
}

// rehearse plays a flow to its end without stopping. It returns the ports that
// the cast used, so that later runs meet at the same addresses.
func rehearse(ctx context.Context, f Flow, o stage.Options) (*trace.Trace, []int, error) {
	o.Gate = nil
	s, err := stage.New(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	err = f.conclude(s.Trace(), f.Play(s))
	return s.Trace(), s.Ports(), errors.Join(err, s.Close())
}

// conclude writes the outcome of a run that has ended. Only a fault of the
// program comes back as an error; a request that went to nobody, because a
// learner sent it there, is an outcome.
func (f *Flow) conclude(t *trace.Trace, err error) error {
	var nobody *stage.NoSuchHostError
	switch {
	case errors.As(err, &nobody):
		t.Outcome = trace.Outcome{State: trace.Refused, Reason: nobody.Error()}
		return nil
	case err != nil:
		return fmt.Errorf("play: %w", err)
	}
	t.Outcome = f.outcomeOf(t)
	return nil
}

// outcomeOf says how a run came out. The first no is the reason; later ones
// follow from it. What the flow foresees, such as a token that expires so that
// it can be renewed, is a reason only where there is no other.
func (f *Flow) outcomeOf(t *trace.Trace) trace.Outcome {
	var foreseen *trace.Check
	for i := range t.Messages {
		c := t.Messages[i].FailedCheck()
		switch {
		case c == nil:
		case slices.Contains(f.Foreseen, c.ID):
			foreseen = c
		default:
			return refusedBy(c)
		}
	}
	last := len(t.Messages) - 1
	switch {
	case last >= 0 && (t.Messages[last].Step == stage.StepSeeResult || t.Messages[last].Step == stage.StepJobDone):
		return trace.Outcome{State: trace.Completed}
	case foreseen != nil:
		return refusedBy(foreseen)
	}
	return trace.Outcome{State: trace.Refused, Reason: "the run ended where no rule failed"}
}

func refusedBy(c *trace.Check) trace.Outcome {
	return trace.Outcome{State: trace.Refused, By: c.By, Rule: c.ID, Error: c.Error, Reason: reasonOf(*c)}
}

func reasonOf(c trace.Check) string {
	reason := "the rule “" + c.Rule + "” (" + c.Spec.String() + ")"
	if c.Expected != "" || c.Got != "" {
		reason += " expected " + c.Expected + " and got " + c.Got
	} else {
		reason += " was broken"
	}
	if c.Reason != "" {
		reason += ": " + c.Reason
	}
	return reason
}
