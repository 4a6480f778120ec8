package app

import (
	"os"
	"time"

	"fyne.io/fyne/v2"
)

// patience is how long the toolkit may take to end after it was asked to.
const patience = 3 * time.Second

// end asks the toolkit to end, by what asks it, after what has to be kept was.
//
// Fyne 2.8.1 can wait for ever when it ends: an event that arrives between the
// last look at its queue and the mark that nobody looks any more is never
// answered (internal/driver/glfw, runGL). Everything is kept by then, so a
// program that does not come to its end by itself is ended.
func (w *window) end(ask func()) {
	w.remember()
	if err := w.kept.write(); err != nil {
		fyne.LogError("keep what was chosen", err)
	}
	if w.ended != nil {
		go func() {
			select {
			case <-w.ended:
			case <-time.After(patience):
				os.Exit(0)
			}
		}()
	}
	ask()
}
