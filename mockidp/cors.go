package mockidp

import (
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// preflight answers a browser that asks whether a page may call an endpoint.
// Libraries send headers of their own (x-okta-user-agent-extended, auth0-client),
// so a page that may call gets those back that it names: what nobody reads does
// no harm.
func preflight(t *tenant, e *endpoint, r *request) wire.Answer {
	a := wire.Answer{Status: http.StatusNoContent}
	a.Set("Allow", e.methods)
	if !allowOrigin(&a, t, e, r) {
		return a
	}
	a.Set("Access-Control-Allow-Methods", strings.ReplaceAll(e.methods, ", OPTIONS", ""))
	headers := []string{"Authorization", "Content-Type", keys.HeaderDPoP}
	for name := range strings.SplitSeq(r.Header.Get("Access-Control-Request-Headers"), ",") {
		name = strings.TrimSpace(name)
		known := slices.ContainsFunc(headers, func(other string) bool { return strings.EqualFold(other, name) })
		if len(headers) < maxAllowedHeaders && isHeaderName(name) && !known {
			headers = append(headers, name)
		}
	}
	a.Set("Access-Control-Allow-Headers", strings.Join(headers, ", "))
	a.Set("Access-Control-Max-Age", "600")
	return a
}

// maxAllowedHeaders is more than any library sends.
const maxAllowedHeaders = 32

// isHeaderName is a token of RFC 9110 section 5.6.2, of the length that a name has.
func isHeaderName(name string) bool {
	const besides = "!#$%&'*+-.^_`|~"
	for i := range len(name) {
		c := name[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && !strings.Contains(besides, string(c)) {
			return false
		}
	}
	return name != "" && len(name) <= 64
}

// allowOrigin lets a page read the answer, if it may, and reports whether.
//
// The endpoints for pages of clients look at no cookies, but some clients have
// the browser send them all the same, Keycloak's adapter among them; it would
// then keep the answer back without the word that this is all right. It stays
// unsaid where a certificate came with the request (RFC 8705): the browser adds
// that one by itself for whichever page asks, so a page of one client could
// read what the certificate of another one gives.
func allowOrigin(a *wire.Answer, t *tenant, e *endpoint, r *request) bool {
	a.Set("Vary", "Origin")
	origin := r.Header.Get("Origin")
	switch {
	case origin != "" && e.cors == anyPage:
		a.Set("Access-Control-Allow-Origin", "*")
		return true
	case !t.allowsOrigin(origin):
		return false
	}
	a.Set("Access-Control-Allow-Origin", origin)
	if r.TLS == nil || len(r.TLS.PeerCertificates) == 0 {
		a.Set("Access-Control-Allow-Credentials", "true")
	}
	a.Set("Access-Control-Expose-Headers", "WWW-Authenticate, "+keys.HeaderDPoPNonce)
	return true
}
