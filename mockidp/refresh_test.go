package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/mockidp"
)

// tokenSet is what the token endpoint gives out.
type tokenSet struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	ID      string `json:"id_token"`
	Scope   string `json:"scope"`
}

func tokensIn(tb testing.TB, res reply) tokenSet {
	tb.Helper()
	var got tokenSet
	if err := json.Unmarshal([]byte(res.body), &got); err != nil || res.StatusCode != http.StatusOK {
		tb.Fatalf("no tokens: %d %s", res.StatusCode, res.body)
	}
	return got
}

// app walks jane through a login at a client that may refresh.
func (w *world) app(scope string) tokenSet {
	w.t.Helper()
	code := w.code("client_id", "app-client", "scope", scope)
	return tokensIn(w.t, w.post(tokenURL, redeeming(code, "client_id", "app-client").Encode()))
}

func (w *world) refresh(token string, change ...string) reply {
	w.t.Helper()
	return w.post(tokenURL, changed(url.Values{
		"grant_type": {"refresh_token"}, "client_id": {"app-client"}, "refresh_token": {token},
	}, change...).Encode())
}

func refreshCases() []ruleCase {
	c := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"token refresh_token", rule, sentence, jsonError, 400, send}
	}
	return []ruleCase{
		c("refresh-token-present", "none", func(w *world) reply { return w.refresh("") }),
		c("refresh-token-known", "a made-up one", func(w *world) reply { return w.refresh("made.up") }),
		c("refresh-token-known", "an access token", func(w *world) reply { return w.refresh(w.app("openid").Access) }),
		c("refresh-token-issued-to-client", "the app next door brings it", func(w *world) reply {
			return w.refresh(w.app("openid").Refresh, "client_id", "app-next-door")
		}),
		c("refresh-token-unused", "the same one twice", func(w *world) reply {
			first := w.app("openid")
			w.refresh(first.Refresh)
			return w.refresh(first.Refresh)
		}),
		c("refresh-token-unused", "its second half is guessed", func(w *world) reply { return w.refresh(w.app("openid").Refresh + "x") }),
		c("refresh-token-not-revoked", "an old one was used in between", func(w *world) reply {
			first := w.app("openid")
			second := tokensIn(w.t, w.refresh(first.Refresh))
			w.refresh(first.Refresh)
			return w.refresh(second.Refresh)
		}),
		c("refresh-token-not-revoked", "its code was used twice", func(w *world) reply {
			body := redeeming(w.code("client_id", "app-client"), "client_id", "app-client").Encode()
			first := tokensIn(w.t, w.post(tokenURL, body))
			w.post(tokenURL, body)
			return w.refresh(first.Refresh)
		}),
		c("refresh-token-not-idle", "61 minutes unused", func(w *world) reply {
			first := w.app("openid")
			w.clock.Advance(61 * time.Minute)
			return w.refresh(first.Refresh)
		}),
		c("refresh-token-not-idle", "eight days unused, offline", func(w *world) reply {
			first := w.app("openid offline_access")
			w.clock.Advance(8 * 24 * time.Hour)
			return w.refresh(first.Refresh)
		}),
		c("refresh-token-fresh", "renewed every hour for more than eight", func(w *world) reply {
			return w.renewing(w.app("openid").Refresh, time.Hour, 9)
		}),
		c("refresh-token-fresh", "renewed every week for more than 30 days, offline", func(w *world) reply {
			return w.renewing(w.app("openid offline_access").Refresh, 7*24*time.Hour, 5)
		}),
		c("scope-syntax", "a quotation mark", func(w *world) reply { return w.refresh(w.app("openid").Refresh, "scope", `"`) }),
		c("scope-not-wider", "one scope more", func(w *world) reply {
			return w.refresh(w.app("openid").Refresh, "scope", "openid mail.read")
		}),
	}
}

