package mockidp

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// referenceMetadata says in which ways a request may be sent other than by
// parameters in the browser (RFC 9101 section 10.5, RFC 9126 section 5). That
// request_uri_parameter_supported is false is about addresses that a provider
// would have to fetch; a request_uri of a pushed request is good all the same.
type referenceMetadata struct {
	RequestParameter    bool     `json:"request_parameter_supported"`
	RequestURIParameter bool     `json:"request_uri_parameter_supported"`
	RequestAlgorithms   []string `json:"request_object_signing_alg_values_supported"`
	RequireSigned       bool     `json:"require_signed_request_object"`
	PushedEndpoint      string   `json:"pushed_authorization_request_endpoint"`
	RequirePushed       bool     `json:"require_pushed_authorization_requests"`
}

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
