package mockidp

import (
	"strings"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

// pushedRequests are the authorization requests of a realm that wait for the
// browser.
type pushedRequests struct {
	mu   sync.Mutex // guards kept
	kept shelf.Shelf[*pushed]
}

// newPushedRequests keeps requests for longer than they are good, so that one
// that comes late is told so, and until the last form of one is answered.
func newPushedRequests(full *fullness) pushedRequests {
	return pushedRequests{kept: newShelf[*pushed](full, limitPushed, 2*maxPushedLifetime+2*formLifetime, maxPushed)}
}

// put stores a request under a name that was drawn for it.
func (all *pushedRequests) put(name string, req *pushed, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.PutOf(req.client.ClientID, name, req, now)
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
