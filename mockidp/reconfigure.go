package mockidp

import (
	"reflect"
	"time"
)

// Reconfigure returns a provider for another config that takes the place of p:
// what p remembers of realms and clients that are still there, it remembers too,
// which is sessions, open forms, codes, tokens, registered clients, trouble that
// was ordered and keys that nothing in the config decides. Keys that the config
// changed go on verifying for as long as anything that they signed is good.
//
// Whoever is not among the people of a realm any more is signed out, and what
// was given to clients that are gone is worth nothing. p goes on answering
// requests that it got, with the same memory; who serves hands new ones to the
// new provider, and closes that one at the end. Watchers of one watch both.
// Config.Rand, where it is set, has to be safe for concurrent use.
//
// The error says what is wrong with cfg, and p is as before. BaseURL must be
// that of p, because it stands in every token.
func (p *Provider) Reconfigure(cfg Config) (*Provider, error) {
	if cfg.BaseURL != p.cfg.BaseURL {
		return nil, within(ConfigError{},
			wrong("base_url", "it is %q since the start and stands in every token; use that, or start again for %q", p.cfg.BaseURL, cfg.BaseURL))
	}
	next, err := newProvider(cfg, allTables())
	if err != nil {
		return nil, err
	}
	next.herald.calls.close()
	next.herald.calls, next.gallery, next.tb = p.herald.calls, p.gallery, p.tb
	copy(next.desk.secret, p.desk.secret) // possession has the same one
	for below, t := range next.tenants {
		if old := p.tenants[below]; old != nil {
			t.inherit(old, p.cfg.realm(t.name), next.cfg.realm(t.name), next.cfg.Now())
		}
	}
	for below, t := range next.tenants {
		if old := p.tenants[below]; old != nil {
			t.inheritKeys(old, next.cfg.Now(), longestLife(p.tenants))
		}
	}
	return next, nil
}

// realm returns a realm of the config by its name.
func (c *Config) realm(name string) *Realm {
	for i := range c.Realms {
		if c.Realms[i].Name == name {
			return &c.Realms[i]
		}
	}
	return &Realm{}
}

// inherit lets a realm remember what the same realm of an earlier config did.
func (t *tenant) inherit(old *tenant, was, is *Realm, now time.Time) {
	t.memory, t.full = old.memory, old.full
	t.clients.mu, t.clients.registered = old.clients.mu, old.clients.registered
	if was.FailedSignInsPerAddress == is.FailedSignInsPerAddress {
		t.guesses = old.guesses
	}
	if was.AutoSignIn == is.AutoSignIn && was.AutoSignInByHint == is.AutoSignInByHint {
		t.door = old.door
	}
	if reflect.DeepEqual(was.Faults, is.Faults) {
		t.trouble = old.trouble
	} else {
		t.trouble.moved.Store(old.trouble.moved.Load())
	}
	for id := range old.clients.configured {
		if t.clients.get(id) == nil {
			t.forget(id)
		}
	}
	if !t.clients.open {
		for _, id := range old.clients.selfRegisteredIDs() {
			t.forget(id)
		}
	}
	t.adopt(t, now)
}
