package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// loopbackNames are the names by which a client on this machine comes.
func loopbackNames() []string {
	return []string{"http://127.0.0.1:8180", "http://localhost:8180", "http://[::1]:8180"}
}

const below = "/realms/demo/protocol/openid-connect"

func newLoopbackWorld(t *testing.T, change ...func(*mockidp.Config)) *world {
	t.Helper()
	c := newClock()
	cfg := mockidp.Config{
		BaseURL: "http://127.0.0.1:8180", Now: c.Now, Realms: []mockidp.Realm{rulesRealm()},
		Hosts: []string{"127.0.0.1:8180", "localhost:8180", "[::1]:8180", "localhost:9999", "idp.test:8180"},
	}
	for _, f := range change {
		f(&cfg)
	}
	p := newProvider(t, cfg)
	t.Cleanup(func() { _ = p.Close() })
	return &world{newBrowser(t, p), c, p}
}

// metadataAt is the discovery document under a base, as far as it is about addresses.
func (w *world) metadataAt(base string) map[string]any {
	w.t.Helper()
	res := w.get(base + "/realms/demo/.well-known/openid-configuration")
	var m map[string]any
	if err := json.Unmarshal([]byte(res.body), &m); err != nil {
		w.t.Fatalf("%s: %d %s", base, res.StatusCode, res.body)
	}
	return m
}

// codeAt is a code by the authorization endpoint under a base, and the iss that came with it.
func (w *world) codeAt(base string, change ...string) (code, iss string) {
	w.t.Helper()
	res := w.get(base + below + "/auth?" + with(change...).Encode())
	if strings.Contains(res.body, `name="password"`) {
		res = w.signIn(res, "jane")
	}
	if res.StatusCode == http.StatusOK {
		res = w.submit(res, "decision", "approve")
	}
	q := res.location().Query()
	if q.Get("code") == "" {
		w.t.Fatalf("no code: %d %s %s", res.StatusCode, res.Header.Get("Location"), res.body)
	}
	return q.Get("code"), q.Get("iss")
}

// Names of hosts have no case (RFC 3986 section 3.2.2), and not every client writes them small.
func TestAHostIsTheSameInCapitals(t *testing.T) {
	w := newLoopbackWorld(t, func(cfg *mockidp.Config) { cfg.Hosts[4] = "IDP.Test:8180" })
	for base, issuer := range map[string]string{
		"http://LOCALHOST:8180": "http://localhost:8180/realms/demo",
		"http://idp.test:8180":  "http://127.0.0.1:8180/realms/demo",
		"http://Idp.TEST:8180":  "http://127.0.0.1:8180/realms/demo",
	} {
		if got := w.metadataAt(base)["issuer"]; got != issuer {
			t.Errorf("%s has the issuer %v, not %s", base, got, issuer)
		}
	}
}

func TestEachLoopbackNameIsAnIssuerOfItsOwn(t *testing.T) {
	for _, base := range loopbackNames() {
		for _, prefix := range []string{"", "/auth"} {
			w, issuer := newLoopbackWorld(t), base+prefix+"/realms/demo"
			allBelow(t, issuer, w.metadataAt(base+prefix))
			code, iss := w.codeAt(base+prefix, "client_id", "app-client")
			if iss != issuer {
				t.Errorf("the answer for %s has iss %s", issuer, iss)
			}
			got := tokensIn(t, w.post(base+prefix+below+"/token", redeeming(code, "client_id", "app-client").Encode()))
			access, id := claimsOf(t, got.Access), claimsOf(t, got.ID)
			if access["iss"] != issuer || id["iss"] != issuer || access["aud"] != nil && !strings.Contains(jsonOf(t, access["aud"]), issuer) {
				t.Errorf("under %s the tokens say %v and %v", issuer, access, id)
			}
		}
	}
}

func jsonOf(t *testing.T, value any) string {
	t.Helper()
	b, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A browser knows the provider as localhost, the server behind the app as
// 127.0.0.1: what iss says goes by the authorization request.
func TestACodeCrossesToAnotherLoopbackNameAndKeepsItsIssuer(t *testing.T) {
	const front, back = "http://localhost:8180", "http://127.0.0.1:8180"
	const issuer = front + "/realms/demo"
	w := newLoopbackWorld(t)
	code, iss := w.codeAt(front, "client_id", "app-client")
	got := tokensIn(t, w.post(back+below+"/token", redeeming(code, "client_id", "app-client").Encode()))
	if iss != issuer || claimsOf(t, got.ID)["iss"] != issuer || claimsOf(t, got.Access)["iss"] != issuer {
		t.Errorf("iss is %s in the answer, %v in the ID token, %v in the access token",
			iss, claimsOf(t, got.ID)["iss"], claimsOf(t, got.Access)["iss"])
	}
	for _, base := range loopbackNames() {
		if res := w.request(http.MethodGet, base+below+"/userinfo", "", "Authorization", "Bearer "+got.Access); res.StatusCode != http.StatusOK {
			t.Errorf("UserInfo at %s does not take the token: %d %+v", base, res.StatusCode, res.check)
		}
		hinted := w.get(base + below + "/auth?" + with("id_token_hint", got.ID).Encode())
		if hinted.check != nil {
			t.Errorf("%s does not take the ID token as a hint: %+v", base, hinted.check)
		}
	}
	again := tokensIn(t, w.post(back+below+"/token", url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {got.Refresh}, "client_id": {"app-client"},
	}.Encode()))
	if claimsOf(t, again.ID)["iss"] != issuer {
		t.Errorf("the refreshed ID token has another iss, %v (OpenID Connect Core section 12.2)", claimsOf(t, again.ID)["iss"])
	}
}

