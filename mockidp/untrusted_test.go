//go:build !race

package mockidp_test

import (
	"net/http"
	"strings"
	"testing"
)

// bad is a request of a newcomer's that breaks a rule which a redirect tells of.
func (w *world) bad(n newcomer, change ...string) reply {
	w.t.Helper()
	return w.authorize(append([]string{"client_id", n.ID, "scope", "openid", "response_type", "nonsense"}, change...)...)
}

func TestErrorOfAClientThatRegisteredItselfSendsNobodyAnywhereUnasked(t *testing.T) {
	w := strangers(t)
	n := w.newcomer("client_name", "<b>Prize</b>")
	res := w.bad(n)
	link := `href="` + callback + `?error=unsupported_response_type&amp;`
	if res.StatusCode != http.StatusBadRequest || res.Header.Get("Location") != "" || !strings.Contains(res.body, link) ||
		!strings.Contains(res.body, "Go on to https://travel.example") || strings.Contains(res.body, "<b>Prize") {
		t.Errorf("%d %s %s", res.StatusCode, res.Header.Get("Location"), res.body)
	}
	posted := w.bad(n, "response_mode", "form_post")
	if posted.StatusCode != http.StatusBadRequest || strings.Contains(posted.body, "<script") ||
		strings.Contains(posted.Header.Get("Content-Security-Policy"), "script-src") {
		t.Errorf("%d %s", posted.StatusCode, posted.body)
	}
	action, fields := readForm(t, posted.body)
	if action != callback || fields.Get("error") != "unsupported_response_type" || fields.Get("state") == "" || fields.Get("iss") != realmURL {
		t.Errorf("%s %v", action, fields)
	}
}

func TestErrorOfAClientThatRegisteredItselfIsToldOnceThePersonIsThere(t *testing.T) {
	w := strangers(t)
	n := w.newcomer()
	if res := w.authorize("client_id", n.ID, "scope", "openid", "prompt", "none"); res.location().Query().Get("error") != "login_required" {
		t.Errorf("who asks silently is not told: %d", res.StatusCode)
	}
	if res := w.bad(n, "prompt", "none"); res.Header.Get("Location") != "" {
		t.Error("another error goes by silently")
	}
	if res := w.authorize("response_type", "nonsense"); res.StatusCode != http.StatusSeeOther {
		t.Errorf("a client of the config: %d", res.StatusCode)
	}
	w.code()
	if res := w.bad(n); res.location().Query().Get("error") != "unsupported_response_type" {
		t.Errorf("with somebody signed in: %d", res.StatusCode)
	}
}

func TestPagesShowWhatAClientSaysOfItself(t *testing.T) {
	w := strangers(t)
	n := w.newcomer("logo_uri", "https://pictures.example/logo.png?a=b&c", "policy_uri", "https://travel.example/policy", "tos_uri",
		"https://travel.example/terms", "client_uri", "https://travel.example/")
	signIn := w.authorize("client_id", n.ID, "scope", "openid")
	wrong := w.submit(signIn, "username", "jane", "password", "guess")
	for name, page := range map[string]reply{"sign-in": signIn, "sign-in again": wrong, "consent": w.signIn(signIn, "jane")} {
		for _, want := range []string{
			`<img src="https://pictures.example/logo.png?a=b&amp;c"`,
			`<a href="https://travel.example/policy" target="_blank" rel="noopener noreferrer">`,
			`href="https://travel.example/terms"`, `href="https://travel.example/"`,
		} {
			if !strings.Contains(page.body, want) {
				t.Errorf("%s: the page lacks %s", name, want)
			}
		}
		if policy := page.Header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "; img-src https://pictures.example") {
			t.Errorf("%s: %s", name, policy)
		}
	}
	plain := w.authorize("prompt", "login")
	for _, page := range []reply{plain, w.signIn(plain, "jane")} {
		if strings.Contains(page.body, "<img") || strings.Contains(page.Header.Get("Content-Security-Policy"), "img-src") {
			t.Error("a client without a picture has one")
		}
	}
}

func TestHostsThatMeanSomethingElseInAPolicyAreNotRegistered(t *testing.T) {
	w := strangers(t)
	for _, uri := range []string{"https://a.example;script-src/cb", "https://a.example,b/cb", "https://a'b/cb", "https://*/cb"} {
		if res := w.register(submission("redirect_uris", []string{uri})); res.check == nil || res.check.ID != "redirect-uris-valid" {
			t.Errorf("%s: %d", uri, res.StatusCode)
		}
		if res := w.register(submission("logo_uri", uri)); res.check == nil || res.check.ID != "metadata-valid" {
			t.Errorf("%s: %d", uri, res.StatusCode)
		}
	}
}
