package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// successor reconfigures the provider of a world, and moves its browser there.
func (w *world) successor(change func(*mockidp.Config)) *mockidp.Provider {
	w.t.Helper()
	next, err := w.p.Reconfigure(reconfigurable(w, change))
	if err != nil {
		w.t.Fatal(err)
	}
	w.client.Transport = handlerTransport{next, &w.checks}
	return next
}

func reconfigurable(w *world, change func(*mockidp.Config)) mockidp.Config {
	cfg := mockidp.Config{BaseURL: "https://idp.example", Now: w.clock.Now, Realms: []mockidp.Realm{rulesRealm()}}
	cfg.Realms[0].Registration = &mockidp.Registration{}
	change(&cfg)
	return cfg
}

func newReconfigurable(t *testing.T) *world {
	t.Helper()
	c := newClock()
	w := &world{clock: c}
	p, err := mockidp.New(reconfigurable(w, func(*mockidp.Config) {}))
	if err != nil {
		t.Fatal(err)
	}
	w.browser, w.p = newBrowser(t, p), p
	return w
}

func nothing(*mockidp.Config) {}

func TestWhatWasGivenOutIsGoodAfterTheConfigIsReadAgain(t *testing.T) {
	w := newReconfigurable(t)
	got := tokensIn(t, w.post(tokenURL, redeeming(w.code("client_id", "app-client"), "client_id", "app-client").Encode()))
	code := w.code("client_id", "app-client")
	w.successor(nothing)
	if res := w.request(http.MethodGet, oidcURL+"/userinfo", "", "Authorization", "Bearer "+got.Access); res.StatusCode != http.StatusOK {
		t.Errorf("the access token: %d %+v", res.StatusCode, res.check)
	}
	if res := w.post(tokenURL, redeeming(code, "client_id", "app-client").Encode()); res.StatusCode != http.StatusOK {
		t.Errorf("the code: %d %+v", res.StatusCode, res.check)
	}
	again := w.post(tokenURL, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got.Refresh}, "client_id": {"app-client"}}.Encode())
	if again.StatusCode != http.StatusOK {
		t.Errorf("the refresh token: %d %+v", again.StatusCode, again.check)
	}
	if res := w.authorize("client_id", "app-client", "prompt", "none", "id_token_hint", got.ID); res.location().Query().Get("code") == "" {
		t.Errorf("the session: %d %+v", res.StatusCode, res.check)
	}
}

func TestAnOpenFormIsAnsweredAfterTheConfigIsReadAgain(t *testing.T) {
	w := newReconfigurable(t)
	page := w.authorize()
	w.successor(nothing)
	consent := w.signIn(page, "jane")
	if !strings.Contains(consent.body, `name="decision"`) {
		t.Fatalf("the sign-in page that was open: %d %+v", consent.StatusCode, consent.check)
	}
	w.p = w.successor(nothing)
	if res := w.submit(consent, "decision", "approve"); res.location().Query().Get("code") == "" {
		t.Errorf("the consent page that was open: %d %+v", res.StatusCode, res.check)
	}
}

func TestARegisteredClientAndOrderedTroubleOutliveTheConfig(t *testing.T) {
	w := newReconfigurable(t)
	res := w.request(http.MethodPost, realmURL+"/clients-registrations/openid-connect", `{"redirect_uris":["https://new.example/cb"]}`,
		"Content-Type", "application/json")
	var client struct {
		ID string `json:"client_id"`
	}
	if err := json.Unmarshal([]byte(res.body), &client); err != nil || client.ID == "" {
		t.Fatalf("%d %s", res.StatusCode, res.body)
	}
	if _, err := w.p.Trouble("demo", mockidp.Fault{Kind: mockidp.FaultUnavailable, Endpoint: "certs", Times: 9}); err != nil {
		t.Fatal(err)
	}
	next := w.successor(nothing)
	if _, err := next.Realm("demo").Client(client.ID); err != nil {
		t.Error(err)
	}
	if len(next.Troubles("demo")) != 1 {
		t.Errorf("the trouble is %v", next.Troubles("demo"))
	}
	closed := w.successor(func(c *mockidp.Config) { c.Realms[0].Registration = nil })
	if _, err := closed.Realm("demo").Client(client.ID); err == nil {
		t.Error("a client that registered itself is there though nobody may register")
	}
}

