package serve

import (
	"context"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
)

// silences are the codes that were given out and that nobody has redeemed yet. Once such a code has expired, or when
// the server ends, the explainer says so: no request comes that could be refused.
type silences struct {
	now     func() time.Time
	waiting []waiting
}

// waiting is a login whose code nobody redeemed.
type waiting struct {
	login *logins.Login
	given *logins.Exchange
	until time.Time // by the clock of the realm
	realm string
}

// keep forgets what was redeemed, and what is not remembered any more.
func (s *silences) keep(gone int) {
	s.waiting = slices.DeleteFunc(s.waiting, func(w waiting) bool {
		return len(w.login.At(logins.Token)) > 0 || w.given.Number <= gone
	})
}

// over takes those whose code has expired; all of them where the server ends.
func (s *silences) over(clock func(realm string) time.Time, ends bool) []waiting {
	var over []waiting
	kept := s.waiting[:0]
	for _, w := range s.waiting {
		if ends || !clock(w.realm).Before(w.until) {
			over = append(over, w)
			continue
		}
		kept = append(kept, w)
	}
	s.waiting = kept
	return over
}

// next is how long until the first of them expires, as far as no clock is moved.
func (s *silences) next(clock func(realm string) time.Time) (time.Duration, bool) {
	var least time.Duration
	for i, w := range s.waiting {
		if left := w.until.Sub(clock(w.realm)); i == 0 || left < least {
			least = left
		}
	}
	return max(least, 0), len(s.waiting) > 0
}

// clock is the time in a realm: that of the machine, and as far from it as somebody moved it.
func (x *explainer) clock(realm string) time.Time {
	now := x.silent.now()
	if apart, err := x.front.provider.Load().ClockMoved(realm); err == nil {
		now = now.Add(apart)
	}
	return now
}

// wait returns when there is something to read, and an error where nothing more will come. Meanwhile it tells of each
// code that expires.
func (x *explainer) wait(ctx context.Context) error {
	for {
		until, stop := context.WithCancel(ctx)
		if left, some := x.silent.next(x.clock); some {
			stop()
			until, stop = context.WithTimeout(ctx, left)
		}
		err := x.tape.Wait(until, x.read)
		stop()
		x.tellSilences(false)
		if err == nil || ctx.Err() != nil {
			return err //nolint:wrapcheck // it ends a loop, and nobody is told
		}
	}
}

// hearCode notes a code that was given out.
func (x *explainer) hearCode(e *logins.Exchange, l *logins.Login) {
	x.silent.keep(x.joiner.Log().Gone)
	if l == nil || !e.Endpoint.Provides() || e.Came("code") == "" || len(l.At(logins.Token)) > 0 {
		return
	}
	realm := e.Realm()
	good := x.front.provider.Load().CodeLifetime(realm, l.Client)
	x.silent.waiting = append(x.silent.waiting, waiting{login: l, given: e, until: x.clock(realm).Add(good), realm: realm})
}

// tellSilences says what nobody redeemed.
func (x *explainer) tellSilences(ends bool) {
	for _, w := range x.silent.over(x.clock, ends) {
		known := x.front.provider.Load().Known()
		known.Ended = true
		d := diagnosis.OfLogin(x.joiner.Log(), w.login, known)
		if len(d.Causes) > 0 && d.Causes[0].ID == "code-never-redeemed" {
			x.tell(&d)
		}
	}
}
