package mockidp_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/mockidp"
)

// signedWith is the story's realm with every token of the Travel app signed
// with alg, and UserInfo too.
func signedWith(alg string) mockidp.Realm {
	realm := mockidp.StoryRealm()
	c := &realm.Clients[0]
	c.IDTokenSignedResponseAlg, c.AccessTokenSignedResponseAlg, c.UserInfoSignedResponseAlg = alg, alg, alg
	return realm
}

func TestEveryAlgorithmIsVerifiedByAnotherLibrary(t *testing.T) {
	for _, alg := range []string{"RS256", "PS256", "ES256", "EdDSA"} {
		t.Run(alg, func(t *testing.T) {
			realm := signedWith(alg)
			issuer := serve(t, realm) + "/realms/demo"
			rp := newRelyingParty(t, issuer, realm.Clients[0], callback, "openid", "email")
			token, id := rp.logIn(t, overTCP(t)) // which verifies the ID token
			if err := id.VerifyAccessToken(token.AccessToken); err != nil {
				t.Errorf("at_hash: %v", err)
			}
			raw, _ := token.Extra("id_token").(string)
			if kids := kidOf(t, raw) + kidOf(t, token.AccessToken); strings.Count(kids, alg+" ") != 2 {
				t.Errorf("signed with %s", kids)
			}
			info, err := rp.provider.UserInfo(t.Context(), oauth2.StaticTokenSource(token))
			if err != nil || info.Email != "jane@example.com" {
				t.Errorf("UserInfo %+v: %v", info, err)
			}
			access := rp.provider.Verifier(&oidc.Config{ClientID: issuer, SupportedSigningAlgs: []string{alg}})
			if _, err := access.Verify(t.Context(), token.AccessToken); err != nil {
				t.Errorf("access token: %v", err)
			}
		})
	}
}

func TestSignedUserInfoNamesItsIssuerAndReader(t *testing.T) {
	p := newProvider(t, mockidp.Config{Realms: []mockidp.Realm{signedWith("ES256")}})
	w := &world{newBrowser(t, p), newClock(), p}
	access, _ := w.tokens("openid email")
	res := w.userInfo(access)
	claims := claimsOf(t, res.body)
	if res.Header.Get("Content-Type") != "application/jwt" || claims["iss"] != realmURL || claims["aud"] != "mobile-pkce-client" ||
		claims["sub"] != "user-jane" || claims["email"] != "jane@example.com" {
		t.Errorf("%v %v", res.Header, claims)
	}
	if res := w.authorize("id_token_hint", res.body); !strings.Contains(res.location().Query().Get("error_description"), "no exp") {
		t.Errorf("an answer of UserInfo passes for an ID token: %s", res.Header.Get("Location"))
	}
}

// kids lists the keys of the JWK Set, by kid and in their order.
func (w *world) kids() []string {
	w.t.Helper()
	var set struct {
		Keys []struct {
			KeyID     string `json:"kid"`
			Algorithm string `json:"alg"`
		} `json:"keys"`
	}
	if err := json.Unmarshal([]byte(w.get(oidcURL+"/certs").body), &set); err != nil {
		w.t.Fatal(err)
	}
	var kids []string
	for _, k := range set.Keys {
		kids = append(kids, k.Algorithm+" "+k.KeyID)
	}
	return kids
}

func kidOf(t *testing.T, token string) string {
	t.Helper()
	var header struct {
		KeyID     string `json:"kid"`
		Algorithm string `json:"alg"`
	}
	if err := json.Unmarshal(decoded(t, strings.Split(token, ".")[0]), &header); err != nil {
		t.Fatal(err)
	}
	return header.Algorithm + " " + header.KeyID
}

func TestRSAKeysAreOnlyMadeForWhoAsksForThem(t *testing.T) {
	t.Parallel()
	for alg, want := range map[string]int{"RS256": 3, "PS256": 4} {
		p := newProvider(t, mockidp.Config{Keys: &mockidp.KeySet{}, Realms: []mockidp.Realm{signedWith(alg)}})
		w := &world{newBrowser(t, p), newClock(), p}
		if kids := w.kids(); len(kids) != want {
			t.Errorf("%s: %v", alg, kids)
		}
	}
}

