package mockidp

import (
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

const formLifetime = 10 * time.Minute

// answered are the forms that led to what they were for. Each does once.
type answered struct {
	mu   sync.Mutex // guards kept
	kept shelf.Shelf[struct{}]
}

// newAnswered remembers a form for as long as it could be sent again.
func newAnswered(full *fullness) answered {
	return answered{kept: newShelf[struct{}](full, limitAnswered, formLifetime, maxAnswered)}
}

func (all *answered) has(id string, now time.Time) bool {
	all.mu.Lock()
	defer all.mu.Unlock()
	_, was := all.kept.Get(id, now)
	return was
}

// claim marks a form answered, and reports whether it was not before: of two
// requests with the same form only one claims it.
func (all *answered) claim(owner, id string, now time.Time) bool {
	all.mu.Lock()
	defer all.mu.Unlock()
	if _, was := all.kept.Get(id, now); was {
		return false
	}
	all.kept.PutOf(owner, id, struct{}{}, now)
	return true
}

// reopen takes a claim back: the person has not decided.
func (all *answered) reopen(id string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.Remove(id)
}
