package mockidp

import (
	"maps"
	"slices"
	"time"
)

// Notices says in sentences what a provider does that a strict one would not:
// first the relaxations, then the deliberate trouble of each realm. None is the
// rule. Pages show them, and a server prints them when it starts.
func (p *Provider) Notices() []string {
	notices := p.relaxations()
	for i := range p.cfg.Realms {
		r := &p.cfg.Realms[i]
		if t, err := p.realm(r.Name); err == nil {
			notices = append(notices, t.relaxations()...)
			notices = append(notices, t.notices()...)
		}
	}
	return notices
}

// pageNotices are those of the realm that a page belongs to. What a single
// client may do is not shown to everybody.
func (p *Provider) pageNotices(t *tenant) []string {
	notices := p.relaxations()
	if t != nil {
		notices = append(notices, t.notices()...)
	}
	return notices
}

func (p *Provider) relaxations() []string {
	var list []string
	for _, r := range []struct {
		on   bool
		what string
	}{
		{p.cfg.Relaxed.PlainPKCE, "accept code_challenge_method=plain"},
		{p.cfg.Relaxed.PlainHTTP, "accept http on hosts other than loopback"},
		{p.cfg.Relaxed.RemoteFetch, "fetch from other machines"},
	} {
		if r.on {
			list = append(list, "This provider is relaxed to "+r.what+".")
		}
	}
	return list
}

// relaxations are those of the realm's clients.
func (t *tenant) relaxations() []string {
	var list []string
	for _, id := range slices.Sorted(maps.Keys(t.configured)) {
		if t.configured[id].PKCEOptional {
			list = append(list, "This provider is relaxed to let client "+id+" of realm "+t.name+" do without PKCE.")
		}
	}
	if t.registration != nil && t.registration.PKCEOptional {
		list = append(list, "This provider is relaxed to let clients that register themselves with realm "+t.name+" do without PKCE.")
	}
	return list
}

func (t *tenant) notices() []string {
	var list []string
	if by := t.trouble.moved.Load(); by != 0 {
		list = append(list, "The clock of realm "+t.name+" was moved forward by "+time.Duration(by).String()+".")
	}
	for _, a := range t.trouble.all() {
		list = append(list, "This provider is made to "+a.String()+" (realm "+t.name+").")
	}
	return list
}
