package serve

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// called is what an API answered.
type called struct {
	status    int
	body      string
	challenge string
	header    http.Header
}

// call sends a request to an API; headers are names and values in turn.
func (b *browser) call(method, address, token string, headers ...string) called {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, address, http.NoBody)
	if err != nil {
		b.t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return called{resp.StatusCode, string(text), resp.Header.Get("WWW-Authenticate"), resp.Header}
}

// signIn gets a client a token for jane, with the code and PKCE.
func (b *browser) signIn(issuer string, c oauth2.Config) *oauth2.Token {
	b.t.Helper()
	endpoint := issuer + "/protocol/openid-connect/"
	c.Endpoint.AuthURL, c.Endpoint.TokenURL = endpoint+"auth", endpoint+"token"
	verifier := oauth2.GenerateVerifier()
	b.open(c.AuthCodeURL("random123", oauth2.S256ChallengeOption(verifier)))
	if strings.Contains(b.page, `name="password"`) {
		b.submit(url.Values{"username": {"jane"}, "password": {"jane"}, "action": {"sign-in"}})
	}
	if b.location == "" {
		b.submit(url.Values{"decision": {"approve"}})
	}
	back, err := url.Parse(b.location)
	if err != nil || !strings.HasPrefix(b.location, c.RedirectURL+"?") {
		b.t.Fatalf("%s was sent to %q, %v:\n%s", c.ClientID, b.location, err, b.page)
	}
	ctx := context.WithValue(b.t.Context(), oauth2.HTTPClient, b.client)
	token, err := c.Exchange(ctx, back.Query().Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		b.t.Fatalf("%s: %v", c.ClientID, err)
	}
	return token
}

// service gets a client a token for itself.
func (b *browser) service(issuer, id, secret string, by oauth2.AuthStyle, scopes ...string) *oauth2.Token {
	b.t.Helper()
	c := clientcredentials.Config{
		ClientID: id, ClientSecret: secret, TokenURL: issuer + "/protocol/openid-connect/token", AuthStyle: by, Scopes: scopes,
	}
	token, err := c.Token(context.WithValue(b.t.Context(), oauth2.HTTPClient, b.client))
	if err != nil {
		b.t.Fatalf("%s: %v", id, err)
	}
	return token
}

// The story's source, letter by letter: a token by each grant that it shows, and the call that is its last step.
func TestTheCallsThatTheSourceEndsWithAreAnswered(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0", "--api")
	base := strings.TrimSuffix(s.issuer, "/realms/demo")
	if line := "api        " + base + "/user/profile  " + base + "/messages  " + base + "/invoices"; !strings.Contains(s.head, line) {
		t.Errorf("the start does not say %q:\n%s", line, s.head)
	}
	b := newBrowser(t)
	for name, c := range map[string]oauth2.Config{
		"the web app, by header": {
			ClientID: "spring-client-app", ClientSecret: "xyz-secret-value", RedirectURL: "https://myapp.com/login/oauth2/code/oidc",
			Scopes: []string{"openid", "email"}, Endpoint: oauth2.Endpoint{AuthStyle: oauth2.AuthStyleInHeader},
		},
		"Postman, in the body": {
			ClientID: "spring-client-app", ClientSecret: "xyz", RedirectURL: "https://oauth.pstmn.io/v1/callback",
			Scopes: []string{"openid", "profile", "email"}, Endpoint: oauth2.Endpoint{AuthStyle: oauth2.AuthStyleInParams},
		},
		"the phone": {
			ClientID: "mobile-pkce-client", RedirectURL: "com.myapp://callback", Scopes: []string{"openid", "profile", "email"},
			Endpoint: oauth2.Endpoint{AuthStyle: oauth2.AuthStyleInParams},
		},
		"the page": {
			ClientID: "mobile-pkce-client", RedirectURL: "http://localhost:4200/callback", Scopes: []string{"openid", "profile", "email"},
			Endpoint: oauth2.Endpoint{AuthStyle: oauth2.AuthStyleInParams},
		},
	} {
		for _, issuer := range []string{s.issuer, base + "/auth/realms/demo"} {
			got := b.call(http.MethodGet, base+"/user/profile", b.signIn(issuer, c).AccessToken)
			var profile map[string]any
			if err := json.Unmarshal([]byte(got.body), &profile); err != nil || got.status != http.StatusOK ||
				profile["sub"] != "user-jane" || profile["email"] != "jane@example.com" || profile["client_id"] != c.ClientID {
				t.Errorf("%s by %s: /user/profile answers %d %s %s", name, issuer, got.status, got.challenge, got.body)
			}
		}
	}
	for _, by := range []oauth2.AuthStyle{oauth2.AuthStyleInHeader, oauth2.AuthStyleInParams} {
		token := b.service(base+"/realms/myrealm", "my-service-client", "abc123xyz", by, "read:invoices", "write:invoices")
		if got := b.call(http.MethodGet, base+"/api/invoices", token.AccessToken); got.status != http.StatusOK || strings.Count(got.body, `"id"`) != 3 {
			t.Errorf("the service, %d: /api/invoices answers %d %s %s", by, got.status, got.challenge, got.body)
		}
	}
	b.close()
	if status, log := s.stop(); status != usage.StatusOK || !strings.Contains(log, "200  GET  /user/profile  client=mobile-pkce-client") {
		t.Errorf("exit status %d, and the log has no line for a call:\n%s", status, log)
	}
}

