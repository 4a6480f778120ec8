package mockidp

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// What Keycloak's JavaScript adapter needs besides the standards.

// cookieCheckScript is the answer to the adapter's question whether a page of
// this provider, in a frame, sees its cookies. It would go on to watch the
// session by a frame (OpenID Connect Session Management 1.0), which there is
// none of here and which browsers forbid more and more. On "unsupported" it
// leaves that be, and asks about the session by redirect.
const cookieCheckScript template.JS = `parent.postMessage("unsupported", "*")`

// serveCookieCheck is Keycloak's page 3p-cookies/step1.html. It holds nothing
// of anybody's, so any page may frame it.
func (e *discoveryEndpoint) serveCookieCheck(_ *tenant, r *request) (wire.Answer, error) {
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.rows, r); broken != nil {
		a, err := refusePublic(broken)
		a.Set("Allow", "GET, HEAD")
		return a, err
	}
	page := "<!DOCTYPE html>\n<title>Session frames are not supported</title>\n" +
		"<p>This provider has no frame that watches the session.</p>\n<script>" + string(cookieCheckScript) + "</script>\n"
	a := wire.Answer{Status: http.StatusOK, Body: []byte(page)}
	sum := sha256.Sum256([]byte(cookieCheckScript))
	a.Set("Content-Type", "text/html; charset=utf-8")
	a.Set("Content-Security-Policy",
		"default-src 'none'; script-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'; base-uri 'none'; form-action 'none'")
	return cacheable(a, nil)
}
