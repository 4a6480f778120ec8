package mockidp

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// family is the refresh tokens that follow one another from one
// authorization. At any time exactly one of them is good; each is told from
// its forerunners by its second half, so that a family takes the same memory
// however often it is renewed.
type family struct {
	*authorized
	id    string
	began time.Time // with the session or, where it goes on after that, with the consent

	// Guarded by the tenant.
	current string // the second half of the token that is good
	busy    bool   // that token is just being exchanged
	issued  time.Time
	sender  *keys.Confirmation // what whoever uses the token must prove to have; nil for nothing
}

// rotation is what a request found under its refresh token, read and claimed
// in one step.
type rotation struct {
	*family
	usedBefore bool
	over       string             // why the family is at an end; empty while it is not
	sender     *keys.Confirmation // as the token was given out
	claimed    bool               // this request may exchange the token
	idle, age  time.Duration
	limit      refreshLifetime // of idle and age
}

// beginFamily returns the first refresh token of an authorization.
func (p *Provider) beginFamily(t *tenant, a *authorized, now time.Time) (string, error) {
	id, err := p.random(16)
	if err != nil {
		return "", err
	}
	secret, err := p.random(32)
	if err != nil {
		return "", err
	}
	f := &family{authorized: a, id: id, began: a.authTime}
	f.bindTo(a.bound)
	if slices.Contains(a.scopes, scopeOffline) {
		f.began = now
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	// Whoever comes late is told for a while what the matter is.
	limit := t.refreshLifetime(f)
	t.families.PutFor(id, f, 2*limit.total, now)
	return f.next(secret, limit, now)
}

// next puts the next refresh token in the place of the one before; the caller
// holds the lock, once others know the family.
//
// A refresh token is nothing that a client can read (RFC 6749 section 1.5), but
// Keycloak's are JWTs, and its adapter decodes the middle part before anything
// else. So there is one, which says when the token ends if it is not used.
func (f *family) next(secret string, limit refreshLifetime, now time.Time) (string, error) {
	ends := now.Add(limit.idle)
	if last := f.began.Add(limit.total); last.Before(ends) {
		ends = last
	}
	middle, err := json.Marshal(map[string]int64{"exp": unix(ends)})
	if err != nil {
		return "", fmt.Errorf("write a refresh token: %w", err)
	}
	f.current, f.busy, f.issued = wire.Base64URL(middle)+"."+secret, false, now
	return f.id + "." + f.current, nil
}

// findFamily looks a refresh token up without using it; the caller holds the
// lock.
func (t *tenant) findFamily(token string, now time.Time) *rotation {
	id, secret, _ := strings.Cut(token, ".")
	f, ok := t.families.Get(id, now)
	if !ok {
		return nil
	}
	return &rotation{
		family: f, sender: f.sender, usedBefore: f.busy || !keys.Same(f.current, secret), over: f.license.over(),
		idle: now.Sub(f.issued), age: now.Sub(f.began), limit: t.refreshLifetime(f),
	}
}

// claimRefresh finds a refresh token and keeps every other request from using
// it at the same time. Another client than the token's own cannot claim it.
func (t *tenant) claimRefresh(token string, c *Client, now time.Time) *rotation {
	t.mu.Lock()
	defer t.mu.Unlock()
	found := t.findFamily(token, now)
	if found != nil && found.client.is(c) && !found.usedBefore && !c.keepsRefreshToken() {
		found.claimed, found.busy = true, true
	}
	return found
}

// release gives a claim back: the request was refused for a reason that the
// client can mend, and its token is good for another one.
func (t *tenant) release(r *rotation) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r.claimed {
		r.busy = false
	}
}

// keepRefresh notes that a refresh token was used which is not replaced.
func (t *tenant) keepRefresh(r *rotation, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r.issued = now
}

// renew puts the next refresh token in the place of the one that was claimed.
func (p *Provider) renew(t *tenant, r *rotation, bound *keys.Confirmation, now time.Time) (string, error) {
	secret, err := p.random(32)
	if err != nil {
		return "", err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	r.bindTo(bound)
	return r.next(secret, r.limit, now)
}

// mayRefresh reports whether the client is registered for refresh tokens.
func (c *Client) mayRefresh() bool { return slices.Contains(c.GrantTypes, grantRefreshToken) }
