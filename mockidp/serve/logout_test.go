package serve

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/oauth2"
)

func TestAClientThatCannotBeToldOfALogoutIsALineOfTheLog(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0", "--config", printedConfig(t, `
[[realm.client]]
client_id = "shop"
client_secret = "shop-secret"
redirect_uris = ["http://localhost:5173/callback"]
backchannel_logout_uri = "http://127.0.0.1:1/logout"
`))
	endpoint := s.issuer + "/protocol/openid-connect/"
	client := oauth2.Config{
		ClientID: "shop", ClientSecret: "shop-secret", RedirectURL: "http://localhost:5173/callback", Scopes: []string{"openid"},
		Endpoint: oauth2.Endpoint{AuthURL: endpoint + "auth", TokenURL: endpoint + "token", AuthStyle: oauth2.AuthStyleInHeader},
	}
	browser := newBrowser(t)
	defer browser.close()
	verifier := oauth2.GenerateVerifier()
	browser.open(client.AuthCodeURL("s", oauth2.S256ChallengeOption(verifier)))
	browser.submit(url.Values{"username": {"jane"}, "password": {"jane"}, "action": {"sign-in"}})
	browser.submit(url.Values{"decision": {"approve"}})
	back, err := url.Parse(browser.location)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.WithValue(t.Context(), oauth2.HTTPClient, browser.client)
	if _, err := client.Exchange(ctx, back.Query().Get("code"), oauth2.VerifierOption(verifier)); err != nil {
		t.Fatal(err)
	}
	browser.open(endpoint + "logout")
	browser.submit(url.Values{"decision": {"approve"}})
	_, log := s.stop()
	if !strings.Contains(log, "client shop could not be told that a person signed out: ") {
		t.Error(log)
	}
}
