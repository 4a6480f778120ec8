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
		if res := w.post(at(other, tokenURL), redeeming(code, "client_id", "app-client").Encode()); res.check == nil || res.check.ID != "code-known" {
			t.Errorf("%s takes the code: %d %+v", other, res.StatusCode, res.check)
		}
		if res := w.get(at(other, authURL) + "?" + with("prompt", "none", "scope", "openid").Encode()); res.check == nil || res.check.ID != "silent-sign-in" {
			t.Errorf("%s takes the session: %d %+v", other, res.StatusCode, res.check)
		}
		var tokens struct {
			Access  string `json:"access_token"`
			Refresh string `json:"refresh_token"`
			ID      string `json:"id_token"`
		}
		res := w.post(tokenURL, redeeming(code, "client_id", "app-client").Encode())
		if err := json.Unmarshal([]byte(res.body), &tokens); err != nil || tokens.Refresh == "" || tokens.ID == "" {
			t.Fatalf("%d %s", res.StatusCode, res.body)
		}
		if res := w.request(http.MethodGet, at(other, oidcURL+"/userinfo"), "", "Authorization", "Bearer "+tokens.Access); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s takes the access token: %d", other, res.StatusCode)
		}
		if res := w.post(at(other, tokenURL), "grant_type=refresh_token&client_id=app-client&refresh_token="+tokens.Refresh); res.StatusCode != http.StatusBadRequest {
			t.Errorf("%s takes the refresh token: %d", other, res.StatusCode)
		}
		for _, token := range []string{tokens.Access, tokens.Refresh, tokens.ID} {
			body := "token=" + token
			res := w.post(at(other, oidcURL+"/token/introspect"), body, "Authorization", basic("my-service-client", "my-service-secret"))
			if !strings.Contains(res.body, `"active":false`) {
				t.Errorf("%s knows a token of ours: %s", other, res.body)
			}
			w.post(at(other, revokeURL), about(token))
		}
		if res := w.userInfo(tokens.Access); res.StatusCode != http.StatusOK {
			t.Errorf("%s has revoked a token of ours", other)
		}
		if res := w.get(at(other, authURL) + "?" + with("id_token_hint", tokens.ID).Encode()); res.check == nil || res.check.ID != "id-token-hint-genuine" {
			t.Errorf("%s takes the ID token: %d %+v", other, res.StatusCode, res.check)
		}
		if res := w.get(at(other, oidcURL+"/logout?id_token_hint="+tokens.ID)); res.check == nil || res.check.ID != "id-token-hint-genuine" {
			t.Errorf("%s takes the ID token at logout: %d %+v", other, res.StatusCode, res.check)
		}
	}
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
