package mockidp

import (
	"context"
	"fmt"
	"net/http"
	"slices"
)

// Trouble adds deliberate trouble to a realm and returns the number by which it
// is cleared. The error says what is wrong with it, and what would be allowed.
func (p *Provider) Trouble(realm string, f Fault) (int, error) {
	t, err := p.realm(realm)
	if err == nil {
		err = p.mischief.checkFault(t, f)
	}
	if err != nil {
		return 0, fmt.Errorf("trouble: %w", err)
	}
	id, ok := t.trouble.add(f)
	if !ok {
		return 0, fmt.Errorf("trouble: realm %s has %d faults already; clear some first", realm, maxFaults)
	}
	return id, nil
}

// ClearTrouble ends one fault of a realm, or with the number 0 all of them. It
// reports whether there was one. A clock that was moved stays where it is.
func (p *Provider) ClearTrouble(realm string, id int) bool {
	t, err := p.realm(realm)
	return err == nil && t.trouble.clear(id)
}

// Troubles lists the faults of a realm that can still strike.
func (p *Provider) Troubles(realm string) []ActiveFault {
	t, err := p.realm(realm)
	if err != nil {
		return nil
	}
	return t.trouble.all()
}

// beginTrouble adds the faults of a realm's configuration.
func (p *Provider) beginTrouble(r *Realm) error {
	t, err := p.realm(r.Name)
	if err == nil {
		err = p.mischief.checkFaults(t, r.Faults)
	}
	if err != nil {
		return err
	}
	for _, f := range r.Faults {
		t.trouble.add(f)
	}
	return nil
}

// WithTrouble returns a context in which a request to a realm is answered with
// deliberate trouble of its own, besides what the realm has. The error says what
// is wrong with it, as of [Provider.Trouble].
func (p *Provider) WithTrouble(ctx context.Context, realm string, f Fault) (context.Context, error) {
	t, err := p.realm(realm)
	if err == nil {
		f.Times = 1
		err = p.mischief.checkFault(t, f)
	}
	if err == nil && (f.OneLogin || !slices.Contains(strikesOne(), f.Kind)) {
		err = wrong("kind", "%s is about a whole login and not about one request; order it for the realm, with one_login", f.Kind)
	}
	if err != nil {
		return nil, fmt.Errorf("trouble: %w", err)
	}
	own := &troubles{last: -2} // its number is none of the realm's
	own.add(f)
	return context.WithValue(ctx, troubleKey{}, own), nil
}

// strikesOne lists the kinds that can be chosen for one request.
func strikesOne() []FaultKind {
	return slices.Concat(spoils(), []FaultKind{
		FaultError, FaultUnavailable, FaultDelay, FaultDrop, FaultRotateKeys, FaultMoveClock, FaultForgetSession, FaultForgetSessions,
	})
}

// Asked says where a request goes and which client_id it seems to come from:
// nothing is proven yet. What it does not name is empty. It reads the body, so
// hand it a copy.
func (p *Provider) Asked(r *http.Request) (realm string, endpoint Endpoint, client string) {
	req := p.newRequest(r)
	t, e, below := p.route(req.URL.Path)
	if e == nil {
		return "", "", ""
	}
	req.tenant, req.endpoint, req.below = t, e.name, below
	return t.name, e.name, p.mischief.clientAsking(t, req)
}
