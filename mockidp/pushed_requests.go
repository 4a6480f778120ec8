package mockidp

import (
	"strings"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

const maxPushed = 2048

// pushedRequests are the authorization requests of a realm that wait for the
// browser.
type pushedRequests struct {
	mu   sync.Mutex // guards kept
	kept shelf.Shelf[*pushed]
}

// newPushedRequests keeps requests for longer than they are good, so that one
// that comes late is told so.
func newPushedRequests() pushedRequests {
	return pushedRequests{kept: shelf.New[*pushed](2*maxPushedLifetime, maxPushed)}
}

// put stores a request under a name that was drawn for it.
func (all *pushedRequests) put(name string, req *pushed, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	// Public clients need prove nothing: theirs do not push out those of others.
	all.kept.MakeRoom(func(other *pushed) bool { return other.client.is(req.client) }, now)
	all.kept.Put(name, req, now)
}

// find returns the request that a request_uri stands for, or nil.
func (all *pushedRequests) find(uri string, now time.Time) *pushed {
	name, ok := strings.CutPrefix(uri, pushedPrefix)
	if !ok {
		return nil
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	found, _ := all.kept.Get(name, now)
	return found
}
