package mockidp_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/grantwalk/grantwalk/mockidp"
)

// The examples pretend to be inside of a test.
type example struct{ end []func() }

func (e *example) Helper()           {}
func (e *example) Cleanup(f func())  { e.end = append(e.end, f) }
func (e *example) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

func (e *example) close() {
	for _, f := range e.end {
		f()
	}
}

var _ mockidp.TB = (*testing.T)(nil)

// Start a provider in a test, and log in with golang.org/x/oauth2. In a test of
// your own, t is the *testing.T.
func ExampleStart() {
	t := &example{}
	defer t.close()
	ctx := context.Background()

	provider := mockidp.Start(t, mockidp.Config{})
	demo := provider.Realm("demo")

	client := oauth2.Config{
		ClientID:    "mobile-pkce-client",
		RedirectURL: "http://127.0.0.1:7777/callback",
		Scopes:      []string{"openid", "profile"},
		Endpoint:    oauth2.Endpoint{AuthURL: demo.AuthURL(), TokenURL: demo.TokenURL(), AuthStyle: oauth2.AuthStyleInParams},
	}
	verifier := oauth2.GenerateVerifier()
	callback, err := provider.SignInAs(ctx, client.AuthCodeURL("some-state", oauth2.S256ChallengeOption(verifier)), "jane")
	if err != nil {
		fmt.Println(err)
		return
	}
	token, err := client.Exchange(ctx, callback.Query().Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(callback.Query().Get("state"), token.TokenType, token.Extra("id_token") != nil)
	// Output: some-state Bearer true
}

// A client and a person of your own. What is not said is the strict thing: the
// client is public, so it must use PKCE, and may not refresh.
func ExampleClient() {
	t := &example{}
	defer t.close()
	ctx := context.Background()

	provider := mockidp.Start(t, mockidp.Config{Realms: []mockidp.Realm{{
		Name:    "shop",
		Clients: []mockidp.Client{{ClientID: "web", RedirectURIs: []string{"http://localhost:5173/callback"}}},
		People: []mockidp.Person{{
			Username: "ann", Password: "ann",
			Claims: []mockidp.Claim{{Name: "name", Value: "Ann Lee"}},
		}},
	}}})
	shop := provider.Realm("shop")

	client := oauth2.Config{
		ClientID: "web", RedirectURL: "http://localhost:5173/callback", Scopes: []string{"openid"},
		Endpoint: oauth2.Endpoint{AuthURL: shop.AuthURL(), TokenURL: shop.TokenURL(), AuthStyle: oauth2.AuthStyleInParams},
	}
	callback, err := provider.SignInAs(ctx, client.AuthCodeURL("s"), "ann") // without PKCE
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(callback.Query().Get("error"))
	fmt.Println(callback.Query().Get("error_description"))
	// Output:
	// invalid_request
	// code_challenge is missing; this provider demands PKCE (RFC 7636) of every client; pkce_optional = true spares those with a secret
}

// A service that acts for itself.
func ExampleStart_clientCredentials() {
	t := &example{}
	defer t.close()

	provider := mockidp.Start(t, mockidp.Config{})
	service := clientcredentials.Config{
		ClientID: "my-service-client", ClientSecret: "my-service-secret",
		TokenURL: provider.Realm("demo").TokenURL(),
		Scopes:   []string{"read:invoices"},
	}
	token, err := service.Token(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(token.TokenType, token.Extra("scope"), token.RefreshToken == "")
	// Output: Bearer read:invoices true
}

// Each protection is turned off by a field with a name; Notices says which are.
func ExampleRelaxed() {
	t := &example{}
	defer t.close()

	provider := mockidp.Start(t, mockidp.Config{Relaxed: mockidp.Relaxed{PlainPKCE: true}})
	fmt.Println(provider.Notices()[0]) // of the provider as a whole; those of its clients follow
	address := provider.Realm("demo").AuthURL() + "?response_type=code&client_id=react-client" +
		"&scope=openid&redirect_uri=http://localhost:3000/callback&code_challenge_method=plain&code_challenge=" + oauth2.GenerateVerifier()
	callback, err := provider.SignInAs(context.Background(), address, "jane")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("a code:", callback.Query().Has("code"))
	// Output:
	// This provider is relaxed to accept code_challenge_method=plain.
	// a code: true
}

// Several issuers, which know nothing of each other.
func ExampleProvider_Issuer() {
	t := &example{}
	defer t.close()

	shop, bank := mockidp.StoryRealm(), mockidp.StoryRealm()
	shop.Name, bank.Name = "shop", "bank"
	provider := mockidp.Start(t, mockidp.Config{Realms: []mockidp.Realm{shop, bank}})
	for _, realm := range []string{"shop", "bank"} {
		res, err := http.Get(provider.Realm(realm).DiscoveryURL()) //nolint:noctx // an example
		if err != nil {
			fmt.Println(err)
			return
		}
		_ = res.Body.Close()
		fmt.Println(realm, res.StatusCode)
	}
	http.DefaultClient.CloseIdleConnections()
	// Output:
	// shop 200
	// bank 200
}

// The test of an API needs tokens and no login: a good one, one that expired,
// one that somebody forged, one that is for somebody else.
func ExampleServedRealm_AccessToken() {
	t := &example{}
	defer t.close()

	demo := mockidp.Start(t, mockidp.Config{}).Realm("demo")
	for _, want := range []mockidp.Token{
		{Client: "spring-client-app", Person: "jane"},
		{Client: "spring-client-app", Person: "jane", Expired: true},
		{Client: "spring-client-app", Person: "jane", Foreign: true},
		{Client: "spring-client-app", Person: "jane", Claims: []mockidp.Claim{{Name: "aud", Value: "another-api"}}},
	} {
		token, err := demo.AccessToken(want)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(strings.Count(token, "."), "dots") // … and what your API answers to it
	}
	// Output:
	// 2 dots
	// 2 dots
	// 2 dots
	// 2 dots
}

// Time passes when the test says so.
func ExampleNewClock() {
	t := &example{}
	defer t.close()

	clock := mockidp.NewClock(time.Date(2026, time.March, 1, 9, 0, 0, 0, time.UTC))
	provider := mockidp.Start(t, mockidp.Config{Now: clock.Now})
	clock.Advance(10 * time.Minute)
	fmt.Println(clock.Now().Format(time.TimeOnly), provider.Realm("demo").Err())
	// Output: 09:10:00 <nil>
}
