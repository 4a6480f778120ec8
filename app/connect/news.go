package connect

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/tape"
)

// follow calls for what is new, a few times a second at most.
func (r *Room) follow(ctx context.Context, t *tape.Tape, news func()) {
	const pace = 100 * time.Millisecond
	r.busy.Go(func() {
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

// news takes in what crossed since.
func (r *Room) news() {
	r.sit()
	if r.log == nil || r.paused {
		return
	}
	before := r.log.Events()
	for r.log.Read() {
	}
	if since(before, r.log.Events(), heldNow) {
		r.askHeld()
	}
	if r.operable() && since(before, r.log.Events(), setupNow) {
		r.learnRealms()
	}
	to := r.at
	if newest := r.log.Newest(); r.newest && newest > 0 && r.page == pageServer {
		to = newest
	}
	if to == 0 && (r.page == pageHeld || r.page == pageSetup || r.page == pageExam && r.exam != nil && !r.failsAtFirst()) {
		r.window.Changed() // somebody types there, or reads what changes by itself
		return
	}
	if login := r.log.Login(to); login != nil && to == r.at && len(login.Exchanges) == r.drawn {
		r.window.Changed() // somebody reads, and only the list has something new
		return
	}
	r.show(to)
}
