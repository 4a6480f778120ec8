package diagnosis_test

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// particular fail at what some providers, libraries and browsers demand alone.
func particular() map[string]func(*world) {
	all := map[string]func(*world){
		"session-cleared-by-silent-check": clearedBySilence,
		"secret-jwt-broken": func(w *world) {
			secret := jwt(`{"alg":"ES256","kid":"one"}`, `{"iss":"team","sub":"app","aud":"https://appleid.apple.com","iat":1600000000,"exp":1610000000}`)
			w.send(http.MethodPost, w.stranger(trace.AuthorizationServer, 400, says("invalid_client", ""))+"/auth/token",
				"grant_type=authorization_code&client_id=app&code=code-one&client_secret="+secret)
		},
		"token-algorithm": func(w *world) {
			api := w.stranger(trace.ResourceServer, 401, `WWW-Authenticate: Bearer error="invalid_token", `+
				`error_description="The specified alg value is not allowed"`+"\n\n")
			w.send(http.MethodGet, api+"/v1/invoices", "",
				"Authorization: Bearer "+jwt(`{"alg":"ES384"}`, `{"iss":"https://idp.example","aud":"api","exp":4000000000}`))
		},
	}
	for id, told := range map[string]string{
		"single-tenant-at-common": "AADSTS50194: Application 'x'(App) is not configured as a multi-tenant application.",
		"secret-expired":          "AADSTS7000222: The provided client secret keys for app 'x' are expired.",
		"workload-unknown":        "AADSTS700213: No matching federated identity record found for presented assertion subject 'repo:o/r:ref:refs/heads/x'.",
		"exchange-audience":       "AADSTS500131: Assertion audience does not match the Client app presenting the assertion.",
	} {
		all[id] = func(w *world) {
			w.send(http.MethodPost, w.stranger(trace.AuthorizationServer, 400, says("invalid_request", told))+"/tenant/oauth2/v2.0/token",
				"grant_type=client_credentials&client_id=app&client_secret=of-the-app")
		}
	}
	for id, told := range map[string]string{
		"scope-other-than-asked":     `Warning: Scope has changed from "email openid" to "openid https://www.googleapis.com/auth/userinfo.email".`,
		"app-not-published":          "Error 403: access_denied The app is currently being tested, and can only be accessed by developer-approved testers.",
		"connection-off":             "the connection was not found",
		"app-signature-unregistered": "com.google.android.gms.common.api.ApiException: 10:",
		"app-key-other":              "[next-auth][error][JWT_SESSION_ERROR] decryption operation failed",
		"app-host-untrusted":         "[auth][error] UntrustedHost: Host must be trusted.",
		"library-not-ready":          "BrowserAuthError: uninitialized_public_client_application: You must call and await the initialize function",
		"authority-untrusted":        "ClientConfigurationError: untrusted_authority: The provided authority is not a trusted authority.",
		"login-in-hidden-frame":      "BrowserAuthError: block_iframe_reload: Request was blocked inside an iframe",
		"issuer-differs":             "OpenIDConnect::Discovery::DiscoveryFailed (Issuer mismatch)",
		"popup-cut-off":              "Cross-Origin-Opener-Policy policy would block the window.closed call.",
		"csp-forbids": "Refused to connect to 'https://idp.example/token' because it violates the following " +
			"Content Security Policy directive: connect-src 'self'.",
	} {
		all[id] = func(w *world) {
			code := w.begin(w.app())
			app := w.stranger(trace.Client, http.StatusInternalServerError, "Content-Type: text/plain\n\n"+told)
			w.send(http.MethodGet, app+"/callback?state=state-of-this-login&code="+code, "")
		}
	}
	return all
}

// clearedBySilence is an app that looks in the background whether somebody is signed in, and forgets them at an error.
func clearedBySilence(w *world) {
	const host, sid, silent = "Host: app.example", "Cookie: sid=1", "client_id=app&response_type=code&scope=openid&prompt=none&state=silent-1"
	to := func(status int, answer string) string { return w.stranger(trace.Client, status, answer+"\n\n") }
	idp := w.stranger(trace.AuthorizationServer, http.StatusFound,
		"Location: http://app.example/callback?error=login_required&state=silent-1\n\n")
	ask := "/oauth2/authorize?" + silent + "&redirect_uri=" + url.QueryEscape("http://app.example/callback")
	w.send(http.MethodGet, to(http.StatusOK, "Content-Type: text/html")+"/", "", host, sid)
	w.send(http.MethodGet, idp+ask, "")
	w.send(http.MethodGet, to(http.StatusFound, "Location: /\nSet-Cookie: sid=; Max-Age=0; Path=/")+
		"/callback?error=login_required&state=silent-1", "", host, sid)
	w.send(http.MethodGet, to(http.StatusFound, "Location: "+idp+strings.Replace(ask, "prompt=none&", "", 1))+"/", "", host)
}
