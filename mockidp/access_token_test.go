package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

// opaqueClients get access tokens that nobody can read.
func opaqueClients() []mockidp.Client {
	return []mockidp.Client{{
		ClientID: "opaque-client", RedirectURIs: []string{callback}, AccessTokenFormat: "opaque",
		GrantTypes: []string{"authorization_code", "refresh_token"},
	}}
}

// opaqueApp is a token set of the opaque client.
func (w *world) opaqueApp(scope string) tokenSet {
	w.t.Helper()
	code := w.code("client_id", "opaque-client", "scope", scope)
	return tokensIn(w.t, w.post(tokenURL, redeeming(code, "client_id", "opaque-client").Encode()))
}

func opaqueCases() []ruleCase {
	c := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"userinfo", rule, sentence, challenged, http.StatusUnauthorized, send}
	}
	return []ruleCase{
		c("token-known", "a word", func(w *world) reply { return w.userInfo("password") }),
		c("token-known", "a token with its case changed", func(w *world) reply {
			return w.userInfo(strings.ToUpper(w.opaqueApp("openid").Access))
		}),
		c("token-known", "a token of the issuer next door", func(w *world) reply {
			return w.request(http.MethodGet, strings.Replace(oidcURL, "/realms", "/auth/realms", 1)+"/userinfo", "",
				"Authorization", "Bearer "+w.opaqueApp("openid").Access)
		}),
		c("token-audience", "an opaque token for the mailbox only", func(w *world) reply {
			return w.userInfo(w.opaqueApp("mail.read").Access)
		}),
		c("token-not-expired", "an opaque token after five minutes", func(w *world) reply {
			access := w.opaqueApp("openid").Access
			w.clock.Advance(5 * time.Minute)
			return w.userInfo(access)
		}),
		c("token-not-revoked", "an opaque token that was given back", func(w *world) reply {
			access := w.opaqueApp("openid").Access
			w.revoke(access, "client_id", "opaque-client")
			return w.userInfo(access)
		}),
	}
}

func TestOpaqueTokenSaysNothingAndIsGoodForTheSame(t *testing.T) {
	w := newWorld(t)
	set := w.opaqueApp("openid email")
	if strings.Contains(set.Access, ".") || len(set.Access) < 43 {
		t.Errorf("access token %q", set.Access)
	}
	for _, c := range w.userInfo(set.Access).all {
		if slices.Contains([]string{"token-is-jwt", "token-signature", "token-type"}, c.ID) {
			t.Errorf("an opaque token is asked whether %s", c.ID)
		}
	}
	if res := w.userInfo(set.Access); res.StatusCode != http.StatusOK || !strings.Contains(res.body, "jane@example.com") {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
	var said map[string]any
	if err := json.Unmarshal([]byte(w.introspect(set.Access).body), &said); err != nil {
		t.Fatal(err)
	}
	if said["active"] != true || said["client_id"] != "opaque-client" || said["sub"] != "user-jane" || said["scope"] != "openid email" ||
		said["aud"] != realmURL || said["jti"] == "" || said["exp"] == nil || said["username"] != "jane" {
		t.Errorf("%v", said)
	}
	if res := w.introspect(set.Access + "x"); res.body != `{"active":false}` {
		t.Error(res.body)
	}
}

func TestOpaqueTokensGoWithTheirRefreshToken(t *testing.T) {
	w := newWorld(t)
	set := w.opaqueApp("openid email")
	next := tokensIn(t, w.refresh(set.Refresh, "client_id", "opaque-client"))
	if next.Access == set.Access || strings.Contains(next.Access, ".") {
		t.Errorf("%q after %q", next.Access, set.Access)
	}
	w.revoke(next.Refresh, "client_id", "opaque-client")
	for _, access := range []string{set.Access, next.Access} {
		if res := w.introspect(access); res.body != `{"active":false}` {
			t.Errorf("after the refresh token was revoked: %s", res.body)
		}
	}
}

func TestUnknownAccessTokenFormatIsRefused(t *testing.T) {
	realm := mockidp.StoryRealm()
	realm.Clients[0].AccessTokenFormat = "saml"
	_, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}})
	if err == nil || !strings.Contains(err.Error(), "access_token_format") {
		t.Errorf("%v", err)
	}
}

// patient is the rules' realm with lifetimes of its own.
func patient(t *testing.T, ofRealm, ofClient mockidp.Lifetimes) *world {
	t.Helper()
	realm := rulesRealm()
	realm.Lifetimes = ofRealm
	for i := range realm.Clients {
		if realm.Clients[i].ClientID == "app-client" {
			realm.Clients[i].Lifetimes = ofClient
		}
	}
	c := newClock()
	p := newProvider(t, mockidp.Config{Now: c.Now, Realms: []mockidp.Realm{realm}})
	return &world{newBrowser(t, p), c, p}
}

