package stage

import (
	"crypto/sha256"
	"io"
	"math/rand/v2"
	"sync"
	"time"
)

// How long things take on the stage's clock. Only the order of magnitude
// matters: a code that lives 60 s must be a few seconds old when it is used.
const (
	hop      = 40 * time.Millisecond
	glance   = 900 * time.Millisecond
	typing   = 6 * time.Second
	deciding = 3 * time.Second
)

// clock is the stage's own time. It moves when a message crosses, when the
// person takes a moment, and when a learner lets it, never by itself: nothing
// expires while a presenter talks.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now returns the time on stage.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return c.now
}

// stream returns a party's own randomness. Each party draws from its own
// stream, so that what one of them does never changes what another one makes.
func stream(seed [32]byte, party string) io.Reader {
	return rand.NewChaCha8(sha256.Sum256(append(seed[:], party...)))
}
