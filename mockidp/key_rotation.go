package mockidp

import (
	"slices"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// RotateKeys makes the provider sign with new keys from now on. The old ones
// stay in the JWK Set and go on verifying until nothing that they signed can
// be shown any more: tokens until they expire, ID tokens as hints for as long
// as a session lasts. It fails with [DemoKeys].
func (p *Provider) RotateKeys() error {
	return p.mischief.rotateKeys()
}

func (m *mischiefs) rotateKeys() error {
	return m.services.keys.Rotate(m.services.mint.now(), longestLife(m.tenants))
}

// longestLife is how long anything signed may be of use.
func longestLife(tenants map[string]*tenant) time.Duration {
	longest := time.Duration(0)
	for _, t := range tenants {
		longest = max(longest, t.lifetimes.AccessToken, t.lifetimes.IDToken, t.lifetimes.Session)
		for _, c := range t.clients.configured {
			longest = max(longest, c.Lifetimes.AccessToken, c.Lifetimes.IDToken)
		}
	}
	return longest
}

// signs lists the algorithms that tokens of the realm may be signed with: their
// keys are in the JWK Set.
func (e *discoveryEndpoint) signs(t *tenant) []jose.SignatureAlgorithm {
	algs := keys.PublishedAlgorithms()
	for _, alg := range t.clients.algorithms() {
		if !slices.Contains(algs, alg) {
			algs = append(algs, alg)
		}
	}
	return algs
}
