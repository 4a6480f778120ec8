package diagnosis_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// strangers fail at what our own provider never answers: the pages and proxies
// of others, and browsers that let nothing out.
func strangers() map[string]func(*world) {
	const ask = "client_id=app&response_type=code&scope=openid&state=state-1&redirect_uri=https://app.example/cb"
	return map[string]func(*world){
		"https-required": func(w *world) {
			idp := w.stranger(trace.AuthorizationServer, http.StatusForbidden,
				"Content-Type: application/json\n\n"+`{"error":"invalid_request","error_description":"HTTPS required"}`)
			w.send(http.MethodPost, idp+"/realms/demo"+protocol+"/token", "grant_type=client_credentials&client_id=app")
		},
		"web-platform": func(w *world) {
			idp := w.stranger(trace.AuthorizationServer, http.StatusBadRequest, "Content-Type: application/json\n\n"+
				`{"error":"invalid_request","error_description":"AADSTS9002327: redeemed via cross-origin requests alone"}`)
			w.send(http.MethodPost, idp+"/tenant/oauth2/v2.0/token", "grant_type=authorization_code&client_id=app&code=code-one")
		},
		"browser-embedded": func(w *world) {
			idp := w.stranger(trace.AuthorizationServer, http.StatusForbidden,
				"Content-Type: text/html\n\n<h1>Access blocked</h1><p>Error 403: disallowed_useragent</p>")
			w.send(http.MethodGet, idp+"/o/oauth2/auth?"+ask, "")
		},
		"page-in-frame": func(w *world) {
			idp := w.stranger(trace.AuthorizationServer, http.StatusOK,
				"Content-Type: text/html\nX-Frame-Options: DENY\n\n<h1>Sign in</h1>")
			w.send(http.MethodGet, idp+"/oauth2/authorize?"+ask, "", "Sec-Fetch-Dest: iframe", "Sec-Fetch-Site: cross-site")
		},
		"certificate-untrusted": func(w *world) {
			code := w.begin(w.app())
			app := w.stranger(trace.Client, http.StatusInternalServerError, "Content-Type: text/plain\n\n[invalid_token_response] "+
				"PKIX path building failed: unable to find valid certification path to requested target")
			w.send(http.MethodGet, app+"/callback?state=state-of-this-login&code="+code, "")
		},
		"certificate-of-other-host": func(w *world) {
			code := w.begin(w.app())
			app := w.stranger(trace.Client, http.StatusInternalServerError, "Content-Type: text/plain\n\nERR_TLS_CERT_ALTNAME_INVALID: "+
				"Hostname/IP does not match certificate's altnames: Host: keycloak. is not in the cert's altnames: DNS:sso.example")
			w.send(http.MethodGet, app+"/callback?state=state-of-this-login&code="+code, "")
		},
		"authorization-endpoint-elsewhere": func(w *world) {
			w.send(http.MethodGet, w.url+"/.well-known/openid-configuration", "")
			w.send(http.MethodGet, w.url+"/connect/authorize?"+ask, "")
		},
		"issuer-unknown": func(w *world) {
			idp := w.stranger(trace.AuthorizationServer, http.StatusNotFound, "Content-Type: application/json\n\n"+
				`{"errorCode":"E0000007","errorSummary":"Not found: Resource not found: default (CustomAuthorizationServer)"}`)
			w.send(http.MethodGet, idp+"/oauth2/default/v1/authorize?"+ask, "")
		},
		"token-redirected": func(w *world) {
			const form = "grant_type=authorization_code&client_id=app&code=code-one&redirect_uri=https://app.example/cb"
			secure := w.stranger(trace.AuthorizationServer, http.StatusBadRequest,
				"Content-Type: application/json\n\n"+`{"error":"unsupported_grant_type","error_description":"grant type not supported"}`)
			plain := w.stranger(trace.AuthorizationServer, http.StatusMovedPermanently, "Location: "+secure+"/oauth2/token\n\n")
			w.send(http.MethodPost, plain+"/oauth2/token", form)
			w.send(http.MethodGet, secure+"/oauth2/token", "")
		},
		"mixed-content": func(w *world) {
			w.unanswered(http.MethodPost, "http://idp.example/oauth2/token", "Origin: https://app.example", "Sec-Fetch-Mode: cors")
		},
	}
}

// stranger is a server that knows one answer, its headers before an empty line, and returns its address.
func (w *world) stranger(who trace.Role, status int, answer string) string {
	head, body, _ := strings.Cut(answer, "\n\n")
	answers := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only what is read is on the tape
		for _, h := range fields(head) {
			rw.Header().Set(h.Name, h.Value)
		}
		rw.WriteHeader(status)
		_, _ = io.WriteString(rw, body)
	})
	server := httptest.NewServer(w.tape.Around(answers, who))
	w.t.Cleanup(server.Close)
	return server.URL
}

// unanswered is a request that a browser recorded and did not let out.
func (w *world) unanswered(method, address string, headers ...string) {
	w.blocked = append(w.blocked, trace.Message{
		Kind: trace.Request, From: trace.UserAgent, To: trace.AuthorizationServer, Channel: trace.Front,
		Method: method, URL: address, Header: fields(strings.Join(headers, "\n")),
	})
}
