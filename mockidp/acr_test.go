package mockidp_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

const (
	acrPassword = "urn:grantwalk:acr:password"
	acrFresh    = "urn:grantwalk:acr:fresh-password"
)

func TestContextOfAuthenticationIsWhatWasAskedForAndIsTrue(t *testing.T) {
	for _, c := range []struct {
		sentence string
		change   []string
		asked    bool   // the password, in the second request
		acr      string // in the ID token
	}{
		{"nothing asked", nil, false, ""},
		{"the session will do", []string{"acr_values", acrPassword}, false, acrPassword},
		{"the session is dearer", []string{"acr_values", acrPassword + " " + acrFresh}, false, acrPassword},
		{"a step up", []string{"acr_values", acrFresh}, true, acrFresh},
		{"a step up, or else", []string{"acr_values", acrFresh + " " + acrPassword}, true, acrFresh},
		{"a step up behind a word that nobody knows", []string{"acr_values", "gold " + acrFresh}, true, acrFresh},
		{"a word that nobody knows", []string{"acr_values", "gold"}, false, acrPassword},
		{"a step up that must not show a page", []string{"acr_values", acrFresh, "prompt", "none"}, false, acrPassword},
		{
			"an essential step up",
			[]string{"claims", `{"id_token":{"acr":{"essential":true,"values":["gold","` + acrFresh + `"]}}}`},
			true,
			acrFresh,
		},
		{"any will do", []string{"claims", `{"id_token":{"acr":null}}`}, false, acrPassword},
		{"essential, and any will do", []string{"claims", `{"id_token":{"acr":{"essential":true}}}`}, false, acrPassword},
		{"a voluntary step up to gold", []string{"claims", `{"id_token":{"acr":{"value":"gold"}}}`}, false, acrPassword},
		{
			"claims go before acr_values",
			[]string{"acr_values", acrFresh, "claims", `{"id_token":{"acr":{"value":"` + acrPassword + `"}}}`},
			false,
			acrPassword,
		},
		{"signed in again anyway", []string{"acr_values", "gold", "prompt", "login"}, true, acrFresh},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			w := newWorld(t)
			w.redeemed("scope", "openid")
			w.clock.Advance(time.Minute)
			res := w.authorize(hybrid(append([]string{"response_type", "code", "scope", "openid"}, c.change...)...)...)
			if asked := strings.Contains(res.body, `name="password"`); asked != c.asked {
				t.Fatalf("asked for the password: %v; %d %s", asked, res.StatusCode, res.Header.Get("Location"))
			}
			checkContext(t, w, c.change, c.acr, c.asked)
		})
	}
}

// checkContext redeems a code and looks for acr and auth_time in both tokens
// and in what introspection says (RFC 9470 section 6).
func checkContext(t *testing.T, w *world, change []string, acr string, now bool) {
	t.Helper()
	access, id := w.redeemed(append([]string{"scope", "openid"}, change...)...)
	told := w.post(oidcURL+"/token/introspect", url.Values{
		"token": {access}, "client_id": {"hybrid-client"}, "client_secret": {"hybrid-secret"},
	}.Encode())
	want := w.clock.Now()
	if !now {
		want = want.Add(-time.Minute)
	}
	for what, text := range map[string]string{"the ID token": id, "the access token": access, "introspection": told.body} {
		m := said(t, text)
		if got, _ := m["acr"].(string); got != acr {
			t.Errorf("%s says acr %q, want %q", what, got, acr)
		}
		if got, _ := m["auth_time"].(float64); int64(got) != want.Unix() {
			t.Errorf("%s says auth_time %v, want %d", what, m["auth_time"], want.Unix())
		}
	}
}

func TestStepUpOfAnAPIWorksWithoutOpenIDConnect(t *testing.T) {
	w := newWorld(t)
	w.code("scope", "mail.read")
	res := w.authorize("scope", "mail.read", "acr_values", acrFresh)
	if !strings.Contains(res.body, `name="password"`) {
		t.Fatalf("no step up: %d %s", res.StatusCode, res.Header.Get("Location"))
	}
	code := w.signIn(res, "jane").answer(t).Get("code")
	tokens := said(t, w.post(tokenURL, redeeming(code).Encode()).body)
	access, _ := tokens["access_token"].(string)
	if got := said(t, access)["acr"]; got != acrFresh {
		t.Errorf("acr %v", got)
	}
	if res := w.authorize("scope", "mail.read", "acr_values", acrFresh, "prompt", "none"); res.answer(t).Get("error") != "login_required" {
		t.Errorf("without a page: %s", res.Header.Get("Location"))
	}
}

