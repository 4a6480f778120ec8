package mockidp_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

const neighbour = "https://idp.example/realms/neighbour"

// issuers are the three that the tests below confuse: the realm, the same one
// under the old prefix of Keycloak, and a neighbour with the same clients and
// people.
func issuers() []string {
	return []string{realmURL, "https://idp.example/auth/realms/demo", neighbour}
}

func twoRealms(t *testing.T) *world {
	t.Helper()
	c, a, b := newClock(), rulesRealm(), rulesRealm()
	b.Name = "neighbour"
	p := newProvider(t, mockidp.Config{Now: c.Now, Hosts: []string{"idp.example"}, Realms: []mockidp.Realm{a, b}})
	return &world{newBrowser(t, p), c, p}
}

// at moves an address of the realm demo to another issuer.
func at(issuer, address string) string { return issuer + strings.TrimPrefix(address, realmURL) }

func TestWhatOneIssuerGaveIsWorthNothingAtAnother(t *testing.T) {
	for _, other := range issuers()[1:] {
		w := twoRealms(t)
		code := w.code("client_id", "app-client", "scope", "openid")
		refused(t, other+" takes the code", w.post(at(other, tokenURL), redeeming(code, "client_id", "app-client").Encode()), "code-known")
		refused(t, other+" takes the session", w.get(at(other, authURL)+"?"+with("prompt", "none", "scope", "openid").Encode()), "silent-sign-in")
		var tokens allTokens
		res := w.post(tokenURL, redeeming(code, "client_id", "app-client").Encode())
		if err := json.Unmarshal([]byte(res.body), &tokens); err != nil || tokens.Refresh == "" || tokens.ID == "" {
			t.Fatalf("%d %s", res.StatusCode, res.body)
		}
		tokensAreWorthNothing(t, w, other, tokens)
	}
}

type allTokens struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	ID      string `json:"id_token"`
}

// refused reports an answer that does not come of this rule.
func refused(t *testing.T, what string, res reply, rule string) {
	t.Helper()
	if res.check == nil || rule != "" && res.check.ID != rule {
		t.Errorf("%s: %d %+v", what, res.StatusCode, res.check)
	}
}

func tokensAreWorthNothing(t *testing.T, w *world, other string, tokens allTokens) {
	t.Helper()
	refused(t, other+" takes the access token",
		w.request(http.MethodGet, at(other, oidcURL+"/userinfo"), "", "Authorization", "Bearer "+tokens.Access), "")
	refused(t, other+" takes the refresh token",
		w.post(at(other, tokenURL), "grant_type=refresh_token&client_id=app-client&refresh_token="+tokens.Refresh), "")
	for _, token := range []string{tokens.Access, tokens.Refresh, tokens.ID} {
		res := w.post(at(other, oidcURL+"/token/introspect"), "token="+token, "Authorization", basic("my-service-client", "my-service-secret"))
		if !strings.Contains(res.body, `"active":false`) {
			t.Errorf("%s knows a token of ours: %s", other, res.body)
		}
		w.post(at(other, revokeURL), about(token))
	}
	if res := w.userInfo(tokens.Access); res.StatusCode != http.StatusOK {
		t.Errorf("%s has revoked a token of ours", other)
	}
	refused(t, other+" takes the ID token", w.get(at(other, authURL)+"?"+with("id_token_hint", tokens.ID).Encode()), "id-token-hint-genuine")
	refused(t, other+" takes the ID token at logout", w.get(at(other, oidcURL+"/logout?id_token_hint="+tokens.ID)), "id-token-hint-genuine")
}

func TestAFormOfOneIssuerIsWorthNothingAtAnother(t *testing.T) {
	for _, other := range issuers()[1:] {
		w := twoRealms(t)
		page := w.authorize()
		_, fields := readForm(t, page.body)
		fields.Set("username", "jane")
		fields.Set("password", "jane")
		own := page.Cookies()[0]
		cookies := []string{own.Name, strings.Replace(own.Name, ".demo", ".neighbour", 1), strings.Replace(own.Name, ".demo", "_alias.demo", 1)}
		res := w.post(at(other, authURL)+"/sign-in", fields.Encode(), "Cookie", strings.Join(cookies, "="+own.Value+"; ")+"="+own.Value)
		if res.check == nil || len(res.Cookies()) != 0 {
			t.Errorf("%s takes the form: %d %+v", other, res.StatusCode, res.check)
		}
	}
}

// The cookies of __Host- have no path, so their names must tell them apart.
func TestEachIssuerHasCookiesOfItsOwn(t *testing.T) {
	w := twoRealms(t)
	names := map[string]bool{}
	for _, issuer := range issuers() {
		page := w.get(at(issuer, authURL) + "?" + with().Encode())
		for _, c := range append(page.Cookies(), w.signIn(page, "jane").Cookies()...) {
			if names[c.Name] {
				t.Errorf("%s uses %s too", issuer, c.Name)
			}
			names[c.Name] = true
		}
	}
	if len(names) != 6 {
		t.Errorf("%v", names)
	}
}

func TestWithoutTLSCookiesStayWithTheirIssuer(t *testing.T) {
	p := newProvider(t, mockidp.Config{BaseURL: "http://127.0.0.1:8180"})
	b := newBrowser(t, p)
	page := b.get("http://127.0.0.1:8180/realms/demo/protocol/openid-connect/auth?" + with().Encode())
	for _, c := range append(page.Cookies(), b.signIn(page, "jane").Cookies()...) {
		if c.Path != "/realms/demo/" || c.Secure || !c.HttpOnly || strings.HasPrefix(c.Name, "__Host-") {
			t.Errorf("%+v", c)
		}
	}
}
