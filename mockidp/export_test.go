package mockidp

import (
	"context"
	"time"
)

// WaitWith makes delays go through wait, so that tests need not wait.
func (p *Provider) WaitWith(wait func(context.Context, time.Duration)) { p.wait = wait }

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

// Kept returns how many values each shelf of a realm holds, under its issuer.
func (p *Provider) Kept(realm string) map[string]int {
	t := p.tenants["/realms/"+realm]
	t.mu.Lock()
	defer t.mu.Unlock()
	return map[string]int{
		"forms": t.forms.Len(), "pushed": t.pushed.Len(), "sessions": t.sessions.Len(), "codes": t.codes.Len(), "tokens": t.tokens.Len(),
		"families": t.families.Len(), "failed": t.guesses.failed.Len(), "browsers": t.browsers.Len(), "proofs": t.proofs.Len(),
		"assertions": t.assertions.Len(), "registered": len(t.registry.byID), "devices": t.devices.byCode.Len(),
	}
}

// Caps returns how many each may hold.
func Caps() map[string]int {
	return map[string]int{
		"forms": maxForms, "pushed": maxPushed, "sessions": maxSessions, "codes": maxCodes, "tokens": maxTokens, "families": maxFamilies, "failed": maxWatched,
		"browsers": maxBrowsers, "proofs": maxProofs, "assertions": maxAssertions, "registered": maxRegistered, "devices": maxDevices,
	}
}

// ForgetExpired clears out everything whose time is over, which happens by
// itself only when something of its kind is stored.
func (p *Provider) ForgetExpired() {
	now := p.cfg.Now()
	for _, t := range p.tenants {
		t.mu.Lock()
		t.forms.Clear(now)
		t.pushed.Clear(now)
		t.sessions.Clear(now)
		t.codes.Clear(now)
		t.tokens.Clear(now)
		t.families.Clear(now)
		t.guesses.failed.Clear(now)
		t.browsers.Clear(now)
		t.proofs.Clear(now)
		t.assertions.Clear(now)
		t.devices.byCode.Clear(now)
		t.devices.byUser.Clear(now)
		t.mu.Unlock()
	}
}
