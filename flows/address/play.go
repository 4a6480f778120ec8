package address

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Play plays the walk to its end and returns the run, the mistake made in it.
// The choices of the visit take the place of those in o.
func (v Visit) Play(ctx context.Context, o flows.Options) (run *trace.Trace, err error) {
	o.Choices = v.Choices
	w, err := flows.Start(ctx, v.Flow, o)
	if err != nil {
		return nil, fmt.Errorf("play %s: %w", v.Address(), err)
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if m, ok := v.Flow.Mistake(v.Mistake); ok {
		plan := w.Plan()
		i := slices.IndexFunc(plan.Messages, func(msg trace.Message) bool { return msg.Step == m.Step })
		if i < 0 {
			return nil, fmt.Errorf("play %s: the mistake changes the step %q, and the run does not come to it", v.Address(), m.Step)
		}
		if err := w.Edit(ctx, i, m.Make(&plan.Messages[i], plan.Upto(i))); err != nil {
			return nil, fmt.Errorf("play %s: %w", v.Address(), err)
		}
	}
	if err := w.Finish(ctx); err != nil {
		return nil, fmt.Errorf("play %s: %w", v.Address(), err)
	}
	return w.Trace(), nil
}
