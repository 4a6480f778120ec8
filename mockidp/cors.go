package mockidp

import (
	"net/http"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// preflight answers a browser that asks whether a page may call an endpoint.
func preflight(t *tenant, e *endpoint, r *request) wire.Answer {
	a := wire.Answer{Status: http.StatusNoContent}
	a.Set("Allow", e.methods)
	allowOrigin(&a, t, r)
	if t.allowsOrigin(r.Header.Get("Origin")) {
		a.Set("Access-Control-Allow-Methods", strings.ReplaceAll(e.methods, ", OPTIONS", ""))
		a.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, "+keys.HeaderDPoP)
		a.Set("Access-Control-Max-Age", "600")
	}
	return a
}

// allowOrigin lets pages of the realm's own clients read the answer. These
// endpoints look at no cookies, but some clients have the browser send them
// all the same, Keycloak's adapter among them; it would then keep the answer
// back without the word that this is all right. It stays unsaid where a
// certificate came with the request (RFC 8705): the browser adds that one by
// itself for whichever page asks, so a page of one client could read what the
// certificate of another one gives.
func allowOrigin(a *wire.Answer, t *tenant, r *request) {
	a.Set("Vary", "Origin")
	if origin := r.Header.Get("Origin"); t.allowsOrigin(origin) {
		a.Set("Access-Control-Allow-Origin", origin)
		if r.TLS == nil || len(r.TLS.PeerCertificates) == 0 {
			a.Set("Access-Control-Allow-Credentials", "true")
		}
		a.Set("Access-Control-Expose-Headers", "WWW-Authenticate, "+keys.HeaderDPoPNonce)
	}
}
