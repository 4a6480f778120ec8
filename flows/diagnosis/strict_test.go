package diagnosis_test

import (
	"net/http"
	"strings"
)

// others break rules of the provider that the first hundred lines of a client seldom meet.
func others() map[string]func(*world) {
	asks := func(change ...string) func(*world) {
		return func(w *world) { w.begin(w.app(), change...) }
	}
	return map[string]func(*world){
		"hint-broken":               asks("id_token_hint=no.such.token"),
		"request-other":             asks("display=hologram"),
		"resource-unknown":          asks("resource=nowhere"),
		"authorization-details-off": asks("authorization_details=[{}]"),
		"method-off": func(w *world) {
			w.send(http.MethodPut, w.url+protocol+"/auth", "client_id=react-client")
		},
		"parameter-twice": func(w *world) {
			w.send(http.MethodGet, w.url+protocol+"/auth?client_id=react-client&response_type=code&scope=openid&scope=profile&state=state-one"+
				"&redirect_uri=http://localhost:3000/callback", "")
		},
		"nonce-not-sent": func(w *world) {
			w.send(http.MethodGet, w.url+protocol+"/auth?client_id=legacy-implicit-client&response_type=id_token&scope=openid&state=state-one"+
				"&redirect_uri=http://localhost:4300/callback", "")
		},
		"authorize-by-fetch": func(w *world) {
			w.send(http.MethodOptions, w.url+protocol+"/auth?client_id=react-client&response_type=code&redirect_uri=http://localhost:3000/callback",
				"", "Origin: http://localhost:3000", "Access-Control-Request-Method: GET")
		},
		"request-uri-used-twice": func(w *world) {
			_, text := w.send(http.MethodPost, w.url+protocol+"/ext/par/request", "client_id=par-client&client_secret=par-client-secret"+
				"&response_type=code&scope=openid&redirect_uri=https://accounts.example/callback&code_challenge_method=S256&code_challenge="+
				"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
			_, rest, _ := strings.Cut(text, `"request_uri":"`)
			uri, _, _ := strings.Cut(rest, `"`)
			for range 2 {
				w.send(http.MethodGet, w.url+protocol+"/auth?client_id=par-client&request_uri="+uri, "")
			}
		},
		"dpop-missing": func(w *world) {
			c := w.app()
			c.ClientID = "dpop-client"
			w.redeem(w.begin(c), "client_id=dpop-client", "client_secret=dpop-client-secret")
		},
		"refresh-token-at-api": func(w *world) {
			w.userInfo("Authorization: Bearer " + w.tokens(w.lasting()).RefreshToken)
		},
		"logout-hint-broken": func(w *world) {
			w.send(http.MethodGet, w.url+protocol+"/logout?id_token_hint=no.such.token&post_logout_redirect_uri=http://localhost:3000/", "")
		},
		"credentials-missing": func(w *world) {
			w.send(http.MethodPost, w.url+protocol+"/token", "grant_type=password&client_id=legacy-password-client&username=jane")
		},
		"parameters-not-encoded": func(w *world) {
			w.send(http.MethodPost, w.url+protocol+"/token", "grant_type=authorization_code&code=%zz")
		},
	}
}
