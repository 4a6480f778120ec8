package connect

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/tape"
)

// errands are what somebody would have to wait for: they are done out of the way
// of whoever draws, and end with the room.
type errands struct {
	away  func(work func() error, then func(error))            // goes on with what came of it on the goroutine that draws
	watch func(ctx context.Context, t *tape.Tape, news func()) // calls news on the goroutine that draws

	busy   sync.WaitGroup
	ctx    context.Context //nolint:containedctx // it ends what the room began, when the room is closed
	cancel context.CancelFunc
}

func newErrands() *errands {
	e := &errands{}
	e.away, e.watch = e.elsewhere, e.follow
	e.ctx, e.cancel = context.WithCancel(context.Background())
	return e
}

// closed reports whether nobody looks any more.
func (e *errands) closed() bool { return e.ctx.Err() != nil }

// close ends them all, and waits until they have ended.
func (e *errands) close() {
	e.cancel()
	e.busy.Wait()
}

// elsewhere does work on another goroutine.
func (e *errands) elsewhere(work func() error, then func(error)) {
	e.busy.Go(func() {
		err := work()
		if !e.closed() {
			fyne.Do(func() { then(err) })
		}
	})
}

// follow calls for what is new, a few times a second at most.
func (e *errands) follow(ctx context.Context, t *tape.Tape, news func()) {
	const pace = 100 * time.Millisecond
	e.busy.Go(func() {
		for last := 0; t.Wait(ctx, last) == nil; {
			last = t.Last()
			fyne.Do(news)
			select {
			case <-time.After(pace):
			case <-ctx.Done():
			}
		}
	})
}
