package mockidp

import (
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// algorithmsOf lists what a realm signs with, of what a key set can.
func algorithmsOf(named []string, known *keys.Set) []jose.SignatureAlgorithm {
	if len(named) == 0 {
		return known.Algorithms()
	}
	algs := make([]jose.SignatureAlgorithm, 0, len(named))
	for _, alg := range named {
		algs = append(algs, jose.SignatureAlgorithm(alg))
	}
	return algs
}

// usualAlgorithm is what is signed with for a client that names nothing: RS256
// (RFC 7591 section 2, OpenID Connect Dynamic Client Registration 1.0 section
// 2), ES256 under the FAPI 2.0 Security Profile, or else the first of the realm's
// that will do.
func usualAlgorithm(named []string, profile Profile) string {
	wanted, will := jose.RS256, func(string) bool { return true }
	if profile == ProfileFAPI2 {
		wanted, will = jose.ES256, func(alg string) bool { return slices.Contains(keys.Names(keys.FAPIAlgorithms()), alg) }
	}
	if i := slices.IndexFunc(named, will); i >= 0 && !slices.Contains(named, string(wanted)) {
		return named[i]
	}
	return string(wanted)
}

// checkAlgorithms holds a realm to the algorithms that there are.
func checkAlgorithms(r *Realm, known *keys.Set) error {
	if r.SigningAlgorithms != nil && len(r.SigningAlgorithms) == 0 {
		return within(ConfigError{Realm: r.Name}, wrong("signing_algorithms", "names none; leave it out for all of %s",
			strings.Join(keys.Names(known.Algorithms()), ", ")))
	}
	for i, alg := range r.SigningAlgorithms {
		if !slices.Contains(known.Algorithms(), jose.SignatureAlgorithm(alg)) {
			return within(ConfigError{Realm: r.Name}, wrong("signing_algorithms", "%q is not one of %s", wire.Shown(alg),
				strings.Join(keys.Names(known.Algorithms()), ", ")))
		}
		if slices.Contains(r.SigningAlgorithms[:i], alg) {
			return within(ConfigError{Realm: r.Name}, wrong("signing_algorithms", "%s is listed twice; write it once", alg))
		}
	}
	algorithms := algorithmsOf(r.SigningAlgorithms, known)
	if r.SigningAlg != "" && !slices.Contains(algorithms, jose.SignatureAlgorithm(r.SigningAlg)) {
		return within(ConfigError{Realm: r.Name}, wrong("signing_alg", "%q is not one of %s", wire.Shown(r.SigningAlg),
			strings.Join(keys.Names(algorithms), ", ")))
	}
	return nil
}

// checkSigning holds the tokens that a client asks for to the keys that there are.
func checkSigning(c *Client, allowed []jose.SignatureAlgorithm) error {
	for _, member := range []struct{ name, alg string }{
		{"id_token_signed_response_alg", c.IDTokenSignedResponseAlg},
		{"userinfo_signed_response_alg", c.UserInfoSignedResponseAlg},
		{"access_token_signed_response_alg", c.AccessTokenSignedResponseAlg},
		{"authorization_signed_response_alg", c.AuthorizationSignedResponseAlg},
		{"introspection_signed_response_alg", c.IntrospectionSignedResponseAlg},
	} {
		if member.alg != "" && !slices.Contains(allowed, jose.SignatureAlgorithm(member.alg)) {
			return wrong(member.name, "the key set has no %q key; use one of %s", member.alg, strings.Join(keys.Names(allowed), ", "))
		}
	}
	return nil
}