// renewing uses a refresh token n times and returns the last answer; all
// others must be good.
func (w *world) renewing(token string, pause time.Duration, n int) reply {
	w.t.Helper()
	for range n - 1 {
		w.clock.Advance(pause)
		token = tokensIn(w.t, w.refresh(token)).Refresh
	}
	w.clock.Advance(pause)
	return w.refresh(token)
}

func TestRefreshGivesNewTokensOfTheSameAuthorization(t *testing.T) {
	w := newWorld(t)
	first := w.app("openid mail.read")
	w.clock.Advance(10 * time.Minute)
	second := tokensIn(t, w.refresh(first.Refresh))
	if second.Access == first.Access || second.Refresh == first.Refresh || second.Scope != "openid mail.read" {
		t.Errorf("%+v after %+v", second, first)
	}
	before, after := claimsOf(t, first.ID), claimsOf(t, second.ID)
	for _, name := range []string{"iss", "sub", "aud", "auth_time", "sid"} {
		if before[name] != after[name] || after[name] == nil {
			t.Errorf("%s was %v and is %v", name, before[name], after[name])
		}
	}
	if before["iat"] == after["iat"] || before["nonce"] == nil || after["nonce"] != nil {
		t.Errorf("ID token %v after %v", after, before)
	}
	if res := w.userInfo(second.Access); res.StatusCode != http.StatusOK {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestNarrowedRefreshDoesNotNarrowTheNextOne(t *testing.T) {
	w := newWorld(t)
	narrow := tokensIn(t, w.refresh(w.app("openid mail.read").Refresh, "scope", "mail.read"))
	if narrow.Scope != "mail.read" || narrow.ID != "" || claimsOf(t, narrow.Access)["aud"] != "https://mailbox.example" {
		t.Errorf("%+v", narrow)
	}
	if wide := tokensIn(t, w.refresh(narrow.Refresh)); wide.Scope != "openid mail.read" || wide.ID == "" {
		t.Errorf("%+v", wide)
	}
}

func TestReusedRefreshTokenEndsTheWholeFamily(t *testing.T) {
	w := newWorld(t)
	first := w.app("openid")
	second := tokensIn(t, w.refresh(first.Refresh))
	third := tokensIn(t, w.refresh(second.Refresh))
	if res := w.refresh(first.Refresh, "client_id", "app-next-door"); res.StatusCode != http.StatusBadRequest {
		t.Fatalf("%d", res.StatusCode)
	}
	for _, set := range []tokenSet{first, second, third} {
		if res := w.userInfo(set.Access); res.check == nil || res.check.ID != "token-not-revoked" {
			t.Errorf("an access token still works: %d", res.StatusCode)
		}
		if res := w.refresh(set.Refresh); res.StatusCode == http.StatusOK {
			t.Error("a refresh token still works")
		}
	}
}

func TestRefreshTokenDoesNotOutliveTheSessionItCameFrom(t *testing.T) {
	w := newWorld(t)
	w.app("openid")
	w.clock.Advance(7*time.Hour + 30*time.Minute)
	online, offline := w.app("openid"), w.app("openid offline_access")
	w.clock.Advance(31 * time.Minute)
	if res := w.refresh(online.Refresh); res.check == nil || res.check.ID != "refresh-token-fresh" {
		t.Errorf("%d %+v", res.StatusCode, res.check)
	}
	if res := w.refresh(offline.Refresh); res.StatusCode != http.StatusOK {
		t.Error(res.body)
	}
}

func TestRefusedRefreshDoesNotUseTheTokenUp(t *testing.T) {
	w := newWorld(t)
	token := w.app("openid").Refresh
	w.refresh(token, "scope", "mail.read")
	w.refresh(token, "client_id", "app-next-door")
	if res := w.refresh(token); res.StatusCode != http.StatusOK {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestRefreshTokenIsOnlyForClientsThatAreRegisteredForIt(t *testing.T) {
	w := newWorld(t)
	if got := tokensIn(t, w.token()); got.Refresh != "" {
		t.Error("mobile-pkce-client got a refresh token")
	}
	for _, client := range []string{"one-uri-client", "mobile-pkce-client"} {
		redirect := map[string]string{"one-uri-client": "https://one.example/cb", "mobile-pkce-client": callback}[client]
		res := w.authorize("client_id", client, "redirect_uri", redirect, "scope", "openid offline_access")
		if res.check == nil || res.check.ID != "scope-allowed" {
			t.Errorf("%s: %+v", client, res.check)
		}
	}
}

func TestOfflineAccessIsAskedForEachTime(t *testing.T) {
	w := newWorld(t)
	w.app("openid offline_access")
	change := []string{"client_id", "app-client", "scope", "openid offline_access"}
	if res := w.authorize(change...); res.StatusCode != http.StatusOK || !strings.Contains(res.body, `name="decision"`) {
		t.Errorf("not asked again: %d", res.StatusCode)
	}
	// OpenID Connect Core section 11: where nobody can be asked, the wish is ignored and the rest is answered.
	silent := w.authorize(append(change, "prompt", "none")...)
	code := silent.location().Query().Get("code")
	if code == "" {
		t.Fatalf("a silent renewal is refused: %s", silent.Header.Get("Location"))
	}
	if got := tokensIn(t, w.post(tokenURL, redeeming(code, "client_id", "app-client").Encode())).Scope; got != "openid" {
		t.Errorf("a silent renewal comes to the scope %q, want openid alone", got)
	}
	if res := w.authorize("client_id", "app-client", "scope", "openid"); res.StatusCode != http.StatusSeeOther {
		t.Errorf("asked again for what was given: %d", res.StatusCode)
	}
}

func TestOfManyUsesOfOneRefreshTokenOneGetsTokens(t *testing.T) {
	w := newWorld(t)
	token := w.app("openid").Refresh
	var good atomic.Int32
	var group sync.WaitGroup
	for range 8 {
		racer := &world{browser: newBrowser(t, w.p), clock: w.clock, p: w.p}
		group.Go(func() {
			if racer.refresh(token).StatusCode == http.StatusOK {
				good.Add(1)
			}
		})
	}
	group.Wait()
	if good.Load() > 1 {
		t.Errorf("one refresh token gave tokens %d times", good.Load())
	}
	if res := w.refresh(token); res.StatusCode == http.StatusOK {
		t.Error("and once more")
	}
}

func TestIndependentLibraryRefreshesOverTCP(t *testing.T) {
	realm := mockidp.StoryRealm()
	client := realm.Clients[1]
	if client.ClientID != "spring-client-app" {
		t.Fatalf("the second client is %s", client.ClientID)
	}
	rp := newRelyingParty(t, serve(t, realm)+"/realms/demo", client, client.RedirectURIs[0], "openid", "email", oidc.ScopeOfflineAccess)
	token, first := rp.logIn(t, overTCP(t))
	old := *token
	token.Expiry = time.Now().Add(-time.Hour)
	next, err := rp.oauth.TokenSource(t.Context(), token).Token()
	if err != nil || next.RefreshToken == old.RefreshToken || next.AccessToken == old.AccessToken {
		t.Fatalf("%+v %v", next, err)
	}
	raw, _ := next.Extra("id_token").(string)
	second, err := rp.verifier.Verify(t.Context(), raw)
	if err != nil || second.Subject != first.Subject || second.Nonce != "" || second.VerifyAccessToken(next.AccessToken) != nil {
		t.Errorf("%+v %v", second, err)
	}
	info, err := rp.provider.UserInfo(t.Context(), oauth2.StaticTokenSource(next))
	if err != nil || info.Email != "jane@example.com" {
		t.Errorf("%+v %v", info, err)
	}
	old.Expiry = token.Expiry
	if _, err := rp.oauth.TokenSource(t.Context(), &old).Token(); err == nil || !strings.Contains(err.Error(), "invalid_grant") {
		t.Errorf("the old refresh token: %v", err)
	}
}
