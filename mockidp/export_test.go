package mockidp

import (
	"context"
	"slices"
	"time"
)

// WaitWith makes delays go through wait, so that tests need not wait.
func (p *Provider) WaitWith(wait func(context.Context, time.Duration)) { p.wait = wait }

// EndpointForTest is a line of the routing table.
type EndpointForTest struct {
	Name, Path, Methods string
	CORS                bool
}

// EndpointsForTest is the routing table.
func EndpointsForTest() []EndpointForTest {
	var list []EndpointForTest
	for _, e := range endpoints() {
		list = append(list, EndpointForTest{string(e.name), e.path, e.methods, e.cors})
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

// SameName is how tls_client_auth_subject_dn is compared.
func SameName(text string, rawSubject []byte) bool {
	want, err := readName(text)
	return err == nil && slices.Equal(want, nameOf(rawSubject))
}

// ProofForTest is a DPoP proof as it was read.
type ProofForTest struct {
	Thumbprint, ID, Method, URI, Hash, Wrong string
	IssuedAt                                 float64
	Signed                                   bool
}

// ReadProof reads a DPoP header. Wrong is what keeps the proof from being one.
func ReadProof(header string) ProofForTest {
	p := readProof([]string{header})
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	out := ProofForTest{
		Thumbprint: p.jkt, ID: text(p.ID), Method: text(p.Method), URI: text(p.URI), Hash: text(p.Hash), Wrong: p.malformed + p.keyWrong, Signed: p.signed,
	}
	if p.IssuedAt != nil {
		out.IssuedAt = *p.IssuedAt
	}
	return out
}

// NormalTarget is how an htu is compared.
func NormalTarget(uri string) string { return normalTarget(uri) }

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
