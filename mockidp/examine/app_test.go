package examine_test

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

const (
	clientID = "web"
	secret   = "web-secret"
)

// app is a web app with a login. What it makes of the callback differs.
type app struct {
	*httptest.Server

	mu       sync.Mutex
	issuer   string
	ca       string            // file with the certificate of the provider's CA; empty where it speaks no TLS
	logins   map[string]login  // by state, which is in a cookie too
	sessions map[string]string // who is logged in, by cookie
	callback func(a *app, r *http.Request, begun login) (name string, err error)
}

// login is what the app remembers of one that began.
type login struct{ state, nonce, verifier string }

func newApp(t *testing.T, callback func(*app, *http.Request, login) (string, error)) *app {
	t.Helper()
	a := &app{logins: map[string]login{}, sessions: map[string]string{}, callback: callback}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /login", a.login)
	mux.HandleFunc("GET /callback", a.back)
	mux.HandleFunc("GET /me", a.me)
	a.Server = httptest.NewServer(mux)
	t.Cleanup(a.Close)
	return a
}

func (a *app) oauth(p *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: clientID, ClientSecret: secret, Endpoint: p.Endpoint(), RedirectURL: a.URL + "/callback", Scopes: []string{"openid", "profile"},
	}
}

// trusting has what is done with a request trust the provider's CA.
func (a *app) trusting(r *http.Request) *http.Request {
	if a.ca == "" {
		return r
	}
	pem, err := os.ReadFile(a.ca)
	if err != nil {
		return r // the handshake says so
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	through := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, DisableKeepAlives: true}
	return r.WithContext(oidc.ClientContext(r.Context(), &http.Client{Transport: through}))
}

func (a *app) provider(ctx context.Context) (*oidc.Provider, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return oidc.NewProvider(ctx, a.issuer)
}

func (a *app) login(w http.ResponseWriter, r *http.Request) {
	r = a.trusting(r)
	p, err := a.provider(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	begun := login{rand.Text(), rand.Text(), oauth2.GenerateVerifier()}
	a.mu.Lock()
	a.logins[begun.state] = begun
	a.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: "login", Value: begun.state, Path: "/"}) //nolint:gosec // on this machine, over http
	to := a.oauth(p).AuthCodeURL(begun.state, oidc.Nonce(begun.nonce), oauth2.S256ChallengeOption(begun.verifier))
	http.Redirect(w, r, to, http.StatusFound)
}

func (a *app) back(w http.ResponseWriter, r *http.Request) {
	var begun login
	if c, err := r.Cookie("login"); err == nil {
		a.mu.Lock()
		begun = a.logins[c.Value]
		a.mu.Unlock()
	}
	name, err := a.callback(a, a.trusting(r), begun)
	if err != nil {
		http.Error(w, "the login failed: "+err.Error(), http.StatusBadRequest)
		return
	}
	session := rand.Text()
	a.mu.Lock()
	a.sessions[session] = name
	a.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: "session", Value: session, Path: "/"}) //nolint:gosec // on this machine, over http
	http.Redirect(w, r, "/me", http.StatusFound)
}

func (a *app) me(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie("session"); err == nil {
		a.mu.Lock()
		name, in := a.sessions[c.Value]
		a.mu.Unlock()
		if in {
			fmt.Fprintf(w, "Hello %s", name)
			return
		}
	}
	http.Redirect(w, r, "/login", http.StatusFound)
}

// careful checks everything that the exam asks about.
func careful(a *app, r *http.Request, begun login) (string, error) {
	q := r.URL.Query()
	p, err := a.provider(r.Context())
	switch {
	case err != nil:
		return "", err
	case begun.state == "" || q.Get("state") != begun.state:
		return "", errors.New("state")
	case q.Get("iss") != a.issuer:
		return "", errors.New("iss of the answer")
	case q.Get("error") != "":
		return "", errors.New(q.Get("error"))
	}
	token, err := a.oauth(p).Exchange(r.Context(), q.Get("code"), oauth2.VerifierOption(begun.verifier))
	if err != nil {
		return "", err
	}
	if token.Type() != "Bearer" {
		return "", errors.New("token_type")
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := p.Verifier(&oidc.Config{ClientID: clientID}).Verify(r.Context(), raw)
	switch {
	case err != nil:
		return "", err
	case id.Nonce != begun.nonce:
		return "", errors.New("nonce")
	case len(id.Audience) != 1:
		return "", errors.New("aud")
	}
	if err := id.VerifyAccessToken(token.AccessToken); err != nil {
		return "", err
	}
	about, err := p.UserInfo(r.Context(), oauth2.StaticTokenSource(token))
	if err != nil {
		return "", err
	}
	if about.Subject != id.Subject {
		return "", errors.New("sub of UserInfo")
	}
	return name(about.Claims)
}

func name(claims func(any) error) (string, error) {
	var said struct{ Name string }
	if err := claims(&said); err != nil {
		return "", err
	}
	return said.Name, nil
}

// careless checks nothing, and lets everybody in.
func careless(a *app, r *http.Request, begun login) (string, error) {
	p, err := a.provider(r.Context())
	if err != nil {
		return "", err
	}
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {r.URL.Query().Get("code")}, "redirect_uri": {a.URL + "/callback"},
		"code_verifier": {begun.verifier}, "client_id": {clientID}, "client_secret": {secret},
	}
	var tokens struct {
		Access string `json:"access_token"`
		ID     string `json:"id_token"`
	}
	if err := asked(r.Context(), http.MethodPost, p.Endpoint().TokenURL, form, "", &tokens); err != nil {
		return "", err
	}
	var said struct{ Name, Sub string }
	if parts := strings.Split(tokens.ID, "."); len(parts) == 3 {
		payload, _ := base64.RawURLEncoding.DecodeString(parts[1])
		_ = json.Unmarshal(payload, &said) // it believes whatever it finds
	}
	if err := asked(r.Context(), http.MethodGet, p.UserInfoEndpoint(), nil, tokens.Access, &said); err != nil {
		return "", err
	}
	return said.Name + " " + said.Sub, nil
}

// asked sends a request and takes any answer for a good one.
func asked(ctx context.Context, method, address string, form url.Values, token string, into any) error {
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	_ = json.NewDecoder(res.Body).Decode(into) // what is no JSON says nothing
	return nil
}
