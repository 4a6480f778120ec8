//go:build !race

package mockidp_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// slowCases are further refusals of rules whose reason depends on what was sent.
func slowCases() []ruleCase {
	guessing := func(w *world) reply {
		r := rulesRealm()
		r.FailedSignInsPerAddress = 1
		w = newWorldOf(w.t, r)
		w.submit(w.authorize(), "username", "jane", "password", "guess")
		return w.signIn(w.authorize(), "sam")
	}
	return []ruleCase{
		{"sign-in", "attempts-left", "an address that guesses", again, 429, guessing},
		{"every", "host-known", "a proxy that nobody named", jsonError, 421, func(w *world) reply {
			return w.request(http.MethodGet, "https://evil.example/realms/demo/protocol/openid-connect/certs", "", "X-Forwarded-Host", "a")
		}},
		{"token password", "attempts-left", "an address that guesses in a program", jsonError, 400, func(w *world) reply {
			r := rulesRealm()
			r.FailedSignInsPerAddress = 1
			w = newWorldOf(w.t, r)
			const grant = "grant_type=password&client_id=legacy-password-client&password=guess&username="
			w.post(tokenURL, grant+"jane")
			return w.post(tokenURL, grant+"sam")
		}},
	}
}

// keysNamed are those that a case's refusal names.
func keysNamed(t *testing.T, c ruleCase) []string {
	t.Helper()
	keys := mockidp.WaysOut(c.rule)
	if len(keys) == 0 {
		return nil
	}
	res := c.send(newWorld(t))
	if res.check == nil || res.check.ID != c.rule {
		t.Errorf("%s: broken is %+v, want %s", c.sentence, res.check, c.rule)
		return nil
	}
	return slices.DeleteFunc(keys, func(key string) bool {
		return !strings.Contains(res.check.Reason, key[strings.LastIndex(key, ".")+1:])
	})
}

// A refusal that a key would change names that key: each rule, at each endpoint, in some case at least.
func TestARefusalNamesTheKeyThatWouldChangeIt(t *testing.T) {
	t.Parallel()
	named := map[string]bool{}
	for _, c := range append(allCases(), slowCases()...) {
		for _, key := range keysNamed(t, c) {
			named[c.endpoint+" "+c.rule+" "+key] = true
		}
	}
	for _, r := range mockidp.Rules() {
		for _, key := range r.Keys {
			if !named[place(r)+" "+r.ID+" "+key] {
				t.Errorf("at %s no refusal by %s names %s", place(r), r.ID, key)
			}
		}
	}
}

func TestTheKeyStandsInTheAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		send func(*world) reply
		want string
	}{
		"a page": {authorizeWith("redirect_uri", "https://other.example/"), "redirect_uris in [[realm.client]] lists those that are taken"},
		"the browser sent back": {
			authorizeWith("code_challenge", "", "code_challenge_method", ""),
			"pkce_optional = true spares those with a secret",
		},
		"a program": {
			func(w *world) reply {
				return w.post(tokenURL, "grant_type=password&client_id=mobile-pkce-client&username=jane&password=jane")
			},
			"grant_types in [[realm.client]] lists those that it may use",
		},
		"a reason that is longer than a description": {
			func(w *world) reply {
				return w.authorize("scope", "openid "+strings.Repeat("a-scope-that-nobody-has ", 40)+"x")
			},
			"scope in [[realm.client]] says what it may ask for, [[realm.scope]] what there is",
		},
	} {
		res := c.send(newWorld(t))
		answer := res.body
		if location := res.location(); location != nil && res.Header.Get("Location") != "" {
			answer = location.Query().Get("error_description")
			isDescription(t, answer)
		}
		if !strings.Contains(answer, c.want) {
			t.Errorf("%s does not say %q: %s", name, c.want, answer)
		}
	}
}

// Secrets and headers of which only the wire form is wrong: the client is told how to write them.
func TestACredentialThatIsWrittenWronglyIsToldHow(t *testing.T) {
	r := rulesRealm()
	r.Clients = append(r.Clients, mockidp.Client{ClientID: "plus", ClientSecret: "a+b", GrantTypes: []string{"client_credentials"}},
		mockidp.Client{ClientID: "percent", ClientSecret: "50%x", GrantTypes: []string{"client_credentials"}})
	raw := func(id, secret string) string {
		h := http.Request{Header: http.Header{}}
		h.SetBasicAuth(id, secret)
		return h.Header.Get("Authorization")
	}
	const grant = "grant_type=client_credentials"
	for name, c := range map[string]struct{ at, body, header, want string }{
		"a raw plus":    {tokenURL, grant, raw("plus", "a+b"), "form-encoded before they are joined (a + is %2B, a % is %25)"},
		"a raw percent": {tokenURL, grant, raw("percent", "50%x"), "form-encoded before they are joined (a + is %2B, a % is %25)"},
		"no colon, as a public client may revoke": {
			oidcURL + "/revoke", "token=x", "Basic " + "bW9iaWxlLXBrY2UtY2xpZW50", "a public client sends client_id in the body and no such header",
		},
		"another scheme": {tokenURL, grant, "Bearer x", "Basic with client_id and client_secret, or send both in the body"},
	} {
		res := newWorldOf(t, r).post(c.at, c.body, "Authorization", c.header)
		if res.StatusCode != http.StatusUnauthorized || !strings.Contains(res.body, c.want) {
			t.Errorf("%s: %d %s, want %q", name, res.StatusCode, res.body, c.want)
		}
	}
	if res := newWorldOf(t, r).post(tokenURL, grant, "Authorization", basic("plus", "a+b")); res.StatusCode != http.StatusOK {
		t.Errorf("written as it should be: %d %s", res.StatusCode, res.body)
	}
	if res := newWorldOf(t, r).post(tokenURL, grant, "Authorization", raw("plus", "a-b")); strings.Contains(res.body, "form-encoded") {
		t.Errorf("a wrong secret is told to be encoded: %s", res.body)
	}
}
