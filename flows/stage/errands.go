package stage

import (
	"context"
	"net/http"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// errands are the calls that the provider makes by itself and in its own time,
// such as telling an app that a person signed out. Each waits until the story
// comes to it, so that a run has its messages in one order.
type errands struct {
	ctx     context.Context
	end     context.CancelFunc
	waiting chan errand
}

type errand struct {
	req *http.Request
	// done gets the answer; it has room, so that nobody waits for who went away.
	done chan answered
}

type answered struct {
	resp *http.Response
	err  error
}

func newErrands(ctx context.Context) *errands {
	ctx, end := context.WithCancel(ctx)
	return &errands{ctx: ctx, end: end, waiting: make(chan errand)}
}

// RoundTrip waits until the story lets the call cross.
func (e *errands) RoundTrip(req *http.Request) (*http.Response, error) {
	call := errand{req: req, done: make(chan answered, 1)}
	select {
	case e.waiting <- call:
	case <-e.ctx.Done():
		return nil, e.ctx.Err()
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
	select {
	case a := <-call.done:
		return a.resp, a.err
	case <-e.ctx.Done():
		return nil, e.ctx.Err()
	}
}

// callsWithin is how long the story waits for a call of the provider's, which
// begins at once where there is one.
const callsWithin = 5 * time.Second

// ProviderCalls lets a call cross that the provider makes by itself. It reports
// whether there was one.
func (s *Stage) ProviderCalls() (bool, error) {
	late := time.NewTimer(callsWithin)
	defer late.Stop()
	select {
	case call := <-s.errands.waiting:
		resp, err := s.network.port(trace.AuthorizationServer, trace.Back).RoundTrip(call.req) //nolint:bodyclose // the caller's
		call.done <- answered{resp, err}
		return true, err
	case <-late.C:
		return false, nil
	case <-s.errands.ctx.Done():
		return false, s.errands.ctx.Err()
	}
}