// apiConfig has clients whose tokens are of each kind, below a path of its own.
const apiConfig = `base_url = "http://127.0.0.1:8180/idp"
[[realm]]
name = "a"
[[realm.scope]]
name = "mail.read"
audience = "https://mail.test"
[[realm.scope]]
name = "read:invoices"
audience = "https://books.test"
[[realm.scope]]
name = "write:invoices"
audience = "https://books.test"
[[realm.client]]
client_id = "web"
client_secret = "web"
grant_types = ["client_credentials"]
origins = ["https://app.test"]
[[realm.client]]
client_id = "late"
client_secret = "late"
grant_types = ["client_credentials"]
[[realm.client]]
client_id = "old"
client_secret = "old"
access_token_type = "JWT"
grant_types = ["client_credentials"]
[[realm.client]]
client_id = "sealed"
client_secret = "sealed"
access_token_format = "opaque"
grant_types = ["client_credentials"]
[[realm.fault]]
kind = "expired-token"
client = "late"
[[realm]]
name = "b"
[[realm.scope]]
name = "mail.read"
[[realm.client]]
client_id = "web"
client_secret = "web"
access_token_format = "opaque"
grant_types = ["client_credentials"]
`

func TestTheAPIHoldsTokensToTheRulesOfTheWalks(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0", "--config", file(t, apiConfig), "--api", "either")
	b := newBrowser(t)
	defer b.close()
	at := "http://" + s.host
	token := func(realm, client, scope string) string {
		return b.service(at+"/realms/"+realm, client, client, oauth2.AuthStyleInHeader, scope).AccessToken
	}
	for name, tt := range map[string]struct {
		token, path string
		status      int
		challenge   string
	}{
		"a JWT":                         {token("a", "web", "mail.read"), "/messages", 200, ""},
		"below the path of base_url":    {token("a", "web", "mail.read"), "/idp/api/messages", 200, ""},
		"a JWT that says JWT":           {token("a", "old", "mail.read"), "/messages", 200, ""},
		"an opaque token":               {token("a", "sealed", "mail.read"), "/messages", 200, ""},
		"an opaque token of realm b":    {token("b", "web", "mail.read"), "/messages", 200, ""},
		"no token":                      {"", "/messages", 401, `Bearer realm="mailbox"`},
		"a text":                        {"hello", "/messages", 401, `error="invalid_token", error_description="the provider says that the token is in force: `},
		"a token for another API":       {token("a", "web", "read:invoices"), "/messages", 401, `error="invalid_token", error_description="aud names this API: expected https://mail.test, got https://books.test`},
		"an opaque one for another API": {token("a", "sealed", "read:invoices"), "/messages", 401, `error_description="aud names this API`},
		"an expired token":              {token("a", "late", "mail.read"), "/messages", 401, `error_description="exp is in the future`},
		"too little scope":              {token("a", "web", "write:invoices"), "/invoices", 403, `error="insufficient_scope"`},
		"too little scope, opaque":      {token("a", "sealed", "write:invoices"), "/invoices", 403, `scope="read:invoices"`},
	} {
		got := b.call(http.MethodGet, at+tt.path, tt.token)
		if got.status != tt.status || !strings.Contains(got.challenge, tt.challenge) || (tt.challenge == "") != (got.challenge == "") {
			t.Errorf("%s: %d %s %s, want %d with %s", name, got.status, got.challenge, got.body, tt.status, tt.challenge)
		}
	}
	for origin, want := range map[string]string{"https://app.test": "https://app.test", "https://evil.test": "", "": ""} {
		asked := b.call(http.MethodOptions, at+"/messages", "", "Origin", origin, "Access-Control-Request-Method", "GET",
			"Access-Control-Request-Headers", "authorization,auth0-client")
		got := b.call(http.MethodGet, at+"/messages", "", "Origin", origin)
		if asked.header.Get("Access-Control-Allow-Origin") != want || got.header.Get("Access-Control-Allow-Origin") != want {
			t.Errorf("pages of %q may read the answer: %v %v", origin, asked.header, got.header)
		}
		if want != "" && !strings.Contains(asked.header.Get("Access-Control-Allow-Headers"), "auth0-client") {
			t.Errorf("the header of a library is not let through: %v", asked.header)
		}
	}
	_, log := s.stop()
	if want := "refused: aud names this API (RFC 9068 §4, token-aud)"; !strings.Contains(log, "GET  /idp/api/messages  client=web") ||
		!strings.Contains(log, "client=web") || !strings.Contains(log, want) {
		t.Errorf("the log lacks %q:\n%s", want, log)
	}
}

func TestWhoAsksTheProviderLearnsOfRevocationAtOnce(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for way, want := range map[string]int{"jwt": http.StatusOK, "introspection": http.StatusUnauthorized} {
		s := startServe(t, "127.0.0.1:0", "--api", way, "--config", file(t, apiConfig))
		b := newBrowser(t)
		at := "http://" + s.host
		token := b.service(at+"/realms/a", "web", "web", oauth2.AuthStyleInHeader, "mail.read").AccessToken
		if got := b.call(http.MethodGet, at+"/messages", token); got.status != http.StatusOK {
			t.Errorf("--api=%s: %d %s", way, got.status, got.challenge)
		}
		form := url.Values{"token": {token}}
		revocation := at + "/realms/a/protocol/openid-connect/revoke"
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, revocation, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.SetBasicAuth("web", "web")
		b.send(req)
		if got := b.call(http.MethodGet, at+"/messages", token); got.status != want {
			t.Errorf("--api=%s: after it was revoked the token is answered %d %s, want %d", way, got.status, got.challenge, want)
		}
		b.close()
		s.stop()
	}
}

func TestTheAPIsAreThereOnlyWhereTheyAreAskedFor(t *testing.T) {
	s := startServe(t, "127.0.0.1:0")
	if status, _ := get(t, strings.TrimSuffix(s.issuer, "/realms/demo")+"/user/profile"); status != http.StatusNotFound {
		t.Errorf("/user/profile answers %d", status)
	}
	s.stop()
}
