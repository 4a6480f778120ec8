package mockidp

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

func (t *tenant) referenceMetadata() referenceMetadata {
	m := referenceMetadata{
		RequestParameter: true, RequestAlgorithms: keys.Names(requestObjectAlgorithms()),
		PushedEndpoint: t.issuer + pathPushed,
		// What is demanded of each client is demanded of everybody, unless
		// others can still register themselves.
		RequireSigned: t.registration == nil, RequirePushed: t.registration == nil,
	}
	asking := 0
	for _, c := range t.clients.configured {
		if len(c.ResponseTypes) > 0 {
			asking++
			m.RequireSigned = m.RequireSigned && c.RequireSignedRequestObject
			m.RequirePushed = m.RequirePushed && c.mustPush()
		}
	}
	m.RequireSigned, m.RequirePushed = m.RequireSigned && asking > 0, m.RequirePushed && asking > 0
	return m
}

// checkRequestWays holds a client to what the ways of sending its requests
// need.
func checkRequestWays(c *Client) error {
	if alg := c.RequestObjectSigningAlg; alg != "" && !slices.Contains(requestObjectAlgorithms(), jose.SignatureAlgorithm(alg)) {
		return fmt.Errorf("request_object_signing_alg: %q is not one of %s (RFC 9101 section 10.1)",
			alg, strings.Join(keys.Names(requestObjectAlgorithms()), ", "))
	}
	if c.RequireSignedRequestObject && !c.hasKeys() {
		return errors.New("require_signed_request_object needs jwks or jwks_uri (RFC 9101 section 6.2)")
	}
	return nil
}
