//go:build !race

package mockidp_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/grantwalk/grantwalk/mockidp"
)

func TestPagesForbidAllThatTheyDoNotNeed(t *testing.T) {
	w := newWorld(t)
	signIn := w.authorize()
	gone := newWorld(t)
	gone.code()
	asked := gone.logout()
	pages := map[string]reply{
		"sign-in": signIn,
		"consent": w.signIn(signIn, "jane"),
		"logout":  asked,
		"bye":     newWorld(t).logout(),
		"error":   w.authorize("client_id", "nobody"),
		"404":     w.get("https://idp.example/"),
	}
	for name, res := range pages {
		_, style, _ := strings.Cut(res.body, "<style>")
		style, _, _ = strings.Cut(style, "</style>")
		sum := sha256.Sum256([]byte(style))
		policy := res.Header.Get("Content-Security-Policy")
		for _, want := range []string{
			"default-src 'none'", "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
			"frame-ancestors 'none'", "base-uri 'none'", "form-action '",
		} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: the policy %q lacks %q", name, policy, want)
			}
		}
		for header, want := range map[string]string{
			"X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
			"X-Content-Type-Options": "nosniff", "Content-Type": "text/html; charset=utf-8",
		} {
			if got := res.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", name, header, got, want)
			}
		}
		if strings.Contains(res.body, "<script") || strings.Contains(res.body, "style=") {
			t.Errorf("%s holds a script or an inline style", name)
		}
	}
}

func TestFormActionListsWhereTheClientTakesTheBrowser(t *testing.T) {
	realm := mockidp.StoryRealm()
	realm.Clients[0].RedirectURIs = append(realm.Clients[0].RedirectURIs, "http://[::1]/callback")
	realm.Clients[0].Origins = []string{"https://app.example"}
	for uri, want := range map[string]string{
		callback:                          "form-action 'self' https://travel.example https://app.example;",
		"http://127.0.0.1:51004/callback": "form-action 'self' http://127.0.0.1:51004 https://app.example;",
		"http://[::1]:51004/callback":     "form-action 'self' http: https://app.example;",
		"com.myapp:/callback":             "form-action 'self' com.myapp: https://app.example;",
	} {
		b := newBrowser(t, newProvider(t, mockidp.Config{Realms: []mockidp.Realm{realm}}))
		res := b.authorize("redirect_uri", uri)
		if policy := res.Header.Get("Content-Security-Policy"); !strings.Contains(policy, want) {
			t.Errorf("%s: %q, want %q", uri, policy, want)
		}
	}
}

func TestEveryInputHasALabel(t *testing.T) {
	w := newWorld(t)
	root, err := html.Parse(strings.NewReader(w.authorize().body))
	if err != nil {
		t.Fatal(err)
	}
	labels, inputs := map[string]bool{}, []string{}
	for n := range root.Descendants() {
		switch {
		case n.Data == "label":
			labels[attribute(n, "for")] = true
		case n.Data == "input" && attribute(n, "type") != "hidden":
			inputs = append(inputs, attribute(n, "id"))
		case n.Data == "html" && n.Type == html.ElementNode && attribute(n, "lang") != "en":
			t.Error("the page does not say its language")
		}
	}
	if len(inputs) != 2 {
		t.Errorf("inputs %v", inputs)
	}
	for _, id := range inputs {
		if !labels[id] {
			t.Errorf("input %q has no label", id)
		}
	}
}

func TestOneClickFillsTheFormInAndSigningInStillTakesAnother(t *testing.T) {
	w := newWorld(t)
	page := w.submit(w.authorize(), "fill", "sam")
	_, fields := readForm(t, page.body)
	if page.StatusCode != http.StatusOK || fields.Get("username") != "sam" || fields.Get("password") != "sam" {
		t.Fatalf("%d %v", page.StatusCode, fields)
	}
	if consent := w.submit(page); !strings.Contains(consent.body, "Sam Reyes") || !strings.Contains(consent.body, `name="decision"`) {
		t.Errorf("no consent page: %d", consent.StatusCode)
	}
}

