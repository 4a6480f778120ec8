package mockidp

import (
	"context"
	"strconv"
	"sync"
	"time"
)

// WaitWith makes delays go through wait, so that tests need not wait.
func (p *Provider) WaitWith(wait func(context.Context, time.Duration)) { p.mischief.wait = wait }

// EndpointForTest is a line of the routing table.
type EndpointForTest struct {
	Name, Path, Methods string
	CORS, Open          bool // called by pages of clients, by any page
}

// EndpointsForTest is the routing table.
func EndpointsForTest() []EndpointForTest {
	var list []EndpointForTest
	for _, e := range endpoints() {
		list = append(list, EndpointForTest{string(e.name), e.path, e.methods, e.cors != noPage, e.cors == anyPage})
	}
	return list
}

// shelved is a shelf of a realm, and the lock that guards it.
type shelved struct {
	lock  *sync.Mutex
	count func() int
	clear func(time.Time)
}

func (t *tenant) shelves() map[string]shelved {
	return map[string]shelved{
		"answered":   {&t.answered.mu, t.answered.kept.Len, t.answered.kept.Clear},
		"pushed":     {&t.pushed.mu, t.pushed.kept.Len, t.pushed.kept.Clear},
		"sessions":   {&t.sessions.mu, t.sessions.kept.Len, t.sessions.kept.Clear},
		"apart":      {&t.apart.mu, t.apart.kept.Len, t.apart.kept.Clear},
		"codes":      {&t.codes.mu, t.codes.kept.Len, t.codes.kept.Clear},
		"tokens":     {&t.tokens.mu, t.tokens.kept.Len, t.tokens.kept.Clear},
		"revoked":    {&t.tokens.mu, t.tokens.ended.Len, t.tokens.ended.Clear},
		"families":   {&t.families.mu, t.families.kept.Len, t.families.kept.Clear},
		"failed":     {&t.guesses.mu, t.guesses.failed.Len, t.guesses.failed.Clear},
		"browsers":   {&t.browsers.mu, t.browsers.kept.Len, t.browsers.kept.Clear},
		"proofs":     {&t.proofs.mu, t.proofs.shown.Len, t.proofs.shown.Clear},
		"assertions": {&t.assertions.mu, t.assertions.shown.Len, t.assertions.shown.Clear},
		"registered": {t.clients.mu, func() int { return len(t.clients.registered.byID) }, func(time.Time) {}},
		"devices": {&t.devices.mu, t.devices.byCode.Len, func(now time.Time) {
			t.devices.byCode.Clear(now)
			t.devices.byUser.Clear(now)
		}},
	}
}

// Kept returns how many values each shelf of a realm holds, under its issuer.
func (p *Provider) Kept(realm string) map[string]int {
	kept := map[string]int{}
	for name, s := range p.tenants["/realms/"+realm].shelves() {
		s.lock.Lock()
		kept[name] = s.count()
		s.lock.Unlock()
	}
	return kept
}

// FillSessions signs a person in with as many browsers as there is room for.
func (p *Provider) FillSessions(realm, username string) {
	t, now := p.tenants["/realms/"+realm], p.cfg.Now()
	for i := range maxSessions {
		id := "filled " + strconv.Itoa(i)
		t.sessions.put(&session{id: id, person: t.people[username], visit: &visit{sid: id}, authTime: now}, now)
	}
}

// Caps returns how many each may hold.
func Caps() map[string]int {
	return map[string]int{
		"answered": maxAnswered, "pushed": maxPushed, "sessions": maxSessions, "apart": maxApart, "codes": maxCodes, "tokens": maxTokens, "revoked": maxRevoked, "families": maxFamilies,
		"failed":   maxWatched,
		"browsers": maxBrowsers, "proofs": maxProofs, "assertions": maxAssertions, "registered": maxRegistered, "devices": maxDevices,
	}
}

// ForgetExpired clears out everything whose time is over, which happens by
// itself only when something of its kind is stored.
func (p *Provider) ForgetExpired() {
	now := p.cfg.Now()
	for _, t := range p.tenants {
		for _, s := range t.shelves() {
			s.lock.Lock()
			s.clear(now)
			s.lock.Unlock()
		}
	}
}
