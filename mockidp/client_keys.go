package mockidp

import (
	"context"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
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
func (a *authenticator) signedByClient(ctx context.Context, t *tenant, c *Client, compact string, alg jose.SignatureAlgorithm,
	kid string,
) (signed bool, wrong string) {
	parsed, err := jose.ParseSignedCompact(compact, []jose.SignatureAlgorithm{alg})
	if err != nil {
		return false, "it cannot be read as a JWS that is signed with " + string(alg)
	}
	try := func(set *jose.JSONWebKeySet) {
		var key any
		if key, wrong = keys.Select(set, "client "+c.ClientID, alg, kid); wrong == "" {
			_, err = parsed.Verify(key)
			signed = err == nil
		}
	}
	if c.JWKSURI == "" {
		try(keys.OrNone(c.JWKS))
		return signed, wrong
	}
	for _, age := range keys.Ages() {
		fetched := a.fetched.Keys(ctx, c.JWKSURI, a.now(), age)
		switch {
		case fetched.Wrong != "" && t.clients.selfRegistered(c):
			// What it is exactly would tell a stranger who registered the
			// address which ports of this machine answer, and how.
			return false, "the keys cannot be had from jwks_uri " + wire.Shown(c.JWKSURI)
		case fetched.Wrong != "":
			return false, fetched.Wrong
		}
		if try(fetched.Set); signed {
			break
		}
	}
	return signed, wrong
}