func TestRotatedKeysStayAsLongAsWhatTheySigned(t *testing.T) {
	c := newClock()
	p := newProvider(t, mockidp.Config{Keys: &mockidp.KeySet{}, Now: c.Now})
	w := &world{newBrowser(t, p), c, p}
	access, id := w.tokens("openid")
	before := w.kids()
	if err := p.RotateKeys(); err != nil {
		t.Fatal(err)
	}
	fresh, _ := w.tokens("openid")
	after := w.kids()
	if len(after) != 2*len(before) || kidOf(t, fresh) == kidOf(t, access) || kidOf(t, fresh) != after[0] {
		t.Errorf("%v, then %v", before, after)
	}
	for _, token := range []string{access, fresh} {
		if res := w.userInfo(token); res.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %s", kidOf(t, token), res.StatusCode, res.body)
		}
	}
	c.Advance(7 * time.Hour)
	if res := w.authorize("id_token_hint", id); res.StatusCode != http.StatusOK {
		t.Errorf("the ID token is no hint any more: %d %s", res.StatusCode, res.Header.Get("Location"))
	}
	c.Advance(time.Hour)
	if last := w.kids(); len(last) != len(before) || last[0] != after[0] {
		t.Errorf("%v is left of %v", last, after)
	}
	if res := w.authorize("id_token_hint", id); !strings.Contains(res.Header.Get("Location"), "error=invalid_request") {
		t.Errorf("a key that is gone still verifies: %d", res.StatusCode)
	}
}

func TestRotatingOftenDoesNotPileKeysUp(t *testing.T) {
	realm := signedWith("ES256")
	p := newProvider(t, mockidp.Config{Keys: &mockidp.KeySet{}, Realms: []mockidp.Realm{realm}})
	b := newBrowser(t, p)
	for range 50 {
		b.post(tokenURL, redeeming(b.code()).Encode())
		if err := p.RotateKeys(); err != nil {
			t.Fatal(err)
		}
	}
	w := &world{b, newClock(), p}
	if n := len(w.kids()); n > 16+3 {
		t.Errorf("%d keys", n)
	}
}

func TestDemoKeysAreNotRotated(t *testing.T) {
	demo, err := mockidp.DemoKeys()
	if err != nil {
		t.Fatal(err)
	}
	p := newProvider(t, mockidp.Config{Keys: demo})
	if err := p.RotateKeys(); err == nil || !strings.Contains(err.Error(), "demonstration") {
		t.Errorf("%v", err)
	}
	w := &world{newBrowser(t, p), newClock(), p}
	if kids := w.kids(); len(kids) != 1 || !strings.HasPrefix(kids[0], "RS256") {
		t.Errorf("%v", kids)
	}
}

// askAboutOwnToken gets a token for a service and asks about it.
func askAboutOwnToken(t *testing.T, p http.Handler) string {
	t.Helper()
	send := func(address, body string) string {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Authorization", basic("my-service-client", "my-service-secret"))
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		return w.Body.String()
	}
	var got struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(send(tokenURL, asService().Encode())), &got); err != nil {
		t.Error(err)
	}
	return send(introspectURL, "token="+got.AccessToken)
}

func TestTokensAreGoodWhileKeysAreRotated(t *testing.T) {
	realm := mockidp.StoryRealm()
	for i := range realm.Clients {
		realm.Clients[i].AccessTokenSignedResponseAlg = "ES256"
	}
	p := newProvider(t, mockidp.Config{Keys: &mockidp.KeySet{}, Realms: []mockidp.Realm{realm}})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 20 {
				if res := askAboutOwnToken(t, p); !strings.Contains(res, `"active":true`) {
					t.Error(res)
				}
			}
		})
	}
	all.Go(func() {
		for range 3 { // more would push out keys of tokens that are still good
			if err := p.RotateKeys(); err != nil {
				t.Error(err)
			}
		}
	})
	all.Wait()
}

func TestAProviderSignsWithKeysOfOnesOwn(t *testing.T) {
	_, own, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	small, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := mockidp.NewKeySet(own)
	if err != nil {
		t.Fatal(err)
	}
	realm := mockidp.StoryRealm()
	for i := range realm.Clients {
		realm.Clients[i].AccessTokenSignedResponseAlg = "EdDSA"
	}
	demo := mockidp.Start(t, mockidp.Config{Keys: keys, Realms: []mockidp.Realm{realm}}).Realm("demo")
	token, err := demo.AccessToken(mockidp.Token{Client: "spring-client-app", Person: "jane"})
	if err != nil {
		t.Fatal(err)
	}
	signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := signed.Verify(own.Public()); err != nil {
		t.Errorf("the token is not signed with the key that was given: %v", err)
	}
	for name, given := range map[string][]crypto.Signer{
		"none at all": {nil}, "a curve that ES256 is not on": {small}, "two of a kind": {own, own},
	} {
		if _, err := mockidp.NewKeySet(given...); err == nil {
			t.Errorf("a set is made of %s", name)
		}
	}
}
