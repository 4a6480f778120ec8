package mockidp_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/mockidp"
)

// legacy sends name and password through the client.
func (w *world) legacy(change ...string) reply {
	w.t.Helper()
	return w.post(tokenURL, changed(url.Values{
		"grant_type": {"password"}, "client_id": {"legacy-password-client"}, "username": {"jane"}, "password": {"jane"},
	}, change...).Encode())
}

func passwordCases() []ruleCase {
	c := func(rule, sentence string, change ...string) ruleCase {
		return ruleCase{"token password", rule, sentence, jsonError, 400, func(w *world) reply { return w.legacy(change...) }}
	}
	guessing := func(rule, sentence string, guesses int, reset func(*world), change ...string) ruleCase {
		return ruleCase{"token password", rule, sentence, jsonError, 400, func(w *world) reply {
			for range guesses {
				w.legacy(append(change, "password", "guess")...)
			}
			reset(w)
			return w.legacy()
		}}
	}
	return []ruleCase{
		c("username-present", "no name", "username", ""),
		c("password-present", "no password", "password", ""),
		c("scope-syntax", "two spaces", "scope", "openid  email"),
		c("scope-allowed", "invoices", "scope", "openid read:invoices"),
		{"token password", "scope-present", "nothing is left by default", jsonError, 400, func(w *world) reply {
			return w.legacy("client_id", "legacy-offline-only")
		}},
		c("scope-without-consent", "offline_access", "client_id", "legacy-offline-client", "scope", "openid offline_access"),
		c("name-and-password-match", "a guess", "password", "guess"),
		c("name-and-password-match", "nobody has this name", "username", "nobody"),
		guessing("attempts-left", "the sixth attempt, though right", 5, func(*world) {}),
		guessing("attempts-left", "the sixth attempt, after five by another client", 5, func(*world) {}, "client_id", "legacy-offline-client"),
	}
}

func TestPasswordGrantGivesTokensOfThePerson(t *testing.T) {
	w := newWorld(t)
	set := tokensIn(t, w.legacy("scope", "openid email"))
	access, id := claimsOf(t, set.Access), claimsOf(t, set.ID)
	if access["sub"] != "user-jane" || access["client_id"] != "legacy-password-client" || access["auth_time"] == nil ||
		id["sub"] != "user-jane" {
		t.Errorf("%v %v", access, id)
	}
	if id["sid"] != nil || id["nonce"] != nil {
		t.Errorf("the ID token speaks of a session or a request that never was: %v", id)
	}
	if res := w.userInfo(set.Access); !strings.Contains(res.body, "jane@example.com") {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
	next := tokensIn(t, w.refresh(set.Refresh, "client_id", "legacy-password-client"))
	if next.Scope != "openid email" || claimsOf(t, next.Access)["auth_time"] != access["auth_time"] {
		t.Errorf("%+v", next)
	}
}

func TestPasswordGrantWithoutScopeGivesAllButOfflineAccess(t *testing.T) {
	w := newWorld(t)
	if set := tokensIn(t, w.legacy()); set.Scope != "openid profile email mail.read" {
		t.Error(set.Scope)
	}
	if set := tokensIn(t, w.legacy("client_id", "legacy-offline-client")); strings.Contains(set.Scope, "offline_access") {
		t.Error(set.Scope)
	}
}

func TestPasswordGrantIsOnlyForClientsThatAreRegisteredForIt(t *testing.T) {
	w := newWorld(t)
	for _, client := range []string{"mobile-pkce-client", "app-client"} {
		res := w.legacy("client_id", client)
		if res.check == nil || res.check.ID != "grant-type-allowed" || !strings.Contains(res.body, "unauthorized_client") {
			t.Errorf("%s: %+v %s", client, res.check, res.body)
		}
	}
}

func TestGuessesAtTheTokenEndpointAreForgottenAfterAMinute(t *testing.T) {
	w := newWorld(t)
	for range 6 {
		w.legacy("password", "guess")
	}
	if res := w.legacy("username", "sam", "password", "sam"); res.StatusCode != http.StatusOK {
		t.Errorf("sam has to wait for jane: %s", res.body)
	}
	w.clock.Advance(61 * time.Second)
	if res := w.legacy(); res.StatusCode != http.StatusOK {
		t.Errorf("%s", res.body)
	}
}

func TestGuessesAtTheTokenEndpointCountForTheAddress(t *testing.T) {
	w := everythingOn(t)
	for i := range 20 {
		w.legacy("username", strings.Repeat("x", i+1))
	}
	if res := w.legacy(); res.check == nil || res.check.ID != "attempts-left" {
		t.Errorf("%+v", res.check)
	}
}

func TestIndependentLibraryUsesThePasswordGrantOverTCP(t *testing.T) {
	realm := mockidp.StoryRealm()
	client := mockidp.Client{ClientID: "legacy-password-client"}
	rp := newRelyingParty(t, serve(t, realm)+"/realms/demo", client, "", "openid", "email")
	token, err := rp.oauth.PasswordCredentialsToken(t.Context(), "jane", "jane")
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := rp.verifier.Verify(t.Context(), raw)
	if err != nil || id.Subject != "user-jane" || id.VerifyAccessToken(token.AccessToken) != nil {
		t.Errorf("%+v %v", id, err)
	}
	info, err := rp.provider.UserInfo(t.Context(), oauth2.StaticTokenSource(token))
	if err != nil || info.Email != "jane@example.com" {
		t.Errorf("%+v %v", info, err)
	}
	if _, err := rp.oauth.PasswordCredentialsToken(t.Context(), "jane", "guess"); err == nil ||
		!strings.Contains(err.Error(), "invalid_grant") {
		t.Errorf("%v", err)
	}
}
