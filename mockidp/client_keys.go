package mockidp

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// clientKey returns the public key that a client signed with: the one that kid
// names or, without a kid, the only one that alg can be made with. When there
// are several, the client must say which (OpenID Connect Core section 10.1).
// wrong says why no key is the one, fit for the client to read.
func (p *Provider) clientKey(ctx context.Context, c *Client, alg jose.SignatureAlgorithm, kid string) (key any, wrong string) {
	set, wrong := p.clientKeys(ctx, c, kid)
	if wrong != "" {
		return nil, wrong
	}
	return selectKey(set, c, alg, kid)
}

// clientKeys returns the keys of a client, from its registration or from its
// jwks_uri.
func (p *Provider) clientKeys(_ context.Context, c *Client, _ string) (*jose.JSONWebKeySet, string) {
	if c.JWKS == nil {
		return nil, "client " + c.ClientID + " is registered without keys"
	}
	return c.JWKS, ""
}

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
		return nil, "client " + c.ClientID + " has no key for " + string(alg) + " with kid " + shown(kid)
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
