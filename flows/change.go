package flows

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

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