func TestContextSurvivesARefresh(t *testing.T) {
	w := newWorld(t)
	code := w.walk(hybrid("response_type", "code", "acr_values", acrFresh, "scope", "openid",
		"claims", `{"userinfo":{"email":null}}`)...).answer(t).Get("code")
	secret := []string{"client_id", "hybrid-client", "client_secret", "hybrid-secret", "code_verifier", ""}
	first := said(t, w.post(tokenURL, redeeming(code, secret...).Encode()).body)
	refresh, _ := first["refresh_token"].(string)
	second := said(t, w.post(tokenURL, url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {refresh}, "client_id": {"hybrid-client"}, "client_secret": {"hybrid-secret"},
	}.Encode()).body)
	access, _ := second["access_token"].(string)
	id, _ := second["id_token"].(string)
	if said(t, access)["acr"] != acrFresh || said(t, id)["acr"] != acrFresh {
		t.Errorf("%s\n%s", access, id)
	}
	holds(t, "UserInfo after a refresh", said(t, w.userInfo(access).body), []string{"email"}, nil)
}

func TestDefaultsOfAClientApplyToRequestsThatSayNothing(t *testing.T) {
	realm := rulesRealm()
	limit := 30 * time.Second
	for i := range realm.Clients {
		if realm.Clients[i].ClientID == "hybrid-client" {
			realm.Clients[i].DefaultMaxAge, realm.Clients[i].DefaultACRValues = &limit, []string{acrPassword}
		}
	}
	c := newClock()
	w := &world{clock: c, p: newProvider(t, mockidp.Config{Now: c.Now, Realms: []mockidp.Realm{realm}})}
	w.browser = newBrowser(t, w.p)
	_, id := w.redeemed("scope", "openid")
	if got := said(t, id)["acr"]; got != acrPassword {
		t.Errorf("acr %v", got)
	}
	silent := hybrid("response_type", "code", "prompt", "none", "scope", "openid")
	if res := w.authorize(silent...); res.answer(t).Get("code") == "" {
		t.Errorf("at once: %s", res.Header.Get("Location"))
	}
	c.Advance(time.Minute)
	if res := w.authorize(silent...); res.answer(t).Get("error") != "login_required" {
		t.Errorf("after a minute: %s", res.Header.Get("Location"))
	}
	if res := w.authorize(append(silent, "max_age", "3600")...); res.answer(t).Get("code") == "" {
		t.Errorf("with a max_age of its own: %s", res.Header.Get("Location"))
	}
}

func TestOpaqueTokenStandsForClaimsAndContextToo(t *testing.T) {
	realm := rulesRealm()
	for i := range realm.Clients {
		if realm.Clients[i].ClientID == "hybrid-client" {
			realm.Clients[i].AccessTokenFormat = "opaque"
		}
	}
	w := newWorldOf(t, realm)
	got := w.walk(hybrid("scope", "openid", "acr_values", acrFresh, "claims", `{"userinfo":{"phone_number":null}}`)...).answer(t)
	access := got.Get("access_token")
	if strings.Contains(access, ".") {
		t.Fatalf("not opaque: %s", access)
	}
	id, err := verifierOf(t, "hybrid-client", w.clock, "RS256").Verify(t.Context(), got.Get("id_token"))
	if err != nil {
		t.Fatal(err)
	}
	if err := id.VerifyAccessToken(access); err != nil {
		t.Error(err)
	}
	holds(t, "UserInfo", said(t, w.userInfo(access).body), []string{"phone_number"}, []string{"address"})
	told := said(t, w.post(oidcURL+"/token/introspect", url.Values{
		"token": {access}, "client_id": {"hybrid-client"}, "client_secret": {"hybrid-secret"},
	}.Encode()).body)
	if told["acr"] != acrFresh || told["auth_time"] == nil {
		t.Errorf("introspection says %v", told)
	}
}
