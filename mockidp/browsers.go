package mockidp

import (
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

const browserLifetime = 30 * 24 * time.Hour

// browsers are those that signed somebody of a realm in, by cookie and name.
type browsers struct {
	mu   sync.Mutex // guards kept
	kept shelf.Shelf[struct{}]
}

func newBrowsers(full *fullness) browsers {
	return browsers{kept: newShelf[struct{}](full, limitBrowsers, browserLifetime, maxBrowsers)}
}

// know reports whether a browser has signed this person in before.
func (all *browsers) know(browser, username string, now time.Time) bool {
	all.mu.Lock()
	defer all.mu.Unlock()
	_, ok := all.kept.Get(browserKey(browser, username), now)
	return ok
}

// remember notes that a browser has signed this person in.
func (all *browsers) remember(browser, username string, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.PutOf(username, browserKey(browser, username), struct{}{}, now)
}

func browserKey(browser, username string) string { return keys.Digest(browser + "\x00" + username) }
