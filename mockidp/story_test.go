//go:build !race

package mockidp_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/grantwalk/grantwalk/mockidp"
)

func TestCodeIsGrantedAndRedeemedAndUsed(t *testing.T) {
	b := newBrowser(t, newProvider(t, mockidp.Config{Now: newClock().Now}))
	page := b.authorize()
	if page.StatusCode != http.StatusOK {
		t.Fatalf("sign-in page: %d\n%s", page.StatusCode, page.body)
	}
	consent := b.signIn(page, "jane")
	if consent.StatusCode != http.StatusOK {
		t.Fatalf("consent page: %d\n%s", consent.StatusCode, consent.body)
	}
	done := b.submit(consent, "decision", "approve")
	if done.StatusCode != http.StatusSeeOther {
		t.Fatalf("redirect: %d\n%s", done.StatusCode, done.body)
	}
	t.Log(done.Header.Get("Location"))
	tokens := b.post(tokenURL, redeeming(done.location().Query().Get("code")).Encode())
	if tokens.StatusCode != http.StatusOK {
		t.Fatalf("tokens: %d\n%s", tokens.StatusCode, tokens.body)
	}
	var got struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(tokens.body), &got); err != nil {
		t.Fatal(err)
	}
	info := b.post(oidcURL+"/userinfo", "", "Authorization", "Bearer "+got.AccessToken)
	if info.StatusCode != http.StatusOK {
		t.Fatalf("userinfo: %d %s", info.StatusCode, info.body)
	}
	t.Log(tokens.body, info.body)
}

// What the lessons have people type into clients of their own, letter by letter
// but for the host.
func TestEverySettingOfTheLessonsWorksOnTheServer(t *testing.T) {
	p := mockidp.Start(t, mockidp.Config{Realms: mockidp.StoryRealms(), Keys: keys(t)})
	demo := p.Issuer("demo")
	old := strings.Replace(demo, "/realms/", "/auth/realms/", 1)
	for name, c := range map[string]setting{
		"Spring by the header": {
			old, "spring-client-app", "xyz-secret-value", "https://myapp.com/login/oauth2/code/oidc", "openid email",
			false, false,
		},
		"Spring in the body": {
			old, "spring-client-app", "xyz-secret-value", "https://myapp.com/login/oauth2/code/oidc",
			"openid profile email", false, true,
		},
		"Postman with a secret": {
			old, "spring-client-app", "xyz", "https://oauth.pstmn.io/v1/callback", "openid profile email", false,
			false,
		},
		"Postman, body": {
			old, "spring-client-app", "xyz", "https://oauth.pstmn.io/v1/callback", "openid profile email", false,
			true,
		},
		"Spring's own port": {
			demo, "spring-client-app", "spring-client-secret",
			"http://localhost:8080/login/oauth2/code/spring-client-app", "openid", false, false,
		},
		"Spring without a scope": {
			old, "my-spring-client", "super-secret", "http://localhost:8080/login/oauth2/code/keycloak", "", false,
			false,
		},
		"the same by its number": {
			old, "my-spring-client", "super-secret", "http://127.0.0.1:8080/login/oauth2/code/keycloak", "", false,
			true,
		},
		"a phone's scheme":           {old, "mobile-pkce-client", "", "com.myapp://callback", "openid profile email", true, true},
		"a page on the phone's name": {old, "mobile-pkce-client", "", "http://localhost:4200/callback", "openid profile email", true, true},
		"Angular":                    {old, "angular-client", "", "http://localhost:4200/callback", "openid profile email", true, true},
		"React":                      {old, "react-client", "", "http://localhost:3000/callback", "openid profile email", true, true},
	} {
		if err := loginWith(t, p, c); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, style := range map[string]oauth2.AuthStyle{"by the header": oauth2.AuthStyleInHeader, "in the body": oauth2.AuthStyleInParams} {
		service := clientcredentials.Config{
			ClientID: "my-service-client", ClientSecret: "abc123xyz", TokenURL: p.Issuer("myrealm") + "/protocol/openid-connect/token",
			Scopes: []string{"read:invoices", "write:invoices"}, AuthStyle: style,
		}
		if token, err := service.Token(t.Context()); err != nil || token.Extra("scope") != "read:invoices write:invoices" {
			t.Errorf("the service %s: %v, %v", name, token, err)
		}
	}
}

// setting is what a lesson has somebody type.
type setting struct {
	issuer, client, secret, redirect, scope string
	pkce, inBody                            bool
}

// loginWith logs jane in with a client that is set up so.
func loginWith(t *testing.T, p *mockidp.Provider, c setting) error {
	t.Helper()
	client := oauth2.Config{ClientID: c.client, ClientSecret: c.secret, RedirectURL: c.redirect, Endpoint: oauth2.Endpoint{
		AuthURL: c.issuer + "/protocol/openid-connect/auth", TokenURL: c.issuer + "/protocol/openid-connect/token", AuthStyle: oauth2.AuthStyleInHeader,
	}}
	if c.inBody {
		client.Endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	if c.scope != "" {
		client.Scopes = strings.Fields(c.scope)
	}
	var ask, redeem []oauth2.AuthCodeOption
	if c.pkce {
		verifier := oauth2.GenerateVerifier()
		ask, redeem = append(ask, oauth2.S256ChallengeOption(verifier)), append(redeem, oauth2.VerifierOption(verifier))
	}
	to, err := p.SignInAs(t.Context(), client.AuthCodeURL("random123", ask...), "jane")
	if err != nil {
		return err
	}
	token, err := client.Exchange(t.Context(), to.Query().Get("code"), redeem...)
	if err == nil && token.Extra("id_token") == nil {
		err = errors.New("there is no ID token")
	}
	return err
}
