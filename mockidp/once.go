package mockidp

import (
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
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
// 7523 section 3). Past the limit the oldest of whoever showed most are forgotten,
// so nobody can fill the memory, nor make others forgotten.
type once struct {
	mu    sync.Mutex // guards shown
	shown shelf.Shelf[struct{}]
}

func newProofs(full *fullness) once {
	return once{shown: newShelf[struct{}](full, limitProofs, proofAge+proofAhead, maxProofs)}
}

func newAssertions(full *fullness) once {
	return once{shown: newShelf[struct{}](full, limitAssertions, maxAssertionLife+clockSkew, maxAssertions)}
}

// claim reports whether this is the first time. The owner is whose it is.
func (o *once) claim(owner, key string, now time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, before := o.shown.Get(key, now); before {
		return false
	}
	o.shown.PutOf(owner, key, struct{}{}, now)
	return true
}
