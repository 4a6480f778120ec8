package mockidp

import (
	"net/url"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

func (t *tenant) referenceMetadata() referenceMetadata {
	m := referenceMetadata{
		RequestParameter: true, RequestURIParameter: t.requestURIs, RequireRegistration: t.requestURIs,
		RequestAlgorithms: keys.Names(requestObjectAlgorithms()),
		PushedEndpoint:    t.calls + pathPushed,
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

// checkRequestWays holds a client to what the ways of sending its requests, and
// of being answered, need.
func checkRequestWays(c *Client) error {
	if alg := c.RequestObjectSigningAlg; alg != "" && !slices.Contains(requestObjectAlgorithms(), jose.SignatureAlgorithm(alg)) {
		return wrong("request_object_signing_alg", "%q is not one of %s (RFC 9101 section 10.1)",
			alg, strings.Join(keys.Names(requestObjectAlgorithms()), ", "))
	}
	for _, mode := range c.ResponseModes {
		if !slices.Contains(responseModes(), mode) {
			return wrong("response_modes", "%q is not one of %s", wire.Shown(mode), strings.Join(responseModes(), ", "))
		}
	}
	if c.RequireSignedRequestObject && !c.hasKeys() {
		return wrong("require_signed_request_object", "needs jwks or jwks_uri (RFC 9101 section 6.2)")
	}
	return nil
}

// checkRequestURIs holds a client to what requests by reference need.
func checkRequestURIs(c *Client, relaxed Relaxed) error {
	if len(c.RequestURIs) == 0 {
		return nil
	}
	switch {
	case !c.hasKeys():
		return wrong("request_uris", "needs jwks or jwks_uri: what is fetched must be signed (RFC 9101 section 10.2)")
	case c.Profile == ProfileFAPI2:
		return byFAPI("5.3.2.2", "request_uris", "requests are pushed; leave it out")
	}
	for _, uri := range c.RequestURIs {
		u, err := url.Parse(uri)
		switch {
		case err != nil || !wire.IsHost(u.Hostname()) || u.User != nil || u.Scheme != "https" && u.Scheme != "http" || !wire.IsVisibleASCII(uri):
			return wrong("request_uris", "%q must be an absolute https URL without user information (RFC 9101 section 5.2)", wire.Shown(uri))
		case len(uri) > maxRequestURI:
			return wrong("request_uris", "%q must have at most %d characters (RFC 9101 section 5.2)", wire.Shown(uri), maxRequestURI)
		case u.Scheme == "http" && !isLoopback(u.Hostname()) && !relaxed.PlainHTTP:
			return wrong("request_uris", onlyLoopback, wire.Shown(uri), settingPlainHTTP)
		}
	}
	return nil
}

// checkReferences refuses what would be registered in vain.
func checkReferences(c *Client, r *Realm) error {
	if len(c.RequestURIs) > 0 && !r.RequestURIParameterSupported {
		return wrong("request_uris", "the realm fetches none; write %s", settingRequestURIs)
	}
	return nil
}
