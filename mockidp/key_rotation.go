package mockidp

import "time"

// rotateKeys has a realm, and whoever shares its keys, sign with new ones.
func (m *mischiefs) rotateKeys(t *tenant) error {
	return t.keys.Rotate(m.services.mint.now(), longestLife(m.tenants))
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
