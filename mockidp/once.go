package mockidp

import (
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

const (
	maxProofs     = 32768
	maxAssertions = 65536
)

const (
	// clockSkew is how far the clock of a client may be ahead. The FAPI 2.0
	// Security Profile section 5.3.2.1 demands ten seconds.
	clockSkew = 10 * time.Second
	// maxAssertionLife is how far away exp may be. What is shown is remembered
	// for as long, so that it is taken once only.
	maxAssertionLife = time.Hour
)

// A proof is good for as long as a request takes, clocks that differ included
// (RFC 9449 section 11.1).
const (
	proofAge   = 60 * time.Second
	proofAhead = 30 * time.Second
)

// once remembers what may be shown once only, for as long as it could be shown
// again: DPoP proofs (RFC 9449 section 11.1) and the assertions of clients (RFC
// 7523 section 3). Past the limit the oldest are forgotten, so nobody can fill
// the memory.
type once struct {
	mu    sync.Mutex // guards shown
	shown shelf.Shelf[struct{}]
}

func newProofs() once { return once{shown: shelf.New[struct{}](proofAge+proofAhead, maxProofs)} }

func newAssertions() once {
	return once{shown: shelf.New[struct{}](maxAssertionLife+clockSkew, maxAssertions)}
}

// claim reports whether this is the first time.
func (o *once) claim(key string, now time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, before := o.shown.Get(key, now); before {
		return false
	}
	o.shown.Put(key, struct{}{}, now)
	return true
}