func TestTokensThatAreGivenOutNowSayWhatTheConfigSaysNow(t *testing.T) {
	w := newReconfigurable(t)
	got := tokensIn(t, w.post(tokenURL, redeeming(w.code("client_id", "app-client"), "client_id", "app-client").Encode()))
	w.successor(func(c *mockidp.Config) {
		for i := range c.Realms[0].People {
			c.Realms[0].People[i].Roles = []string{"promoted"}
		}
		c.Realms[0] = c.Realms[0].WithClient("app-client", func(c *mockidp.Client) { c.IDTokenSignedResponseAlg = "EdDSA" })
	})
	again := tokensIn(t, w.post(tokenURL,
		url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got.Refresh}, "client_id": {"app-client"}}.Encode()))
	if roles := jsonOf(t, claimsOf(t, again.Access)["roles"]); roles != `["promoted"]` {
		t.Errorf("the roles are %s", roles)
	}
	if header := string(decoded(t, strings.Split(again.ID, ".")[0])); !strings.Contains(header, "EdDSA") {
		t.Errorf("the ID token has %s", header)
	}
}

func TestWhoeverIsGoneFromTheConfigIsSignedOut(t *testing.T) {
	w := newReconfigurable(t)
	got := tokensIn(t, w.post(tokenURL, redeeming(w.code("client_id", "app-client"), "client_id", "app-client").Encode()))
	w.successor(func(c *mockidp.Config) {
		people := c.Realms[0].People[:0]
		for _, p := range c.Realms[0].People {
			if p.Username != "jane" {
				people = append(people, p)
			}
		}
		c.Realms[0].People = people
	})
	refused(t, "the refresh token of somebody who is gone", w.post(tokenURL, url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {got.Refresh}, "client_id": {"app-client"},
	}.Encode()), "refresh-token-not-revoked")
	refused(t, "the access token of somebody who is gone",
		w.request(http.MethodGet, oidcURL+"/userinfo", "", "Authorization", "Bearer "+got.Access), "token-not-revoked")
	refused(t, "the session of somebody who is gone", w.authorize("prompt", "none"), "silent-sign-in")
}

func TestAClientThatIsGoneFromTheConfigHasNothingLeft(t *testing.T) {
	t.Parallel()
	w := newReconfigurable(t)
	got := tokensIn(t, w.post(tokenURL, redeeming(w.code("client_id", "app-client"), "client_id", "app-client").Encode()))
	w.successor(func(c *mockidp.Config) {
		clients := c.Realms[0].Clients[:0]
		for _, client := range c.Realms[0].Clients {
			if client.ClientID != "app-client" {
				clients = append(clients, client)
			}
		}
		c.Realms[0].Clients = clients
	})
	if res := w.request(http.MethodGet, oidcURL+"/userinfo", "", "Authorization", "Bearer "+got.Access); res.StatusCode == http.StatusOK {
		t.Error("its access token is good")
	}
	w.successor(nothing)
	refused(t, "its refresh token, when it is back", w.post(tokenURL, url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {got.Refresh}, "client_id": {"app-client"},
	}.Encode()), "")
}

func TestKeysThatTheConfigChangesGoOnVerifying(t *testing.T) {
	t.Parallel()
	w := newReconfigurable(t)
	got := tokensIn(t, w.post(tokenURL, redeeming(w.code()).Encode()))
	w.successor(func(c *mockidp.Config) { c.SigningSeed = "correct horse battery staple" })
	if res := w.request(http.MethodGet, oidcURL+"/userinfo", "", "Authorization", "Bearer "+got.Access); res.StatusCode != http.StatusOK {
		t.Errorf("the old token: %d %+v", res.StatusCode, res.check)
	}
	next := tokensIn(t, w.post(tokenURL, redeeming(w.code()).Encode()))
	if strings.Split(next.Access, ".")[0] == strings.Split(got.Access, ".")[0] {
		t.Error("the new token names the old key")
	}
}

func TestAConfigThatIsRefusedChangesNothing(t *testing.T) {
	w := newReconfigurable(t)
	access, _ := w.tokens("openid")
	for want, change := range map[string]func(*mockidp.Config){
		"base_url":     func(c *mockidp.Config) { c.BaseURL = "https://other.example" },
		"listed twice": func(c *mockidp.Config) { c.Realms[0].People = append(c.Realms[0].People, c.Realms[0].People[0]) },
	} {
		if _, err := w.p.Reconfigure(reconfigurable(w, change)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if res := w.request(http.MethodGet, oidcURL+"/userinfo", "", "Authorization", "Bearer "+access); res.StatusCode != http.StatusOK {
		t.Errorf("%d %+v", res.StatusCode, res.check)
	}
	if w.p.Close() != nil {
		t.Error("it cannot be closed")
	}
}

func TestAWatcherWatchesTheProviderThatTakesThePlace(t *testing.T) {
	w := newReconfigurable(t)
	watch := w.p.Watch(8)
	next := w.successor(nothing)
	w.get(next.Realm("demo").JWKSURL())
	if e := <-watch.Exchanges(); e.Endpoint != "certs" {
		t.Errorf("it is told of %s", e.Endpoint)
	}
	if err := next.Close(); err != nil {
		t.Fatal(err)
	}
	if _, more := <-watch.Exchanges(); more {
		t.Error("it goes on after the end")
	}
}