func TestLifetimesAreTheClientsThenTheRealmsThenTheUsual(t *testing.T) {
	hour := mockidp.Lifetimes{AccessToken: time.Hour, IDToken: 2 * time.Hour}
	for sentence, c := range map[string]struct {
		realm, client mockidp.Lifetimes
		access, id    time.Duration
	}{
		"the usual":            {access: 5 * time.Minute, id: 5 * time.Minute},
		"the realm's":          {realm: hour, access: time.Hour, id: 2 * time.Hour},
		"the client's":         {realm: hour, client: mockidp.Lifetimes{AccessToken: time.Minute}, access: time.Minute, id: 2 * time.Hour},
		"longer at the client": {client: hour, access: time.Hour, id: 2 * time.Hour},
	} {
		w := patient(t, c.realm, c.client)
		res := w.post(tokenURL, redeeming(w.code("client_id", "app-client"), "client_id", "app-client").Encode())
		set := tokensIn(t, res)
		for token, want := range map[string]time.Duration{set.Access: c.access, set.ID: c.id} {
			claims := claimsOf(t, token)
			exp, _ := claims["exp"].(float64)
			iat, _ := claims["iat"].(float64)
			if time.Duration(exp-iat)*time.Second != want {
				t.Errorf("%s: good for %v s, want %s", sentence, exp-iat, want)
			}
		}
		var said struct {
			ExpiresIn int `json:"expires_in"`
		}
		if err := json.Unmarshal([]byte(res.body), &said); err != nil || said.ExpiresIn != int(c.access.Seconds()) {
			t.Errorf("%s: expires_in %d", sentence, said.ExpiresIn)
		}
		w.clock.Advance(c.access - time.Second)
		if res := w.userInfo(set.Access); res.StatusCode != http.StatusOK {
			t.Errorf("%s: refused too early: %s", sentence, res.body)
		}
		w.clock.Advance(time.Second)
		if res := w.userInfo(set.Access); res.check == nil || res.check.ID != "token-not-expired" {
			t.Errorf("%s: %+v", sentence, res.check)
		}
	}
}

func TestCodeLivesAsLongAsConfigured(t *testing.T) {
	w := patient(t, mockidp.Lifetimes{Code: 5 * time.Second}, mockidp.Lifetimes{Code: 3 * time.Minute})
	short, long := w.code(), w.code("client_id", "app-client")
	w.clock.Advance(6 * time.Second)
	if res := w.post(tokenURL, redeeming(short).Encode()); res.check == nil || res.check.ID != "code-fresh" ||
		!strings.Contains(res.body, "good for 5 s") {
		t.Errorf("%s", res.body)
	}
	w.clock.Advance(170 * time.Second)
	if res := w.post(tokenURL, redeeming(long, "client_id", "app-client").Encode()); res.StatusCode != http.StatusOK {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestRefreshTokensAndSessionsLiveAsLongAsConfigured(t *testing.T) {
	w := patient(t, mockidp.Lifetimes{Session: 2 * time.Hour, RefreshIdle: 10 * time.Minute},
		mockidp.Lifetimes{RefreshToken: 30 * time.Minute})
	set := w.app("openid")
	for range 3 {
		w.clock.Advance(10 * time.Minute)
		set = tokensIn(t, w.refresh(set.Refresh))
	}
	w.clock.Advance(time.Minute)
	if res := w.refresh(set.Refresh); res.check == nil || res.check.ID != "refresh-token-fresh" {
		t.Errorf("%+v", res.check)
	}
	w = patient(t, mockidp.Lifetimes{Session: 2 * time.Hour}, mockidp.Lifetimes{RefreshIdle: 5 * time.Minute, Session: time.Hour})
	set = w.app("openid")
	w.clock.Advance(6 * time.Minute)
	if res := w.refresh(set.Refresh); res.check == nil || res.check.ID != "refresh-token-not-idle" {
		t.Errorf("%+v", res.check)
	}
	w.clock.Advance(time.Hour)
	silent := func(client string) url.Values {
		return w.authorize("client_id", client, "scope", "openid", "prompt", "none").location().Query()
	}
	if got := silent("app-client").Get("error"); got != "login_required" {
		t.Errorf("a client for which the sign-in is too old: %q", got)
	}
	if got := silent("mobile-pkce-client").Get("error"); got != "consent_required" {
		t.Errorf("a client for which it is not: %q", got)
	}
	w.clock.Advance(time.Hour)
	if got := silent("mobile-pkce-client").Get("error"); got != "login_required" {
		t.Errorf("after the session: %q", got)
	}
}

func TestNonsensicalLifetimesAreRefused(t *testing.T) {
	for sentence, c := range map[string]struct {
		lifetimes mockidp.Lifetimes
		want      string
	}{
		"a code for half an hour":   {mockidp.Lifetimes{Code: 30 * time.Minute}, "RFC 6749 section 4.1.2"},
		"a negative token":          {mockidp.Lifetimes{AccessToken: -time.Minute}, "lifetimes.access_token"},
		"a token for a millisecond": {mockidp.Lifetimes{IDToken: time.Millisecond}, "lifetimes.id_token"},
		"a session for ever":        {mockidp.Lifetimes{Session: 1<<63 - 1}, "session"},
		"idle for longer than good": {mockidp.Lifetimes{RefreshToken: time.Hour, RefreshIdle: 2 * time.Hour}, "idle"},
		"a negative device":         {mockidp.Lifetimes{DeviceCode: -1}, "lifetimes.device_code"},
	} {
		for _, ofClient := range []bool{false, true} {
			realm := mockidp.StoryRealm()
			if ofClient {
				realm.Clients[0].Lifetimes = c.lifetimes
			} else {
				realm.Lifetimes = c.lifetimes
			}
			_, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}})
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v", sentence, err)
			}
		}
	}
}
