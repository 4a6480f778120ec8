package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/mockidp"
)

// The judges in this file are not ours: golang.org/x/oauth2 and
// coreos/go-oidc are the client, net/http is the network.

// serve runs a provider on a loopback port and returns its base URL.
func serve(t *testing.T, realm mockidp.Realm) string {
	t.Helper()
	p := mockidp.Start(t, mockidp.Config{Realms: []mockidp.Realm{realm}, Keys: keys(t)})
	return strings.TrimSuffix(p.Issuer(realm.Name), "/realms/"+realm.Name)
}

// overTCP is a browser on a real network.
func overTCP(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, client: &http.Client{
		Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// relyingParty is a client made of the two libraries.
type relyingParty struct {
	oauth    *oauth2.Config
	pushes   bool // sends its request to the provider itself first
	issuer   string
	signs    bool // proves who it is by a JWT that it signs
	provider *oidc.Provider
	verifier *oidc.IDTokenVerifier
}

func newRelyingParty(t *testing.T, issuer string, c mockidp.Client, redirectURI string, scopes ...string) relyingParty {
	t.Helper()
	provider, err := oidc.NewProvider(t.Context(), issuer)
	if err != nil {
		t.Fatal(err)
	}
	endpoint := provider.Endpoint()
	if c.ClientSecret == "" {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return relyingParty{
		oauth: &oauth2.Config{
			ClientID: c.ClientID, ClientSecret: c.ClientSecret, Endpoint: endpoint,
			RedirectURL: redirectURI, Scopes: scopes,
		},
		pushes:   c.RequirePushedAuthorizationRequests,
		issuer:   issuer,
		signs:    c.TokenEndpointAuthMethod == "private_key_jwt",
		provider: provider,
		verifier: provider.Verifier(&oidc.Config{ClientID: c.ClientID}),
	}
}

// logIn walks jane through a login and returns the tokens and the ID token.
func (rp relyingParty) logIn(t *testing.T, b *browser) (*oauth2.Token, *oidc.IDToken) {
	t.Helper()
	secret := oauth2.GenerateVerifier()
	address := rp.oauth.AuthCodeURL("the-state", oauth2.S256ChallengeOption(secret), oidc.Nonce("the-nonce"))
	if rp.pushes {
		address = rp.push(t, b, address)
	}
	res := b.get(address)
	if res.StatusCode == http.StatusOK {
		res = b.signIn(res, "jane")
	}
	if res.StatusCode == http.StatusOK {
		res = b.submit(res, "decision", "approve")
	}
	q := res.location().Query()
	if q.Get("state") != "the-state" || q.Get("iss") == "" {
		t.Fatalf("%d, Location %q\n%s", res.StatusCode, res.Header.Get("Location"), res.body)
	}
	token, err := rp.oauth.Exchange(t.Context(), q.Get("code"), append(rp.proof(t), oauth2.VerifierOption(secret))...)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := rp.verifier.Verify(t.Context(), raw)
	if err != nil {
		t.Fatal(err)
	}
	if id.Nonce != "the-nonce" {
		t.Errorf("nonce %q", id.Nonce)
	}
	if err := id.VerifyAccessToken(token.AccessToken); err != nil {
		t.Errorf("at_hash: %v", err)
	}
	return token, id
}

// push hands in what the library would have sent by browser, and returns where
// the browser goes instead.
func (rp relyingParty) push(t *testing.T, b *browser, address string) string {
	t.Helper()
	var meta struct {
		Pushed string `json:"pushed_authorization_request_endpoint"`
	}
	if err := rp.provider.Claims(&meta); err != nil {
		t.Fatal(err)
	}
	where, query, _ := strings.Cut(address, "?")
	res := b.post(meta.Pushed, query, "Authorization", basic(rp.oauth.ClientID, rp.oauth.ClientSecret))
	var got struct {
		URI string `json:"request_uri"`
	}
	if err := json.Unmarshal([]byte(res.body), &got); err != nil || got.URI == "" {
		t.Fatalf("not pushed: %d %s", res.StatusCode, res.body)
	}
	return where + "?" + url.Values{"client_id": {rp.oauth.ClientID}, "request_uri": {got.URI}}.Encode()
}

func TestIndependentLibrariesLogInOverTCP(t *testing.T) {
	realm := mockidp.StoryRealm()
	for i := range realm.Clients {
		if realm.Clients[i].ClientID == "react-client" {
			realm.Clients[i].IDTokenSignedResponseAlg = "ES256"
		}
	}
	realm.Clients = append(realm.Clients, mockidp.Client{
		ClientID: "post client/+", ClientSecret: "s:e%c r+et", RedirectURIs: []string{"https://post.example/cb?tenant=1"},
		TokenEndpointAuthMethod: "client_secret_post",
	})
	base := serve(t, realm)
	for _, issuer := range []string{base + "/realms/demo", base + "/auth/realms/demo"} {
		for _, c := range realm.Clients {
			if len(c.RedirectURIs) == 0 || c.ResponseTypes != nil || c.DPoPBoundAccessTokens || c.Trusted {
				continue // nobody logs in with it, or not by a code, or not without help, or without a page to agree on
			}
			t.Run(issuer+" "+c.ClientID, func(t *testing.T) { logInAndAskUserInfo(t, issuer, c) })
		}
	}
}

func logInAndAskUserInfo(t *testing.T, issuer string, c mockidp.Client) {
	t.Helper()
	rp := newRelyingParty(t, issuer, c, c.RedirectURIs[0], "openid", "profile", "email")
	token, id := rp.logIn(t, overTCP(t))
	if id.Subject != "user-jane" || id.Issuer != issuer {
		t.Errorf("sub %q, iss %q", id.Subject, id.Issuer)
	}
	info, err := rp.provider.UserInfo(t.Context(), oauth2.StaticTokenSource(token))
	if err != nil {
		t.Fatal(err)
	}
	if info.Subject != id.Subject || info.Email != "jane@example.com" || !info.EmailVerified {
		t.Errorf("UserInfo %+v", info)
	}
}

func TestLoopbackRedirectMatchesAnyPort(t *testing.T) {
	realm := mockidp.StoryRealm()
	base := serve(t, realm)
	const uri = "http://127.0.0.1:51004/callback"
	rp := newRelyingParty(t, base+"/realms/demo", realm.Clients[0], uri, "openid")
	secret := oauth2.GenerateVerifier()
	b := overTCP(t)
	res := b.submit(b.signIn(b.get(rp.oauth.AuthCodeURL("s", oauth2.S256ChallengeOption(secret))), "jane"), "decision", "approve")
	if got := res.Header.Get("Location"); !strings.HasPrefix(got, uri+"?code=") {
		t.Fatalf("Location %q", got)
	}
	// The port counts again at the token endpoint: the same URI, exactly.
	other := *rp.oauth
	other.RedirectURL = "http://127.0.0.1:51005/callback"
	if _, err := other.Exchange(t.Context(), res.location().Query().Get("code"), oauth2.VerifierOption(secret)); err == nil {
		t.Error("a code was redeemed with another port")
	}
}

func TestSecondLoginAsksNothing(t *testing.T) {
	realm := mockidp.StoryRealm()
	realm.Clients[0].IDTokenSID = true
	base := serve(t, realm)
	rp := newRelyingParty(t, base+"/realms/demo", realm.Clients[0], callback, "openid")
	b := overTCP(t)
	_, first := rp.logIn(t, b)
	res := b.get(rp.oauth.AuthCodeURL("s", oauth2.S256ChallengeOption(oauth2.GenerateVerifier())))
	if res.StatusCode != http.StatusSeeOther || res.location().Query().Get("code") == "" {
		t.Fatalf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
	_, second := rp.logIn(t, b)
	var a, c struct {
		Session string `json:"sid"`
	}
	if first.Claims(&a) != nil || second.Claims(&c) != nil || a.Session == "" || a.Session != c.Session {
		t.Errorf("sid %q then %q", a.Session, c.Session)
	}
}

func TestReusedCodeIsRefusedByNameAndRevokesItsToken(t *testing.T) {
	realm := mockidp.StoryRealm()
	base := serve(t, realm)
	rp := newRelyingParty(t, base+"/realms/demo", realm.Clients[0], callback, "openid")
	b := overTCP(t)
	secret := oauth2.GenerateVerifier()
	res := b.submit(b.signIn(b.get(rp.oauth.AuthCodeURL("s", oauth2.S256ChallengeOption(secret))), "jane"), "decision", "approve")
	code := res.location().Query().Get("code")
	token, err := rp.oauth.Exchange(t.Context(), code, oauth2.VerifierOption(secret))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rp.provider.UserInfo(t.Context(), oauth2.StaticTokenSource(token)); err != nil {
		t.Fatalf("before: %v", err)
	}
	_, err = rp.oauth.Exchange(t.Context(), code, oauth2.VerifierOption(secret))
	if err == nil || !strings.Contains(err.Error(), "invalid_grant") {
		t.Fatalf("second use: %v", err)
	}
	if _, err := rp.provider.UserInfo(t.Context(), oauth2.StaticTokenSource(token)); err == nil {
		t.Error("the token still works")
	}
}

func TestRedirectKeepsTheQueryOfTheRegisteredURI(t *testing.T) {
	realm := mockidp.StoryRealm()
	realm.Clients[0].RedirectURIs = []string{"https://travel.example/callback?tenant=1"}
	b := newBrowser(t, newProvider(t, mockidp.Config{Realms: []mockidp.Realm{realm}}))
	res := b.submit(b.signIn(b.authorize("redirect_uri", realm.Clients[0].RedirectURIs[0]), "jane"), "decision", "approve")
	q, err := url.ParseQuery(res.location().RawQuery)
	if err != nil || q.Get("tenant") != "1" || q.Get("code") == "" || strings.Count(res.Header.Get("Location"), "?") != 1 {
		t.Errorf("Location %q", res.Header.Get("Location"))
	}
}
