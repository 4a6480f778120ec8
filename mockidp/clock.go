package mockidp

import (
	"sync"
	"time"
)

// Clock is a clock that stands still until it is moved, for [Config.Now], so
// that a test sees a code expire without waiting for it:
//
//	clock := mockidp.NewClock(time.Now())
//	provider := mockidp.Start(t, mockidp.Config{Now: clock.Now})
//	clock.Advance(time.Minute)
//
// It is safe for concurrent use, and must not be copied.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that shows start.
func NewClock(start time.Time) *Clock { return &Clock{now: start} }

// Now returns what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock by d. A negative d moves it back, as the clock of
// another machine may lag behind.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
