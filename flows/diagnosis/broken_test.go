package diagnosis_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/mockidp"
)

// beginners get the beginning of a login wrong.
func beginners() map[string]func(*world) {
	asks := func(change ...string) func(*world) {
		return func(w *world) { w.begin(w.app(), change...) }
	}
	return map[string]func(*world){
		"redirect-uri-slash":        asks("redirect_uri=http://localhost:3000/callback/"),
		"redirect-uri-port":         asks("redirect_uri=http://localhost:5173/callback"),
		"redirect-uri-loopback":     asks("redirect_uri=http://127.0.0.1:3000/callback"),
		"redirect-uri-host":         asks("redirect_uri=http://app.example:3000/callback"),
		"redirect-uri-path":         asks("redirect_uri=http://localhost:3000/signin-oidc"),
		"redirect-uri-case":         asks("redirect_uri=http://localhost:3000/Callback"),
		"redirect-uri-query":        asks("redirect_uri=http://localhost:3000/callback?next=home"),
		"redirect-uri-scheme":       asks("redirect_uri=https://localhost:3000/callback"),
		"redirect-uri-encoded":      asks("redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcallback"),
		"redirect-uri-unregistered": asks("redirect_uri=https://elsewhere.example/in"),
		"redirect-uri-missing":      asks("redirect_uri"),
		"client-id-missing":         asks("client_id"),
		"client-unknown":            asks("client_id=reactclient"),
		"client-of-other-realm":     asks("client_id=elsewhere"),
		"response-type-off":         asks("response_type=token"),
		"response-mode-off":         asks("response_mode=smoke-signal"),
		"scope-unknown":             asks("scope=openid everything"),
		"scope-syntax":              asks("scope=openid  profile"),
		"pkce-missing":              asks("code_challenge", "code_challenge_method"),
		"pkce-method":               asks("code_challenge_method"),
		"pkce-challenge-syntax":     asks("code_challenge=abc+/="),
		"prompt-none-mixed":         asks("prompt=none login"),
		"request-too-long":          asks("state=" + strings.Repeat("x", 20_000)),
		"request-uri-unknown":       asks("request_uri=urn:ietf:params:oauth:request_uri:nobody"),
		"code-never-redeemed":       asks(),
		"request-object-broken":     asks("request=not.a.jwt"),
		"par-required": func(w *world) {
			c := w.app()
			c.ClientID, c.RedirectURL = "par-client", "https://accounts.example/callback"
			w.begin(c)
		},
		"discovery-path": func(w *world) { w.send(http.MethodGet, w.url+"x/.well-known/openid-configuration", "") },
		"discovery-doubled": func(w *world) {
			w.send(http.MethodGet, w.url+strings.Repeat("/.well-known/openid-configuration", 2), "")
		},
		"discovery-then-nothing": func(w *world) { w.send(http.MethodGet, w.url+"/.well-known/openid-configuration", "") },
		"host-unknown": func(w *world) {
			w.send(http.MethodGet, w.url+"/.well-known/openid-configuration", "", "Host: keycloak:8080")
		},
		"deliberate-trouble": func(w *world) {
			if _, err := w.provider.Trouble("demo", mockidp.Fault{Kind: mockidp.FaultUnavailable, Times: 1}); err != nil {
				w.t.Fatal(err)
			}
			w.begin(w.app())
		},
	}
}

// redeemers get the token request wrong.
func redeemers() map[string]func(*world) {
	redeems := func(change ...string) func(*world) {
		return func(w *world) { w.redeem(w.begin(w.app()), change...) }
	}
	return map[string]func(*world){
		"grant-type-missing":      redeems("grant_type"),
		"grant-type-mistyped":     redeems("grant_type=authorization-code"),
		"grant-type-not-allowed":  redeems("grant_type=client_credentials"),
		"verifier-missing":        redeems("code_verifier"),
		"verifier-syntax":         redeems("code_verifier=short"),
		"verifier-lost":           redeems("code_verifier=" + oauth2.GenerateVerifier()),
		"redirect-uri-at-token":   redeems("redirect_uri=http://localhost:3000/other"),
		"code-missing":            redeems("code"),
		"code-unknown":            redeems("code=never-given-out-by-anybody-at-all"),
		"code-of-other-client":    redeems("client_id=postman"),
		"secret-of-public-client": redeems("client_secret=" + "of-a-page"),
		"verifier-is-challenge": func(w *world) {
			w.redeem(w.begin(w.app()), "code_verifier="+oauth2.S256ChallengeFromVerifier(w.verifier))
		},
		"code-mangled":                func(w *world) { code := w.begin(w.app()); w.redeem(code[:len(code)-4]) },
		"code-redeemed-twice-at-once": func(w *world) { code := w.begin(w.app()); w.redeem(code); w.redeem(code) },
		"verifier-encoding": func(w *world) {
			twice := sha256.Sum256([]byte(oauth2.S256ChallengeFromVerifier(w.verifier)))
			w.redeem(w.begin(w.app(), "code_challenge="+base64.RawURLEncoding.EncodeToString(twice[:])))
		},
		"login-started-twice": func(w *world) {
			code := w.begin(w.app())
			w.verifier = oauth2.GenerateVerifier()
			w.begin(w.app(), "state=state-of-the-second")
			w.redeem(code)
		},
		"token-json": func(w *world) {
			w.send(http.MethodPost, w.url+protocol+"/token", `{"grant_type":"authorization_code","code":"`+w.begin(w.app())+`"}`,
				"Content-Type: application/json")
		},
		"token-get": func(w *world) {
			w.send(http.MethodGet, w.url+protocol+"/token?grant_type=authorization_code&code="+w.begin(w.app()), "")
		},
		"token-request-in-url": func(w *world) {
			w.send(http.MethodPost, w.url+protocol+"/token?client_secret=x",
				"grant_type=authorization_code&client_id=react-client&code="+w.begin(w.app()))
		},
		"origin-unregistered": func(w *world) {
			form := "grant_type=authorization_code&client_id=react-client&redirect_uri=http://localhost:3000/callback&code=" + w.begin(w.app()) +
				"&code_verifier=" + w.verifier
			w.send(http.MethodPost, w.url+protocol+"/token", form, "Origin: https://preview.example", "Sec-Fetch-Mode: cors")
		},
	}
}

