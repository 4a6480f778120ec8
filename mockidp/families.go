package mockidp

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/shelf"
)

// families are the refresh tokens of a realm.
type families struct {
	mu        sync.Mutex // guards kept, and what changes of each family
	kept      shelf.Shelf[*family]
	lifetimes func(*Client) Lifetimes
}

func newFamilies(lifetimes func(*Client) Lifetimes, full *fullness) families {
	return families{kept: newShelf[*family](full, limitRefreshTokens, 0, maxFamilies), lifetimes: lifetimes}
}

// begin returns the first refresh token of an authorization. The id and the
// secret are drawn for it.
func (all *families) begin(a *authorized, id, secret string, now time.Time) (string, error) {
	f := &family{authorized: a, id: id, began: a.authTime}
	f.bindTo(a.bound)
	if slices.Contains(a.scopes, scopeOffline) {
		f.began = now
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	// Whoever comes late is told for a while what the matter is.
	limit := all.limit(f)
	all.kept.PutFor(shareOf(f.client, f.person), id, f, 2*limit.total, now)
	return f.next(secret, limit, now)
}

// limit is how long a family is good. A refresh token lives no longer than the
// session would; with offline_access it is meant to outlive that.
func (all *families) limit(f *family) refreshLifetime {
	l := all.lifetimes(f.client)
	r := refreshLifetime{idle: l.RefreshIdle, total: l.RefreshToken}
	if slices.Contains(f.scopes, scopeOffline) {
		r = r.or(refreshIdleOffline, refreshOffline)
	} else {
		r = r.or(refreshIdleOnline, l.Session)
		r.total = min(r.total, l.Session)
	}
	r.idle = min(r.idle, r.total)
	return r
}

// find looks a refresh token up without using it.
func (all *families) find(token string, now time.Time) *rotation {
	all.mu.Lock()
	defer all.mu.Unlock()
	return all.look(token, now)
}

// look is find for whoever holds the lock.
func (all *families) look(token string, now time.Time) *rotation {
	id, secret, _ := strings.Cut(token, ".")
	f, ok := all.kept.Get(id, now)
	if !ok {
		return nil
	}
	found := &rotation{
		family: f, secret: secret, sender: f.sender, usedBefore: f.busy || !keys.Same(f.current, secret), over: f.license.over(),
		idle: now.Sub(f.issued), age: now.Sub(f.began), limit: all.limit(f),
	}
	if grace := all.lifetimes(f.client).RefreshTokenGrace; grace > 0 {
		found.late = f.before != "" && keys.Same(f.before, secret) && found.idle <= grace
		found.usedBefore = !found.late && !keys.Same(f.current, secret)
	}
	return found
}

// claim finds a refresh token and keeps every other request from using it at
// the same time. Another client than the token's own cannot claim it.
func (all *families) claim(token string, c *Client, now time.Time) *rotation {
	all.mu.Lock()
	defer all.mu.Unlock()
	found := all.look(token, now)
	if found != nil && found.client.is(c) && !found.usedBefore && !found.late && !c.keepsRefreshToken() {
		// With a grace period another request may come at the same time, and gets
		// the token that this one is given.
		found.claimed, found.busy = true, all.lifetimes(c).RefreshTokenGrace == 0
	}
	return found
}

// release gives a claim back: the request was refused for a reason that the
// client can mend, and its token is good for another one.
func (all *families) release(r *rotation) {
	all.mu.Lock()
	defer all.mu.Unlock()
	if r.claimed {
		r.busy = false
	}
}

// use notes that a refresh token was used which is not replaced.
func (all *families) use(r *rotation, now time.Time) {
	all.mu.Lock()
	defer all.mu.Unlock()
	r.issued = now
}

// renew puts the next refresh token in the place of the one that was claimed.
// Whoever brings that one again in the grace period is given the next one again:
// a family never has two heads, however often an answer is lost.
func (all *families) renew(r *rotation, secret string, bound *keys.Confirmation, now time.Time) (string, error) {
	all.mu.Lock()
	defer all.mu.Unlock()
	if !keys.Same(r.current, r.secret) {
		return r.id + "." + r.current, nil
	}
	r.bindTo(bound)
	return r.next(secret, r.limit, now)
}

// forget removes the refresh tokens of a client.
func (all *families) forget(client string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.kept.RemoveIf(func(f *family) bool { return f.client.ClientID == client })
}
