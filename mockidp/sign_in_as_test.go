package mockidp_test

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/mockidp"
)

// goodAddress is an authorization request that keeps every rule.
func goodAddress(issuer string) string {
	return issuer + "/protocol/openid-connect/auth?response_type=code&client_id=mobile-pkce-client&redirect_uri=http://127.0.0.1:1/callback&scope=openid" +
		"&state=s&code_challenge_method=S256&code_challenge=" + oauth2.S256ChallengeFromVerifier(oauth2.GenerateVerifier())
}

func TestSignInAsGoesThroughTheFrontDoor(t *testing.T) {
	p := mockidp.Start(t, mockidp.Config{})
	issuer := p.Issuer("demo")
	good := goodAddress(issuer)
	watch := p.Watch(100)
	callback, err := p.SignInAs(t.Context(), good, "sam")
	if err != nil {
		t.Fatal(err)
	}
	if callback.Host != "127.0.0.1:1" || callback.Query().Get("code") == "" || callback.Query().Get("state") != "s" ||
		callback.Query().Get("iss") != issuer {
		t.Errorf("the browser is sent to %s", callback)
	}
	watch.Stop()
	seen := 0
	for e := range watch.Exchanges() {
		seen++
		if e.Status >= 400 {
			t.Errorf("%s %s is answered with %d", e.Method, e.Path, e.Status)
		}
	}
	if seen < 3 {
		t.Errorf("%d exchanges for a page, a sign-in and a consent", seen)
	}
}

func TestSignInAsSaysWhatStopsIt(t *testing.T) {
	p := mockidp.Start(t, mockidp.Config{})
	issuer := p.Issuer("demo")
	good := goodAddress(issuer)
	for address, want := range map[string]string{
		strings.Replace(good, "mobile-pkce-client", "nobody", 1):          "client_id",
		strings.Replace(good, "127.0.0.1:1/callback", "127.0.0.1:1/x", 1): "redirect_uri",
		"https://elsewhere.example/auth":                                  "is not an address of this provider",
		good + "&response_mode=form_post":                                 "form_post",
		issuer + "/.well-known/openid-configuration":                      "without a form",
		":": "missing protocol scheme",
	} {
		if got, err := p.SignInAs(t.Context(), address, "jane"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v, want an error about %s", address, got, err, want)
		}
	}
	if got, err := p.SignInAs(t.Context(), good, "nobody"); err == nil || !strings.Contains(err.Error(), "jane, sam, dana") {
		t.Errorf("nobody: %v, %v", got, err)
	}
	refused, err := p.SignInAs(t.Context(), strings.Replace(good, "scope=openid", "scope=gold", 1), "jane")
	if err != nil || refused.Query().Get("error") != "invalid_scope" {
		t.Errorf("an answer to the client: %v, %v", refused, err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.SignInAs(cancelled, good, "jane"); err == nil {
		t.Error("signs in though nobody waits for it")
	}
}
