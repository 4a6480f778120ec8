package keys

import (
	"crypto/sha256"
	"crypto/x509"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// OrNone returns the keys of a client that may have none.
func OrNone(set *jose.JSONWebKeySet) *jose.JSONWebKeySet {
	if set == nil {
		return &jose.JSONWebKeySet{}
	}
	return set
}

// Select finds the key of somebody that signed with alg: the one that kid
// names or, without a kid, the only one that alg can be made with. When there
// are several, the signer must say which (OpenID Connect Core section 10.1). who
// is how wrong, which says why no key is the one, calls them.
func Select(set *jose.JSONWebKeySet, who string, alg jose.SignatureAlgorithm, kid string) (key any, wrong string) {
	var named, unnamed []any
	for i := range set.Keys {
		k := &set.Keys[i]
		switch {
		case !Suits(k, alg):
		case k.KeyID == kid && kid != "":
			named = append(named, k.Key)
		case k.KeyID == "" || kid == "":
			unnamed = append(unnamed, k.Key)
		}
	}
	found := named
	if len(found) == 0 {
		found = unnamed // the only key needs no name, neither here nor there
	}
	switch {
	case len(found) == 1:
		return found[0], ""
	case len(found) > 1:
		return nil, who + " has several keys for " + string(alg) + "; kid must say which of them signed"
	case kid != "":
		return nil, who + " has no key for " + string(alg) + " with kid " + wire.Shown(kid)
	}
	return nil, who + " has no key for " + string(alg)
}

// Missing says why a certificate is none of those in somebody's keys (RFC
// 8705 section 2.2.2), or "".
func Missing(keys []jose.JSONWebKey, leaf *x509.Certificate, who string) string {
	found := false
	for i := range keys {
		if chain := keys[i].Certificates; len(chain) > 0 {
			found = true
			if chain[0].Equal(leaf) {
				return ""
			}
		}
	}
	if !found {
		return who + " has no certificate (x5c) in its keys"
	}
	return "it is none of those in the keys of " + who
}

// CertificateThumbprint is x5t#S256 (RFC 8705 section 3.1), or "" without a
// certificate.
func CertificateThumbprint(c *x509.Certificate) string {
	if c == nil {
		return ""
	}
	sum := sha256.Sum256(c.Raw)
	return wire.Base64URL(sum[:])
}
