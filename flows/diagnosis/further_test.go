package diagnosis_test

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// further fail at how their client is set up at one kind of provider, and at what a server or a phone meets.
func further() map[string]func(*world) {
	all := map[string]func(*world){
		"form-post-required": func(w *world) {
			w.send(http.MethodGet, w.stranger(trace.AuthorizationServer, http.StatusBadRequest, "Content-Type: text/html\n\n<p>invalid_request</p>"+
				"<p>response_mode must be form_post when name or email scope is requested.</p>")+
				"/auth/authorize?client_id=app&response_type=code&scope=name%20email&state=state-1&redirect_uri=https://app.example/cb", "")
		},
		"userinfo-refused": func(w *world) {
			idp := w.stranger(trace.AuthorizationServer, http.StatusNotFound, "Content-Type: text/plain\n\nno")
			w.send(http.MethodGet, idp+"/oauth2/userinfo", "", "Authorization: Bearer 2YotnFZFEjr1zCsicMWpAA")
		},
		"password-flow-blocked": func(w *world) {
			w.send(http.MethodPost, w.stranger(trace.AuthorizationServer, http.StatusBadRequest, says("invalid_grant",
				"authentication failure"))+"/services/oauth2/token", "grant_type=password&client_id=app&client_secret=of-the-app&username=ann&password=of-ann")
		},
		"policy-missing": func(w *world) {
			w.send(http.MethodGet, w.stranger(trace.Client, 400, "Content-Type: text/plain\n\nno")+"/callback?state=state-one&error=access_denied"+
				"&error_description=Policy+evaluation+failed+for+this+request,+please+check+the+policy+configurations.", "")
		},
		"stored-secret-unreadable": func(w *world) {
			w.send(http.MethodPost, w.stranger(trace.AuthorizationServer, 401, says("invalid_client",
				`There is no PasswordEncoder mapped for the id "null"`))+"/oauth2/token", "grant_type=client_credentials&client_id=app&client_secret=of-the-app")
		},
	}
	for id, told := range map[string]string{
		"app-not-set-up":      `Error: Unknown authentication strategy "oidc"`,
		"app-tab-closed":      "PlatformException(authorize_failed, Failed to authorize: [error: null, description: User cancelled flow], null)",
		"no-answer-to-server": "dial tcp: connection refused",
	} {
		all[id] = func(w *world) {
			code := w.begin(w.app())
			app := w.stranger(trace.Client, http.StatusInternalServerError, "Content-Type: text/plain\n\n"+told)
			w.send(http.MethodGet, app+"/callback?state=state-of-this-login&code="+code, "")
		}
	}
	return all
}
