package flows

import (
	"context"
	"maps"
	"slices"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Try makes a classic mistake. Where it belongs to another choice of the flow's
// switches, they are chosen first. It returns the index of the request that is
// changed, which then waits, or a [NoSuchStepError].
func (w *Walk) Try(ctx context.Context, m Mistake) (int, error) {
	if chosen := w.setup.Choices; !w.flow.stands(m.With, chosen.Switches) {
		switches := maps.Clone(chosen.Switches)
		if switches == nil {
			switches = map[string]string{}
		}
		maps.Copy(switches, m.With)
		chosen.Switches = switches
		if err := w.Choose(ctx, chosen); err != nil {
			return 0, err
		}
	}
	i := slices.IndexFunc(w.plan.Messages, func(msg trace.Message) bool { return msg.Step == m.Step })
	if i < 0 {
		return 0, &NoSuchStepError{Step: m.Step}
	}
	return i, w.Edit(ctx, i, m.Make(&w.plan.Messages[i], w.plan.Upto(i)))
}

// NoSuchStepError means that a run does not come to a step.
type NoSuchStepError struct{ Step string }

func (e *NoSuchStepError) Error() string { return "this run does not come to the step " + e.Step }
