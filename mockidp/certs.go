package mockidp

import (
	"net/http"
	"slices"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// serveCerts is the JWK Set with the public keys (RFC 7517 section 5).
func (e *discoveryEndpoint) serveCerts(t *tenant, r *request) (wire.Answer, error) {
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.rows, r); broken != nil {
		return refusePublic(broken)
	}
	set, err := t.keys.Public(e.signs(t), e.now())
	if err != nil {
		return wire.Answer{}, err
	}
	if len(t.algorithms) > 0 {
		set.Keys = slices.DeleteFunc(set.Keys, func(k jose.JSONWebKey) bool { return !slices.Contains(t.algorithms, k.Algorithm) })
	}
	return cacheable(wire.JSON(http.StatusOK, set))
}

// signs lists the algorithms that tokens of the realm may be signed with: their
// keys are in the JWK Set.
func (e *discoveryEndpoint) signs(t *tenant) []jose.SignatureAlgorithm {
	algs := keys.PublishedAlgorithms()
	if len(t.algorithms) > 0 {
		return algorithmsOf(t.algorithms, t.keys)
	}
	for _, alg := range t.clients.algorithms() {
		if !slices.Contains(algs, alg) {
			algs = append(algs, alg)
		}
	}
	return algs
}
