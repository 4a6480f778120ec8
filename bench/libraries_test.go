//go:build bench

package bench_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/mockidp"
)

// libraries is the same cast made of golang.org/x/oauth2 and coreos/go-oidc,
// over TCP on 127.0.0.1: a client app with /login and /callback, the identity
// provider, and an API that verifies its bearer token. The servers run from
// the beginning and keep their connections, which favours this side.
type libraries struct {
	issuer        string
	app, idp, api *httptest.Server
	provider      *oidc.Provider // as this login discovered it
	oauth         oauth2.Config
	state, nonce  string
	secret        string
	apiKeys       *oidc.RemoteKeySet // as the API fetched them in this login
	failed        error
}

func newLibraries(b *testing.B, keys *mockidp.KeySet) *libraries {
	b.Helper()
	l := &libraries{}
	l.idp, l.api, l.app = httptest.NewUnstartedServer(nil), httptest.NewServer(http.HandlerFunc(l.mails)), httptest.NewServer(l.client())
	base := "http://" + l.idp.Listener.Addr().String()
	p, err := mockidp.New(mockidp.Config{
		BaseURL: base, Keys: keys, Hosts: []string{l.idp.Listener.Addr().String()},
		Realms: []mockidp.Realm{mockidp.StoryRealm().WithAudience(stage.MailScope, l.api.URL)},
	})
	if err != nil {
		b.Fatal(err)
	}
	l.idp.Config.Handler = p
	l.idp.Start()
	l.issuer = base + "/realms/demo"
	for _, s := range []*httptest.Server{l.app, l.idp, l.api} {
		b.Cleanup(s.Close)
	}
	return l
}

// logIn is one whole flow: a new browser, a new sign-in, the mails at the end.
func (l *libraries) logIn(b *testing.B) {
	b.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	l.apiKeys, l.failed = oidc.NewRemoteKeySet(context.Background(), l.issuer+"/protocol/openid-connect/certs"), nil
	browser := &http.Client{Jar: jar}
	page := load(b, browser, http.MethodGet, l.app.URL+"/login", nil)
	page = submit(b, browser, page, map[string]string{"username": "jane", "password": "jane"})
	page = submit(b, browser, page, map[string]string{"decision": "approve"})
	if l.failed != nil || page.Status != http.StatusOK || !strings.Contains(page.Title, "mails") {
		b.Fatalf("status %d, %q: %v", page.Status, page.Title, l.failed)
	}
}

func load(b *testing.B, browser *http.Client, method, address string, form url.Values) *stage.Page {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := browser.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	page, err := stage.ParsePage(res.Request.URL.String(), res.StatusCode, body)
	if err != nil {
		b.Fatal(err)
	}
	return page
}

func submit(b *testing.B, browser *http.Client, page *stage.Page, typed map[string]string) *stage.Page {
	b.Helper()
	if page.Form == nil {
		b.Fatalf("no form on the page %q (%d)", page.Title, page.Status)
	}
	form := url.Values{}
	for _, f := range page.Form.Fields {
		form.Set(f.Name, f.Value)
	}
	for name, value := range typed {
		form.Set(name, value)
	}
	return load(b, browser, page.Form.Method, page.Form.Action, form)
}

func (l *libraries) client() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /login", l.login)
	mux.HandleFunc("GET /callback", l.callback)
	return mux
}

func (l *libraries) login(w http.ResponseWriter, r *http.Request) {
	provider, err := oidc.NewProvider(context.Background(), l.issuer)
	if err != nil {
		l.fail(w, err)
		return
	}
	endpoint := provider.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInParams
	l.provider = provider
	l.oauth = oauth2.Config{
		ClientID: stage.TravelApp().ID, Endpoint: endpoint, RedirectURL: l.app.URL + "/callback", Scopes: []string{"openid", stage.MailScope},
	}
	l.state, l.nonce, l.secret = oauth2.GenerateVerifier(), oauth2.GenerateVerifier(), oauth2.GenerateVerifier()
	http.Redirect(w, r, l.oauth.AuthCodeURL(l.state, oauth2.S256ChallengeOption(l.secret), oidc.Nonce(l.nonce)), http.StatusFound)
}

func (l *libraries) callback(w http.ResponseWriter, r *http.Request) {
	token, err := l.exchange(r)
	if err != nil {
		l.fail(w, err)
		return
	}
	res, err := l.oauth.Client(r.Context(), token).Get(l.api.URL + "/messages")
	if err != nil {
		l.fail(w, err)
		return
	}
	defer func() { _ = res.Body.Close() }()
	var mails struct{ Messages []string }
	if err := json.NewDecoder(res.Body).Decode(&mails); err != nil {
		l.fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/html")
	_, _ = io.WriteString(w, "<title>"+strings.Join(mails.Messages, ", ")+"</title>")
}

// exchange redeems the code and verifies the ID token as OpenID Connect Core section 3.1.3.7 asks.
func (l *libraries) exchange(r *http.Request) (*oauth2.Token, error) {
	if r.FormValue("state") != l.state || r.FormValue("iss") != l.issuer {
		return nil, errWrong("state or iss")
	}
	token, err := l.oauth.Exchange(r.Context(), r.FormValue("code"), oauth2.VerifierOption(l.secret))
	if err != nil {
		return nil, err
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := l.provider.Verifier(&oidc.Config{ClientID: stage.TravelApp().ID}).Verify(r.Context(), raw)
	if err != nil {
		return nil, err
	}
	if id.Nonce != l.nonce {
		return nil, errWrong("nonce")
	}
	return token, id.VerifyAccessToken(token.AccessToken)
}

// mails is the API: signature, iss, aud, exp and scope of the bearer token.
func (l *libraries) mails(w http.ResponseWriter, r *http.Request) {
	raw, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	access, err := oidc.NewVerifier(l.issuer, l.apiKeys, &oidc.Config{ClientID: l.api.URL}).Verify(r.Context(), raw)
	var claims struct{ Scope string }
	if err == nil {
		err = access.Claims(&claims)
	}
	if err != nil || !strings.Contains(claims.Scope, stage.MailScope) {
		http.Error(w, "no", http.StatusUnauthorized)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"messages":["these are the mails"]}`)
}

type errWrong string

func (e errWrong) Error() string { return string(e) + " is not the one that was sent" }

func (l *libraries) fail(w http.ResponseWriter, err error) {
	l.failed = err
	http.Error(w, err.Error(), http.StatusBadGateway)
}