// machines prove wrongly who they are.
func machines() map[string]func(*world) {
	return map[string]func(*world){
		"secret-wrong":         func(w *world) { w.service("spring-client-app", "wrong", "grant_type=refresh_token", "refresh_token=x") },
		"secret-missing":       func(w *world) { w.redeem("x", "client_id=spring-client-app") },
		"basic-not-encoded":    func(w *world) { w.service("plus", "a+secret%of:signs-that-change") },
		"secret-in-two-places": func(w *world) { w.service("plus", "x", "client_secret=x", "client_id=plus") },
		"basic-malformed": func(w *world) {
			w.send(http.MethodPost, w.url+protocol+"/token", "grant_type=client_credentials", "Authorization: Basic spring-client-app:secret")
		},
	}
}

// keepers have tokens, and use them wrongly.
func keepers() map[string]func(*world) {
	return map[string]func(*world){
		"refresh-twice-at-once": func(w *world) { t := w.tokens(w.lasting()).RefreshToken; w.renew(t); w.renew(t) },
		"state-constant":        func(w *world) { w.tokens(w.app()); w.verifier = oauth2.GenerateVerifier(); w.tokens(w.app()) },
		"refresh-token-absent":  func(w *world) { w.tokens(w.lasting()); w.renew("", "refresh_token") },
		"refresh-unknown":       func(w *world) { w.tokens(w.lasting()); w.renew("of-another-environment") },
		"refresh-scope-wider":   func(w *world) { w.renew(w.tokens(w.lasting()).RefreshToken, "scope=openid mail.read") },
		"refresh-of-other-client": func(w *world) {
			w.renew(w.tokens(w.lasting()).RefreshToken, "client_id=second-app")
		},
		"token-missing":         func(w *world) { w.tokens(w.app()); w.userInfo() },
		"token-placeholder":     func(w *world) { w.tokens(w.app()); w.userInfo("Authorization: Bearer undefined") },
		"bearer-twice":          func(w *world) { w.userInfo("Authorization: Bearer Bearer " + w.tokens(w.app()).AccessToken) },
		"bearer-scheme-missing": func(w *world) { w.userInfo("Authorization: " + w.tokens(w.app()).AccessToken) },
		"token-in-quotes":       func(w *world) { w.userInfo(`Authorization: Bearer "` + w.tokens(w.app()).AccessToken + `"`) },
		"token-truncated": func(w *world) {
			whole := w.tokens(w.app()).AccessToken
			w.userInfo("Authorization: Bearer " + whole[:len(whole)-90])
		},
		"token-in-url": func(w *world) {
			w.send(http.MethodGet, w.url+protocol+"/userinfo?access_token="+w.tokens(w.app()).AccessToken, "")
		},
		"id-token-at-api": func(w *world) {
			id, _ := w.tokens(w.app()).Extra("id_token").(string)
			w.userInfo("Authorization: Bearer " + id)
		},
		"openid-missing": func(w *world) {
			c := w.app()
			c.Scopes = []string{"profile"}
			w.userInfo("Authorization: Bearer " + w.tokens(c).AccessToken)
		},
		"logout-uri-unregistered": func(w *world) {
			w.send(http.MethodGet, w.url+protocol+"/logout?client_id=react-client&post_logout_redirect_uri=http://localhost:3000/bye", "")
		},
		"logout-hint-missing": func(w *world) {
			w.send(http.MethodGet, w.url+protocol+"/logout?post_logout_redirect_uri=http://localhost:3000/", "")
		},
		"device-never-polled":   func(w *world) { w.device() },
		"device-never-approved": func(w *world) { w.poll(w.device()) },
		"device-polls-too-fast": func(w *world) {
			code := w.device()
			for range 4 {
				w.poll(code)
			}
		},
		"device-code-unknown": func(w *world) { w.device(); w.poll("nobody-was-given-this-code") },
		"pushed-never-used": func(w *world) {
			w.send(http.MethodPost, w.url+protocol+"/ext/par/request", "client_id=react-client&response_type=code&scope=openid"+
				"&redirect_uri=http://localhost:3000/callback&code_challenge_method=S256&code_challenge="+oauth2.S256ChallengeFromVerifier(w.verifier))
		},
	}
}

// device gets a device its codes.
func (w *world) device() string {
	_, text := w.send(http.MethodPost, w.url+protocol+"/auth/device", "client_id=tv-client&scope=openid")
	var codes struct {
		DeviceCode string `json:"device_code"`
	}
	if err := json.Unmarshal([]byte(text), &codes); err != nil || codes.DeviceCode == "" {
		w.t.Fatalf("the device got %s, %v", text, err)
	}
	return codes.DeviceCode
}

func (w *world) poll(code string) {
	w.send(http.MethodPost, w.url+protocol+"/token",
		"client_id=tv-client&grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code="+code)
}