func TestIntrospectionUnderAnyLoopbackNameSaysWhoIssued(t *testing.T) {
	w := newLoopbackWorld(t)
	code, iss := w.codeAt("http://localhost:8180")
	got := tokensIn(t, w.post("http://localhost:8180"+below+"/token", redeeming(code).Encode()))
	res := w.post("http://127.0.0.1:8180"+below+"/token/introspect", url.Values{"token": {got.Access}}.Encode(),
		"Authorization", basic("resource-server", "resource-secret"))
	var said struct {
		Active bool
		Iss    string
	}
	if err := json.Unmarshal([]byte(res.body), &said); err != nil || !said.Active || said.Iss != iss {
		t.Errorf("introspection says %s", res.body)
	}
}

func TestAssertionsAndProofsAreForTheNameByWhichTheClientComes(t *testing.T) {
	for _, base := range loopbackNames() {
		w := newLoopbackWorld(t)
		for _, aud := range []string{base + "/realms/demo", base + below + "/token"} {
			a := w.assertionOf("key-client")
			a.claims["aud"] = aud
			res := w.post(base+below+"/token", asserting(anything(), a.sign(t)).Encode())
			if res.check != nil {
				t.Errorf("at %s, an assertion for %s is refused: %+v", base, aud, res.check)
			}
		}
		h := newHolder(w)
		code, _ := w.codeAt(base)
		res := w.request(http.MethodPost, base+below+"/token", redeeming(code).Encode(),
			"Content-Type", "application/x-www-form-urlencoded", "DPoP", h.proof(http.MethodPost, base+below+"/token"))
		if res.StatusCode != http.StatusOK || !strings.Contains(res.body, `"DPoP"`) {
			t.Errorf("at %s, a proof for it is refused: %d %s", base, res.StatusCode, res.body)
		}
	}
}

func TestALogoutTokenNamesTheIssuerThatTheClientKnows(t *testing.T) {
	l := newTold(t, http.StatusOK)
	w := newLoopbackWorld(t, func(c *mockidp.Config) {
		c.Realms[0] = c.Realms[0].WithClient("app-client", func(c *mockidp.Client) {
			c.ClientSecret, c.BackchannelLogoutURI = "told", l.URL+"/logout?of=app"
		})
		c.OnLogoutCall = func(n mockidp.LogoutCall) { l.notices <- n }
	})
	code, iss := w.codeAt("http://localhost:8180", "client_id", "app-client")
	got := tokensIn(t, w.post("http://127.0.0.1:8180"+below+"/token", redeeming(code, "client_id", "").Encode(),
		"Authorization", basic("app-client", "told")))
	w.get("http://localhost:8180" + below + "/logout?" + url.Values{"id_token_hint": {got.ID}}.Encode())
	token, _ := l.hear(t)
	if claimsOf(t, token)["iss"] != iss {
		t.Errorf("the logout token is of %v, the ID token of %s", claimsOf(t, token)["iss"], iss)
	}
}

func TestNoOtherHostIsAnIssuer(t *testing.T) {
	w := newLoopbackWorld(t)
	for _, base := range []string{"http://localhost:9999", "http://idp.test:8180"} {
		if got := w.metadataAt(base)["issuer"]; got != "http://127.0.0.1:8180/realms/demo" {
			t.Errorf("at %s the issuer is %v", base, got)
		}
	}
	named := newProvider(t, mockidp.Config{BaseURL: "https://idp.example"})
	if got := (&world{browser: newBrowser(t, named)}).metadataAt("https://localhost")["issuer"]; got != "https://idp.example/realms/demo" {
		t.Errorf("a provider with a name of its own is %v at localhost", got)
	}
}

