package mockidp

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// signedByClient reports whether a JWS in compact form is signed with a key of
// the client: the one that kid names or, without a kid, the only one that alg
// can be made with. When there are several, the client must say which (OpenID
// Connect Core section 10.1). wrong says why no key is the one, fit for the
// client to read; it is empty when a key was found and the signature tried.
//
// The caller has made sure that the client may use alg. What was fetched from a
// jwks_uri is fetched again where it does not do: the client may have new keys.
func (p *Provider) signedByClient(ctx context.Context, t *tenant, c *Client, compact string, alg jose.SignatureAlgorithm, kid string) (signed bool, wrong string) {
	parsed, err := jose.ParseSignedCompact(compact, []jose.SignatureAlgorithm{alg})
	if err != nil {
		return false, "it cannot be read as a JWS that is signed with " + string(alg)
	}
	try := func(set *jose.JSONWebKeySet) {
		var key any
		if key, wrong = selectKey(set, c, alg, kid); wrong == "" {
			_, err = parsed.Verify(key)
			signed = err == nil
		}
	}
	if c.JWKSURI == "" {
		try(orNoKeys(c.JWKS))
		return signed, wrong
	}
	for _, age := range keyAges() {
		fetched := p.fetched.keys(ctx, p.outbound, c.JWKSURI, p.cfg.Now(), age)
		switch {
		case fetched.wrong != "" && t.selfRegistered(c):
			// What it is exactly would tell a stranger who registered the
			// address which ports of this machine answer, and how.
			return false, "the keys cannot be had from jwks_uri " + wire.Shown(c.JWKSURI)
		case fetched.wrong != "":
			return false, fetched.wrong
		}
		if try(fetched.set); signed {
			break
		}
	}
	return signed, wrong
}

// keyAges are how old fetched keys may be: at first, and where they do not do.
func keyAges() []time.Duration { return []time.Duration{keysLifetime, keysRetry} }

func orNoKeys(set *jose.JSONWebKeySet) *jose.JSONWebKeySet {
	if set == nil {
		return &jose.JSONWebKeySet{}
	}
	return set
}

// selectKey finds the key that signed.
func selectKey(set *jose.JSONWebKeySet, c *Client, alg jose.SignatureAlgorithm, kid string) (key any, wrong string) {
	var named, unnamed []any
	for i := range set.Keys {
		k := &set.Keys[i]
		switch {
		case !suits(k, alg):
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
		return nil, "client " + c.ClientID + " has several keys for " + string(alg) + "; kid must say which of them signed"
	case kid != "":
		return nil, "client " + c.ClientID + " has no key for " + string(alg) + " with kid " + wire.Shown(kid)
	}
	return nil, "client " + c.ClientID + " has no key for " + string(alg)
}

// suits reports whether a key is one that alg signs with. RSA keys have at
// least 2048 bits (RFC 7518 section 3.3).
func suits(k *jose.JSONWebKey, alg jose.SignatureAlgorithm) bool {
	if k.Use != "" && k.Use != "sig" || k.Algorithm != "" && k.Algorithm != string(alg) {
		return false
	}
	switch public := k.Key.(type) {
	case *rsa.PublicKey:
		return (strings.HasPrefix(string(alg), "RS") || strings.HasPrefix(string(alg), "PS")) && public.N.BitLen() >= 2048
	case *ecdsa.PublicKey:
		bits := map[jose.SignatureAlgorithm]int{jose.ES256: 256, jose.ES384: 384, jose.ES512: 521}
		return bits[alg] == public.Curve.Params().BitSize
	case ed25519.PublicKey:
		return alg == jose.EdDSA
	}
	return false
}
