//go:build !race

package mockidp_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// openPages opens very many pages from the address of the world's browser.
func (w *world) openPages(n int) {
	for _, address := range []string{authURL + "?" + with().Encode(), realmURL + "/device"} {
		r := httptest.NewRequest(http.MethodGet, address, nil) //nolint:noctx // in memory
		r.RemoteAddr = "192.0.2.1:1"
		for range n {
			w.p.ServeHTTP(httptest.NewRecorder(), r)
		}
	}
}

// A page carries its own form, so no number of other pages takes it away, and
// the provider remembers nothing of pages that nobody answers.
func TestAFormWaitsHoweverManyOthersAreOpened(t *testing.T) {
	t.Parallel()
	w := everythingOn(t)
	out := newBrowser(t, w.p)
	out.code()
	uri := w.pushedURI("client_id", "par-client", "redirect_uri", "https://accounts.example/callback", "scope", "openid")
	pushed := newBrowser(t, w.p)
	pages := map[string]reply{
		"sign-in": w.authorize(), "logout": out.get(oidcURL + "/logout"), "pushed": pushed.get(authURL + "?client_id=par-client&request_uri=" + uri),
		"device": w.get(realmURL + "/device?user_code=" + w.tv().UserCode),
	}
	before := w.p.Kept("demo")
	w.openPages(10_000)
	if after := w.p.Kept("demo"); !maps.Equal(before, after) {
		t.Errorf("kept before: %v, after: %v", before, after)
	}
	consent := w.signIn(pages["sign-in"], "jane")
	if consent.check != nil || !strings.Contains(consent.body, `value="approve"`) {
		t.Fatalf("the sign-in page is gone: %+v", consent.check)
	}
	pages["pushed"] = pushed.signIn(pages["pushed"], "sam")
	device := w.submit(pages["device"])
	w.openPages(1000)
	if res := w.submit(consent, "decision", "approve"); res.location().Query().Get("code") == "" {
		t.Errorf("the consent page is gone: %d %+v", res.StatusCode, res.check)
	}
	if res := pushed.submit(pages["pushed"], "decision", "approve"); res.location().Query().Get("code") == "" {
		t.Errorf("the page of a pushed request is gone: %d %+v", res.StatusCode, res.check)
	}
	if res := w.submit(device, "decision", "approve"); res.check != nil || res.StatusCode != http.StatusOK {
		t.Errorf("the page of a device is gone: %d %+v", res.StatusCode, res.check)
	}
	if res := out.submit(pages["logout"], "decision", "approve"); res.check != nil {
		t.Errorf("the page that asks whether to sign out is gone: %+v", res.check)
	}
}

func TestAFormServesTheRealmAndIssuerThatMadeIt(t *testing.T) {
	other := mockidp.StoryRealm()
	other.Name = "other"
	p := newProvider(t, mockidp.Config{Realms: []mockidp.Realm{mockidp.StoryRealm(), other}})
	b := newBrowser(t, p)
	page := b.authorize()
	_, fields := readForm(t, page.body)
	fields.Set("username", "jane")
	fields.Set("password", "jane")
	cookie := page.Header.Get("Set-Cookie")
	_, value, _ := strings.Cut(cookie[:strings.Index(cookie, ";")], "=")
	for at, cookie := range map[string]string{
		"/realms/other": "__Host-mockidp_browser.other", "/auth/realms/demo": "__Host-mockidp_browser_alias.demo",
	} {
		stranger := newBrowser(t, p)
		stranger.client.Jar = nil
		sent := "https://idp.example" + at + "/protocol/openid-connect/auth/sign-in"
		if res := stranger.post(sent, fields.Encode(), "Cookie", cookie+"="+value); res.check == nil || res.check.ID != "form-genuine" {
			t.Errorf("at %s the form breaks %+v", at, res.check)
		}
	}
	if res := b.submit(page, "username", "jane", "password", "jane"); res.check != nil {
		t.Errorf("where it was made it breaks %+v", res.check)
	}
}

// The longest request that is taken fits into the form that carries it.
func TestTheLongestRequestFitsIntoItsForm(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat(`%"&<`, 1000)
	page := w.post(authURL, with("state", long[:3500], "nonce", long[:3500], "login_hint", long[:3500]).Encode())
	consent := w.signIn(page, "jane")
	res := w.submit(consent, "decision", "approve")
	if got := res.location().Query().Get("state"); got != long[:3500] {
		t.Errorf("the state that comes back has %d bytes: %d %+v %+v", len(got), res.StatusCode, page.check, consent.check)
	}
}

func TestAPageDoesNotShowWhatAClientPushed(t *testing.T) {
	w := newWorld(t)
	uri := w.pushedURI("nonce", "only-the-client-knows", "state", fmt.Sprint("pushed-", 4711))
	page := w.get(authURL + "?client_id=mobile-pkce-client&request_uri=" + uri)
	if page.StatusCode != http.StatusOK || strings.Contains(page.body, "only-the-client-knows") || strings.Contains(page.body, "pushed-4711") {
		t.Errorf("%d %s", page.StatusCode, page.body)
	}
}