func TestServersInContainersAreToldAnotherAddressThanBrowsers(t *testing.T) {
	c := newClock()
	p := newProvider(t, mockidp.Config{
		BaseURL: "https://idp.example", BackChannelURL: "https://idp.internal:8443", Now: c.Now, Hosts: []string{"idp.example"},
		Realms: []mockidp.Realm{rulesRealm()},
	})
	w := &world{newBrowser(t, p), c, p}
	const back = "https://idp.internal:8443"
	inside, outside := w.metadataAt(back), w.metadataAt("https://idp.example")
	if inside["issuer"] != outside["issuer"] || outside["issuer"] != realmURL {
		t.Errorf("the issuers are %v and %v", inside["issuer"], outside["issuer"])
	}
	front := []string{"issuer", "authorization_endpoint", "end_session_endpoint"}
	for name, value := range inside {
		address, ok := value.(string)
		if !ok || !strings.HasPrefix(address, "https://") {
			continue
		}
		if want := back + "/realms/demo"; slices.Contains(front, name) != !strings.HasPrefix(address, want) {
			t.Errorf("who reads the metadata at %s is told that %s is %s", back, name, address)
		}
		if at := outside[name]; !strings.HasPrefix(at.(string), realmURL) { //nolint:forcetypeassert // it is the same member
			t.Errorf("a browser is told that %s is %v", name, at)
		}
	}
	a := w.assertionOf("key-client")
	a.claims["aud"] = back + below + "/token"
	if res := w.post(back+below+"/token", asserting(anything(), a.sign(t)).Encode()); res.check != nil {
		t.Errorf("an assertion for the token endpoint inside is refused: %+v", res.check)
	}
	got := tokensIn(t, w.post(back+below+"/token", redeeming(w.code("client_id", "app-client"), "client_id", "app-client").Encode()))
	if claimsOf(t, got.ID)["iss"] != realmURL {
		t.Errorf("the ID token that was fetched inside is of %v", claimsOf(t, got.ID)["iss"])
	}
	if res := w.request(http.MethodGet, back+below+"/userinfo", "", "Authorization", "Bearer "+got.Access); res.StatusCode != http.StatusOK {
		t.Errorf("UserInfo inside: %d %+v", res.StatusCode, res.check)
	}
}

// prefixed is a proxy in front that adds a path, and cuts it off again or not.
type prefixed struct {
	handler http.Handler
	cut     string
}

func (p prefixed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if below, ok := strings.CutPrefix(r.URL.Path, p.cut); ok {
		r.URL.Path = below
	}
	p.handler.ServeHTTP(w, r)
}

func TestABasePathIsPartOfEveryAddressCookieAndLink(t *testing.T) {
	for _, base := range []string{"http://localhost:8180/idp", "https://dev.example/tools/idp", "https://dev.example/auth"} {
		u, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		for _, cut := range []string{"", u.Path} {
			p := newProvider(t, mockidp.Config{BaseURL: base, Realms: []mockidp.Realm{rulesRealm()}})
			walksUnderAPath(t, &world{browser: newBrowser(t, prefixed{p, cut})}, base, u)
		}
	}
}

func walksUnderAPath(t *testing.T, w *world, base string, u *url.URL) {
	t.Helper()
	issuer := base + "/realms/demo"
	if got := w.metadataAt(base)["issuer"]; got != issuer {
		t.Errorf("the issuer is %v, want %s", got, issuer)
	}
	oauth := w.get(u.Scheme + "://" + u.Host + "/.well-known/oauth-authorization-server" + u.Path + "/realms/demo")
	if !strings.Contains(oauth.body, `"issuer":"`+issuer+`"`) {
		t.Errorf("%s: the metadata of RFC 8414 section 3.1 are not there: %d", base, oauth.StatusCode)
	}
	page := w.get(base + below + "/auth?" + with("client_id", "app-client").Encode())
	action, _ := readForm(t, page.body)
	if !strings.HasPrefix(action, u.Path+"/realms/demo/") {
		t.Errorf("under %s the page leads to %s", base, action)
	}
	for _, cookie := range page.Cookies() {
		if want := u.Path + "/realms/demo/"; u.Scheme == "http" && cookie.Path != want {
			t.Errorf("under %s a cookie is for %s, not %s", base, cookie.Path, want)
		}
		if u.Scheme == "https" && !strings.HasSuffix(cookie.Name, strings.ReplaceAll(u.Path, "/", "~")) {
			t.Errorf("under %s a cookie that every path gets does not say whose it is: %s", base, cookie.Name)
		}
	}
	code, iss := w.codeAt(base, "client_id", "app-client")
	got := tokensIn(t, w.post(base+below+"/token", redeeming(code, "client_id", "app-client").Encode()))
	if iss != issuer || claimsOf(t, got.ID)["iss"] != issuer {
		t.Errorf("under %s iss is %s and %v", base, iss, claimsOf(t, got.ID)["iss"])
	}
}

// allBelow reports an address of metadata that does not begin with the issuer.
func allBelow(t *testing.T, issuer string, metadata map[string]any) {
	t.Helper()
	for name, value := range metadata {
		address, ok := value.(string)
		if ok && strings.HasPrefix(address, "http") && !strings.HasPrefix(address, issuer) {
			t.Errorf("under %s, %s is %s", issuer, name, address)
		}
	}
}
