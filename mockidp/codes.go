package mockidp

import (
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

// codes are the authorization codes of a realm.
type codes struct {
	mu   sync.Mutex // guards kept, and whether each code was used
	kept shelf.Shelf[*code]
}

// code is an authorization code. It is kept past its lifetime, for as long as
// the access token it gave lives, so that a second use is noticed and undone.
type code struct {
	*approved
	person   *Person
	authTime time.Time
	visit    *visit
	issued   time.Time
	used     bool // guarded by the codes
	license  *license
	wishes   claimWishes // for the ID token
}

// redemption is what a token request found under its code, read and claimed
// in one step.
type redemption struct {
	*code
	usedBefore bool
	age        time.Duration
}

func newCodes(full *fullness) codes {
	return codes{kept: newShelf[*code](full, limitCodes, 0, maxCodes)}
}

// put stores a code with the lifetimes that its client has.
func (all *codes) put(value string, c *code, l Lifetimes, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.PutFor(shareOf(c.client, c.person), value, c, l.Code+l.AccessToken, now)
}

// claim finds a code and marks it used, so that of two requests with the same
// code at most one gets tokens.
//
// The mark is set as soon as the client it belongs to presents the code, even
// when a later rule refuses the request. RFC 6749 section 10.5 counts
// attempts to exchange a code, not successes: whoever stole one gets a single
// guess at the code verifier. An honest client that got its own request wrong
// starts again, which costs the person nothing while signed in. Another
// client cannot use a code up, or it could spoil those of its neighbours.
func (all *codes) claim(value string, c *Client, now time.Time) *redemption {
	all.mu.Lock()
	defer all.mu.Unlock()
	found, ok := all.kept.Get(value, now)
	// A code that waits while the person signs out goes with the session.
	if !ok || !found.used && found.license.over() != "" {
		return nil
	}
	claimed := &redemption{code: found, usedBefore: found.used, age: now.Sub(found.issued)}
	if found.client.is(c) {
		found.used = true
	}
	return claimed
}

// license returns what a code stands on, without claiming it, or nil.
func (all *codes) license(value string, now time.Time) *license {
	all.mu.Lock()
	defer all.mu.Unlock()
	if found, ok := all.kept.Get(value, now); ok {
		return found.license
	}
	return nil
}

// forget removes the codes of a client.
func (all *codes) forget(client string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.RemoveIf(func(c *code) bool { return c.client.ClientID == client })
}

// authorized is what the code stands for.
func (c *code) authorized() *authorized {
	return &authorized{
		issuer: c.issuer, client: c.client, person: c.person, scopes: c.scopes, authTime: c.authTime,
		nonce: c.nonce, sid: c.visit.sid, license: c.license, visit: c.visit, details: c.details,
		acr: c.acr.reached(c.fresh), wishes: c.wishes, resources: c.resources,
	}
}