func TestNothingIsEchoedUnescaped(t *testing.T) {
	const evil = `"><script>alert(1)</script><b a='`
	realm := mockidp.StoryRealm()
	realm.Clients[0].ClientName = evil
	realm.People[0].Claims[0].Value = evil
	for i := range realm.Scopes {
		realm.Scopes[i].Description = evil
	}
	w := newBrowser(t, newProvider(t, mockidp.Config{Realms: []mockidp.Realm{realm}}))
	signIn := w.authorize("login_hint", evil, "state", evil)
	for name, res := range map[string]reply{
		"sign-in page":   signIn,
		"refused":        w.submit(signIn, "username", evil, "password", evil),
		"consent page":   w.signIn(signIn, "jane"),
		"unknown client": w.authorize("client_id", evil),
		"redirect_uri":   w.authorize("redirect_uri", "https://evil.example/"+evil),
		"method":         w.get(authURL + "/sign-in?" + evil),
		"logout":         w.logout("client_id", evil, "state", evil),
		"logout page":    w.logout("client_id", "mobile-pkce-client"),
		"path":           w.get("https://idp.example/" + strings.ReplaceAll(evil, ">", "%3E")),
	} {
		if strings.Contains(res.body, "<script") || strings.Contains(res.body, "<b a") {
			t.Errorf("%s echoes it:\n%s", name, res.body)
		}
	}
}

func TestCookiesAreLockedDown(t *testing.T) {
	w := newWorld(t)
	page := w.authorize()
	consent := w.signIn(page, "jane")
	for _, c := range append(page.Cookies(), consent.Cookies()...) {
		if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || !strings.HasPrefix(c.Name, "__Host-") ||
			len(c.Value) < 22 {
			t.Errorf("%+v", c)
		}
	}
	if len(page.Cookies()) != 1 || len(consent.Cookies()) != 1 {
		t.Errorf("cookies %v, then %v", page.Cookies(), consent.Cookies())
	}
}

func TestSignInAlwaysStartsANewSession(t *testing.T) {
	w := newWorld(t)
	first := w.signIn(w.authorize(), "jane")
	w.submit(first, "decision", "approve")
	page := w.authorize("prompt", "login")
	again := w.signIn(page, "jane")
	if again.StatusCode != http.StatusSeeOther {
		t.Fatalf("jane agreed before and is asked again: %d", again.StatusCode)
	}
	if first.Cookies()[0].Value == again.Cookies()[0].Value {
		t.Error("the session cookie is the same after signing in again")
	}
	other := w.signIn(w.authorize("prompt", "select_account"), "sam")
	if other.StatusCode != http.StatusOK || !strings.Contains(other.body, "Sam Reyes") {
		t.Errorf("sam inherits what jane agreed to: %d", other.StatusCode)
	}
}

func TestConsentIsAskedForAgainWhenTheClientWantsIt(t *testing.T) {
	w := newWorld(t)
	w.code()
	if res := w.authorize("prompt", "consent"); res.StatusCode != http.StatusOK || !strings.Contains(res.body, `name="decision"`) {
		t.Errorf("%d", res.StatusCode)
	}
	if res := w.authorize("scope", "openid"); res.StatusCode != http.StatusSeeOther {
		t.Errorf("asked again for less than was given: %d", res.StatusCode)
	}
	if res := w.authorize("scope", "openid email"); res.StatusCode != http.StatusOK {
		t.Errorf("not asked for more than was given: %d", res.StatusCode)
	}
}

func TestMaxAgeMakesThePersonSignInAgain(t *testing.T) {
	w := newWorld(t)
	w.code()
	w.clock.Advance(30e9)
	if res := w.authorize("max_age", "60"); res.StatusCode != http.StatusSeeOther {
		t.Errorf("30 s of 60 s: %d", res.StatusCode)
	}
	for _, age := range []string{"30", "0"} {
		if res := w.authorize("max_age", age); !strings.Contains(res.body, `name="password"`) {
			t.Errorf("max_age=%s: %d", age, res.StatusCode)
		}
	}
}

func TestFailedSignInsAreForgottenAfterAMinute(t *testing.T) {
	w := newWorld(t)
	p := w.authorize()
	for range 7 {
		w.submit(p, "username", "jane", "password", "guess")
	}
	blocked := w.signIn(p, "jane")
	if blocked.StatusCode != http.StatusTooManyRequests || blocked.Header.Get("Retry-After") != "60" {
		t.Fatalf("%d, Retry-After %q", blocked.StatusCode, blocked.Header.Get("Retry-After"))
	}
	w.clock.Advance(61e9)
	if res := w.signIn(p, "jane"); res.StatusCode != http.StatusOK {
		t.Errorf("a minute later: %d", res.StatusCode)
	}
}

func TestFailedSignInsCountForTheAddressWhereTheRealmSaysSo(t *testing.T) {
	w := everythingOn(t)
	for range 20 {
		w.reset()
		w.submit(w.authorize(), "username", "jane", "password", "guess")
	}
	w.reset()
	if res := w.signIn(w.authorize(), "jane"); res.StatusCode != http.StatusTooManyRequests {
		t.Errorf("a new browser at the same address: %d", res.StatusCode)
	}
}
