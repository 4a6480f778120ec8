package onstage_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
)

func realm() mockidp.Realm {
	r := mockidp.StoryRealm()
	r.Clients = append(r.Clients, mockidp.Client{ClientID: "grantwalk-api", ClientSecret: "taken", GrantTypes: []string{}})
	return r
}

func TestEachRealmGetsAClientToAskWithUnlessKeysDecide(t *testing.T) {
	cfg := mockidp.Config{BaseURL: "http://localhost:8180", Realms: []mockidp.Realm{realm(), {Name: "empty"}}}
	for way, more := range map[string]int{"jwt": 0, "introspection": 1, "either": 1} {
		needs, _ := onstage.APIs(way, cfg)
		for i := range needs.Realms {
			if got := len(needs.Realms[i].Clients) - len(cfg.Realms[i].Clients); got != more {
				t.Errorf("--api=%s: realm %s has %d more clients, want %d", way, needs.Realms[i].Name, got, more)
			}
		}
	}
	needs, _ := onstage.APIs("either", cfg)
	c := needs.Realms[0].Clients[len(needs.Realms[0].Clients)-1]
	for _, audience := range []string{"https://mailbox.example", "http://[::1]:8180/auth/realms/demo", "http://127.0.0.1:8180/realms/demo"} {
		if c.ClientID != "grantwalk-api_" || c.ClientSecret == "" || !slices.Contains(c.Audiences, audience) {
			t.Errorf("the client is %q and may not ask about tokens for %s: %q", c.ClientID, audience, c.Audiences)
		}
	}
}

// Whoever watches the provider sees the calls as well, and whose token it was only where that is genuine.
func TestWhoWatchesTheProviderIsToldOfCalls(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	needs, around := onstage.APIs("either", mockidp.Config{
		BaseURL: "https://idp.test/base", Realms: []mockidp.Realm{mockidp.StoryRealm()}, Now: func() time.Time { return now },
	})
	provider, err := mockidp.New(needs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = provider.Close() })
	watch := provider.Watch(16)
	handler := around(provider)
	good, err := provider.Realm("demo").AccessToken(mockidp.Token{Client: "my-spring-client", Person: "jane", Scope: "openid mail.read"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		path, token  string
		later        time.Duration
		status       int
		client, rule string
	}{
		{"/base/messages", good, 0, 200, "my-spring-client", ""},
		{"/api/user/profile", good, 0, 200, "my-spring-client", ""},
		{"/messages", good, time.Hour, 401, "my-spring-client", "token-exp"},
		{"/messages", good + "x", 0, 401, "", "token-signature"},
		{"/messages", "", 0, 401, "", "bearer-present"},
	} {
		now = now.Add(tt.later)
		req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "https://idp.test"+tt.path, http.NoBody)
		if tt.token != "" {
			req.Header.Set("Authorization", "Bearer "+tt.token)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, req)
		e := <-watch.Exchanges()
		for e.Endpoint != onstage.EndpointAPI { // the API reads keys
			e = <-watch.Exchanges()
		}
		rule := ""
		if e.Check != nil {
			rule = e.Check.ID
		}
		if w.Code != tt.status || e.Status != tt.status || e.Path != tt.path || e.Client != tt.client || rule != tt.rule {
			t.Errorf("%s: answered %d, told %+v, want %+v", tt.path, w.Code, e, tt)
		}
		now = now.Add(-tt.later)
	}
}
