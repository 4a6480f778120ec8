package app

import (
	"os"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// patience is how long the toolkit may take to end after it was asked to.
const patience = 3 * time.Second

// ending is how the window comes to its end.
type ending struct {
	keep  func() error  // what has to be kept
	ended chan struct{} // closed when the toolkit has ended; nil where none runs
	over  atomic.Bool   // it was asked to: what it is given to do from now on, it may do on any goroutine
}

// end asks the toolkit to end, by what asks it, after what has to be kept was.
//
// Fyne 2.8.1 can wait for ever when it ends: an event that arrives between the
// last look at its queue and the mark that nobody looks any more is never
// answered (internal/driver/glfw, runGL). Everything is kept by then, so a
// program that does not come to its end by itself is ended.
func (e *ending) end(ask func()) {
	if err := e.keep(); err != nil {
		fyne.LogError("keep what was chosen", err)
	}
	e.over.Store(true)
	if e.ended != nil {
		go func() {
			select {
			case <-e.ended:
			case <-time.After(patience):
				os.Exit(0)
			}
		}()
	}
	ask()
}

// errands are done out of the way of whoever draws.
type errands struct{ busy sync.WaitGroup }

// run does work, and has whoever draws go on with what came of it.
func (e *errands) run(work func() error, then func(error)) {
	e.busy.Go(func() {
		err := work()
		fyne.Do(func() { then(err) })
	})
}
