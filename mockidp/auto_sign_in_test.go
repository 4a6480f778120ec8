//go:build !race

package mockidp_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// pageless is a realm in which a test needs no page.
func pageless(change func(*mockidp.Realm)) mockidp.Realm {
	realm := rulesRealm().WithClient("mobile-pkce-client", func(c *mockidp.Client) { c.Trusted = true })
	change(&realm)
	return realm
}

func TestATrustedClientNeedsNoConsentPage(t *testing.T) {
	w := newWorldOf(t, pageless(func(*mockidp.Realm) {}))
	page := w.authorize()
	if res := w.signIn(page, "jane"); res.StatusCode != http.StatusSeeOther || res.location().Query().Get("code") == "" {
		t.Fatalf("after the password comes %d %s", res.StatusCode, res.Header.Get("Location"))
	}
	if res := w.authorize("prompt", "none", "scope", "openid email mail.read"); res.location().Query().Get("code") == "" {
		t.Errorf("silently it is answered %s", res.Header.Get("Location"))
	}
	if res := w.authorize("client_id", "app-client", "scope", "openid"); res.StatusCode != http.StatusOK {
		t.Errorf("a client that nobody trusts is answered %d without the person", res.StatusCode)
	}
	if notices := strings.Join(w.p.Notices(), "\n"); !strings.Contains(notices, "mobile-pkce-client") || !strings.Contains(notices, "consent page") {
		t.Errorf("the notices say %s", notices)
	}
}

func TestANamedPersonIsSignedInWithoutAPage(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*mockidp.Realm)
		ask    []string
		want   string // sub, or empty: a page is shown
	}{
		"by config":                     {func(r *mockidp.Realm) { r.AutoSignIn = "jane" }, nil, "user-jane"},
		"by login_hint":                 {func(r *mockidp.Realm) { r.AutoSignInByHint = true }, []string{"login_hint", "sam"}, "user-sam"},
		"the hint goes before":          {func(r *mockidp.Realm) { r.AutoSignIn, r.AutoSignInByHint = "jane", true }, []string{"login_hint", "dana"}, "user-dana"},
		"a hint that nobody has":        {func(r *mockidp.Realm) { r.AutoSignInByHint = true }, []string{"login_hint", "nobody"}, ""},
		"a hint without the key":        {func(*mockidp.Realm) {}, []string{"login_hint", "sam"}, ""},
		"though the password is wanted": {func(r *mockidp.Realm) { r.AutoSignIn = "jane" }, []string{"prompt", "login"}, "user-jane"},
		"another person is asked for": {
			func(r *mockidp.Realm) { r.AutoSignIn = "jane" }, []string{"claims", `{"id_token":{"sub":{"value":"user-sam"}}}`}, "",
		},
	} {
		w := newWorldOf(t, pageless(c.change))
		res := w.authorize(c.ask...)
		code := ""
		if res.StatusCode == http.StatusSeeOther {
			code = res.location().Query().Get("code")
		}
		if (code != "") != (c.want != "") {
			t.Errorf("%s: %d %s", name, res.StatusCode, res.Header.Get("Location"))
			continue
		}
		if code == "" {
			continue
		}
		id := tokensIn(t, w.post(tokenURL, redeeming(code).Encode())).ID
		if got := made(t, id, nil).Claim("sub"); got != c.want {
			t.Errorf("%s: %s is signed in, want %s", name, got, c.want)
		}
	}
}

func TestSilenceFindsNobodyWhoWasNotSignedIn(t *testing.T) {
	w := newWorldOf(t, pageless(func(r *mockidp.Realm) { r.AutoSignIn = "jane" }))
	if got := w.authorize("prompt", "none").location().Query().Get("error"); got != "login_required" {
		t.Errorf("prompt=none without a session is answered %q, want login_required (OpenID Connect Core section 3.1.2.6)", got)
	}
	w.authorize()
	if got := w.authorize("prompt", "none").location().Query().Get("code"); got == "" {
		t.Error("the session that began without a page is none")
	}
}

func TestTheControlEndpointSaysWhoIsSignedIn(t *testing.T) {
	w := newWorldOf(t, pageless(func(*mockidp.Realm) {}))
	ask := func(method, realm, body string) int {
		req := httptest.NewRequestWithContext(t.Context(), method, "http://127.0.0.1/sign-in/"+realm, strings.NewReader(body))
		req.Header.Set("Authorization", "Bearer key")
		res := httptest.NewRecorder()
		w.p.Control("key").ServeHTTP(res, req)
		return res.Code
	}
	for _, c := range []struct {
		method, realm, body string
		want                int
	}{
		{http.MethodPut, "demo", `{}`, 400},
		{http.MethodPut, "demo", `{"username":"nobody"}`, 404},
		{http.MethodPut, "nosuch", `{"username":"jane"}`, 404},
		{http.MethodPut, "demo", `{"username":"jane"}`, 204},
	} {
		if got := ask(c.method, c.realm, c.body); got != c.want {
			t.Errorf("%s %s %s: %d, want %d", c.method, c.realm, c.body, got, c.want)
		}
	}
	if res := w.authorize(); res.StatusCode != http.StatusSeeOther {
		t.Errorf("jane is not signed in: %d", res.StatusCode)
	}
	if notices := strings.Join(w.p.Notices(), "\n"); !strings.Contains(notices, "sign in jane") {
		t.Errorf("the notices say %s", notices)
	}
	if got := ask(http.MethodDelete, "demo", ""); got != 204 {
		t.Errorf("it does not end: %d", got)
	}
	if res := w.authorize("prompt", "login"); res.StatusCode != http.StatusOK {
		t.Errorf("somebody is still signed in without a page: %d", res.StatusCode)
	}
}

func TestAutomaticSignInOfNobodyIsRefused(t *testing.T) {
	realm := mockidp.StoryRealm()
	realm.AutoSignIn = "nobody"
	if _, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}}); err == nil || !strings.Contains(err.Error(), "auto_sign_in") {
		t.Errorf("%v", err)
	}
}
