package mockidp_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/grantwalk/grantwalk/mockidp"
)

// Addresses and clients by the name of their realm; a name that nobody has is an error.
func ExampleProvider_Realm() {
	provider, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = provider.Close() }()

	demo := provider.Realm("demo")
	fmt.Println(demo.TokenURL())
	client, err := demo.Client("mobile-pkce-client")
	fmt.Println(client.ClientSecret == "", err)
	fmt.Printf("%q %v\n", provider.Realm("dmeo").TokenURL(), provider.Realm("dmeo").Err())
	// Output:
	// https://idp.example/realms/demo/protocol/openid-connect/token
	// true <nil>
	// "" there is no realm "dmeo"; the realms of this provider are demo
}

// People who do not do what an app hopes for: one refuses, one leaves a scope
// out, one mistypes the password.
func ExampleProvider_SignInAs() {
	t := &example{}
	defer t.close()
	ctx := context.Background()

	provider := mockidp.Start(t, mockidp.Config{})
	demo := provider.Realm("demo")
	client := oauth2.Config{
		ClientID: "mobile-pkce-client", RedirectURL: "http://127.0.0.1:7777/callback", Scopes: []string{"openid", "profile"},
		Endpoint: oauth2.Endpoint{AuthURL: demo.AuthURL(), TokenURL: demo.TokenURL(), AuthStyle: oauth2.AuthStyleInParams},
	}
	verifier := oauth2.GenerateVerifier()
	address := client.AuthCodeURL("some-state", oauth2.S256ChallengeOption(verifier))

	refused, err := provider.SignInAs(ctx, address, "jane", mockidp.RefuseConsent())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(refused.Query().Get("error"))

	callback, err := provider.SignInAs(ctx, address, "jane", mockidp.LeaveOut("profile"))
	if err != nil {
		fmt.Println(err)
		return
	}
	token, err := client.Exchange(ctx, callback.Query().Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(token.Extra("scope"))

	_, err = provider.SignInAs(ctx, address, "jane", mockidp.TypePassword("jnae"))
	fmt.Println(err != nil)
	// Output:
	// access_denied
	// openid
	// true
}

// What does a client do when the token endpoint is down? Trouble that was
// ordered strikes as often as it says, and no more.
func ExampleProvider_Trouble() {
	t := &example{}
	defer t.close()

	provider := mockidp.Start(t, mockidp.Config{})
	service := clientcredentials.Config{
		ClientID: "my-service-client", ClientSecret: "my-service-secret",
		TokenURL: provider.Realm("demo").TokenURL(), AuthStyle: oauth2.AuthStyleInHeader,
	}
	if _, err := provider.Trouble("demo", mockidp.Fault{
		Kind: mockidp.FaultUnavailable, Endpoint: "token", Client: "my-service-client", Times: 1,
	}); err != nil {
		fmt.Println(err)
		return
	}
	for range 2 {
		_, err := service.Token(context.Background())
		if down := (*oauth2.RetrieveError)(nil); errors.As(err, &down) {
			fmt.Println(down.Response.StatusCode)
			continue
		}
		fmt.Println("a token:", err == nil)
	}
	// Output:
	// 503
	// a token: true
}

// Every exchange is told with the rules that ran in it, and which of them was broken.
func ExampleProvider_Watch() {
	t := &example{}
	defer t.close()

	provider := mockidp.Start(t, mockidp.Config{})
	watch := provider.Watch(10)
	defer watch.Stop()
	service := clientcredentials.Config{
		ClientID: "my-service-client", ClientSecret: "mistyped",
		TokenURL: provider.Realm("demo").TokenURL(), AuthStyle: oauth2.AuthStyleInHeader,
	}
	_, _ = service.Token(context.Background())
	e := <-watch.Exchanges()
	fmt.Println(e.Endpoint, e.Client, e.Status, e.Error)
	fmt.Println(e.Check.Rule, "|", e.Check.Spec)
	// Output:
	// token my-service-client 401 invalid_client
	// client_secret is the client's | RFC 6749 §2.3.1
}

// Keys of the test's own, so that another program can know them beforehand.
func ExampleNewKeySet() {
	t := &example{}
	defer t.close()

	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		fmt.Println(err)
		return
	}
	keys, err := mockidp.NewKeySet(key)
	if err != nil {
		fmt.Println(err)
		return
	}
	realm := mockidp.StoryRealm()
	realm.SigningAlgorithms, realm.SigningAlg = []string{"ES256"}, "ES256"
	provider := mockidp.Start(t, mockidp.Config{Realms: []mockidp.Realm{realm}, Keys: keys})

	res, err := http.Get(provider.Realm("demo").JWKSURL()) //nolint:noctx // an example
	if err != nil {
		fmt.Println(err)
		return
	}
	defer http.DefaultClient.CloseIdleConnections()
	var set struct {
		Keys []struct{ Alg string }
	}
	var body bytes.Buffer
	_, err = body.ReadFrom(res.Body)
	_ = res.Body.Close()
	fmt.Println(json.Unmarshal(body.Bytes(), &set), err, len(set.Keys), set.Keys[0].Alg)
	// Output: <nil> <nil> 1 ES256
}
