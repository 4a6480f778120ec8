package address

import (
	"context"
	"errors"
	"fmt"

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
		if _, err := w.Try(ctx, m); err != nil {
			return nil, fmt.Errorf("play %s: the mistake %s: %w", v.Address(), m.ID, err)
		}
	}
	if err := w.Finish(ctx); err != nil {
		return nil, fmt.Errorf("play %s: %w", v.Address(), err)
	}
	return w.Trace(), nil
}
