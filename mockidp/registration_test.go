package mockidp_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

const registerURL = realmURL + "/clients-registrations/openid-connect"

// open returns a world of the same kind in which clients can register.
func (w *world) open(policy mockidp.Registration) *world {
	w.t.Helper()
	r := rulesRealm()
	r.Registration = &policy
	c := newClock()
	p := newProvider(w.t, mockidp.Config{Now: c.Now, Realms: []mockidp.Realm{r}})
	return &world{newBrowser(w.t, p), c, p}
}

// strangers returns a world in which anybody may register.
func strangers(tb testing.TB) *world {
	tb.Helper()
	return newWorld(tb).open(mockidp.Registration{})
}

// submission returns the metadata of a good client with members changed: names
// and values by turns, nil removes one.
func submission(change ...any) string {
	m := map[string]any{
		"redirect_uris": []string{callback}, "client_name": "Postcards", "scope": "openid profile email",
	}
	for i := 0; i+1 < len(change); i += 2 {
		name, _ := change[i].(string)
		m[name] = change[i+1]
		if change[i+1] == nil {
			delete(m, name)
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(m)
	return b.String()
}

func (w *world) register(body string, headers ...string) reply {
	w.t.Helper()
	return w.request(http.MethodPost, registerURL, body, append([]string{"Content-Type", "application/json"}, headers...)...)
}

// newcomer is a client that registered itself.
type newcomer struct {
	ID       string   `json:"client_id"`
	Secret   string   `json:"client_secret"`
	Expires  *int64   `json:"client_secret_expires_at"`
	IssuedAt int64    `json:"client_id_issued_at"`
	Token    string   `json:"registration_access_token"`
	URI      string   `json:"registration_client_uri"`
	Name     string   `json:"client_name"`
	Grants   []string `json:"grant_types"`
	Scope    string   `json:"scope"`
	said     map[string]any
}

func readNewcomer(tb testing.TB, res reply, status int) newcomer {
	tb.Helper()
	var n newcomer
	if res.StatusCode != status || json.Unmarshal([]byte(res.body), &n) != nil || json.Unmarshal([]byte(res.body), &n.said) != nil ||
		n.ID == "" || n.Token == "" {
		tb.Fatalf("%d %s", res.StatusCode, res.body)
	}
	return n
}

func (w *world) newcomer(change ...any) newcomer {
	w.t.Helper()
	return readNewcomer(w.t, w.register(submission(change...)), http.StatusCreated)
}

// symbolic returns a world in which a machine was given a secret with symbols.
func (w *world) symbolic() (*world, newcomer) {
	w.t.Helper()
	w = w.open(mockidp.Registration{SymbolsInSecrets: true, GrantTypes: []string{"client_credentials"}})
	return w, w.newcomer("redirect_uris", nil, "grant_types", []string{"client_credentials"}, "scope", nil)
}

// manage sends a request to the client configuration endpoint.
func (w *world) manage(n newcomer, method, body string) reply {
	w.t.Helper()
	headers := []string{"Authorization", "Bearer " + n.Token}
	if body != "" {
		headers = append(headers, "Content-Type", "application/json")
	}
	return w.request(method, n.URI, body, headers...)
}

// metadataCases break the rules about metadata, however they are sent.
func metadataCases(endpoint string, send func(w *world, body string, headers ...string) reply) []ruleCase {
	c := func(rule, sentence string, change ...any) ruleCase {
		return ruleCase{endpoint, rule, sentence, jsonError, 400, func(w *world) reply { return send(w, submission(change...)) }}
	}
	raw := func(rule, sentence, body string) ruleCase {
		return ruleCase{endpoint, rule, sentence, jsonError, 400, func(w *world) reply { return send(w, body) }}
	}
	return []ruleCase{
		{endpoint, "body-is-json", "a form", jsonError, 400, func(w *world) reply {
			return send(w, "a=b", "Content-Type", "application/x-www-form-urlencoded")
		}},
		raw("metadata-object", "a list", "[]"),
		raw("metadata-object", "nothing", ""),
		raw("metadata-object", "two objects", "{}{}"),
		raw("metadata-object", "a name twice", `{"client_name":"a","client_name":"b"}`),
		c("software-statement-absent", "a statement of somebody", "software_statement", "e30.e30."),
		c("metadata-types", "a list where one text belongs", "client_name", []string{"a"}),
		c("metadata-types", "a text where a list belongs", "redirect_uris", callback),
		c("metadata-types", "a text for yes", "require_auth_time", "true"),
		c("metadata-types", "an age below zero", "default_max_age", -1),
		c("metadata-types", "a bad language tag", "client_name#d e", "x"),
		c("metadata-types", "keys that are none", "jwks", map[string]any{"keys": []any{map[string]any{"kty": "x"}}}),
		c("metadata-short", "a name without end", "client_name", strings.Repeat("x", 2049)),
		c("metadata-short", "a list without end", "contacts", make([]string, 33)),
		c("metadata-short", "much of what nobody reads", "x", strings.Repeat("x", 17<<10)),
		c("metadata-supported", "another sub for each client", "subject_type", "pairwise"),
		c("sector-lists-redirect-uris", "a sector that nobody may call", "sector_identifier_uri", "https://192.0.2.1/s"),
		c("metadata-supported", "encryption", "id_token_encrypted_response_alg", "RSA-OAEP"),
		c("metadata-supported", "a strange kind of application", "application_type", "toaster"),
		c("redirect-uris-valid", "a fragment", "redirect_uris", []string{callback + "#x"}),
		c("redirect-uris-valid", "a script", "redirect_uris", []string{"javascript:alert(1)"}),
		c("redirect-uris-valid", "plain http", "redirect_uris", []string{"http://app.example/"}),
		c("redirect-uris-valid", "none", "redirect_uris", nil),
		c("grant-and-response-types-agree", "a code without its grant", "grant_types", []string{"refresh_token"}, "response_types",
			[]string{"code"}),
		c("grant-and-response-types-agree", "a token from the browser without its grant", "response_types", []string{"token"}),
		c("grant-types-open", "a service that needs nobody", "grant_types", []string{"client_credentials"}, "redirect_uris", nil),
		c("metadata-valid", "an unknown scope", "scope", "gold"),
		c("metadata-valid", "an unknown method", "token_endpoint_auth_method", "handshake"),
		c("metadata-valid", "a key by signature without keys", "token_endpoint_auth_method", "private_key_jwt"),
		c("metadata-valid", "a logo that is a script", "logo_uri", "javascript:alert(1)"),
		c("metadata-valid", "a login that is begun over http", "initiate_login_uri", "http://travel.example/login"),
		c("metadata-valid", "a German logo that is a script", "logo_uri#de", "javascript:alert(1)"),
		c("metadata-valid", "an unknown algorithm", "id_token_signed_response_alg", "none"),
	}
}

func registrationCases() []ruleCase {
	own := metadataCases("registration", func(w *world, body string, headers ...string) reply {
		if headers == nil {
			headers = []string{"Content-Type", "application/json"}
		}
		return w.open(mockidp.Registration{}).request(http.MethodPost, registerURL, body, headers...)
	})
	guarded := func(headers ...string) func(*world) reply {
		return func(w *world) reply {
			return w.open(mockidp.Registration{InitialAccessToken: "open sesame"}).register(submission(), headers...)
		}
	}
	return append(own,
		ruleCase{"registration", "method-post", "GET", jsonError, 405, func(w *world) reply {
			return w.open(mockidp.Registration{}).get(registerURL)
		}},
		ruleCase{"registration", "initial-access-token-sent", "none", challenged, 401, guarded()},
		ruleCase{"registration", "initial-access-token-sent", "by another scheme", challenged, 401, guarded("Authorization", basic("a", "b"))},
		ruleCase{"registration", "initial-access-token-matches", "a guess", challenged, 401, guarded("Authorization", "Bearer open barley")},
	)
}

func clientConfigurationCases() []ruleCase {
	update := func(w *world, body string, headers ...string) reply {
		w = w.open(mockidp.Registration{})
		n := w.newcomer()
		if headers == nil {
			headers = []string{"Content-Type", "application/json"}
		}
		return w.request(http.MethodPut, n.URI, body, append(headers, "Authorization", "Bearer "+n.Token)...)
	}
	c := func(rule, sentence string, kind kind, status int, send func(*world, newcomer) reply) ruleCase {
		return ruleCase{"client-configuration", rule, sentence, kind, status, func(w *world) reply {
			w = w.open(mockidp.Registration{})
			return send(w, w.newcomer())
		}}
	}
	changing := func(rule, sentence string, change func(newcomer) []any) ruleCase {
		return c(rule, sentence, jsonError, 400, func(w *world, n newcomer) reply {
			return w.manage(n, http.MethodPut, submission(change(n)...))
		})
	}
	return append(metadataCases("client-configuration", update),
		c("method-get-put-or-delete", "POST", jsonError, 405, func(w *world, n newcomer) reply { return w.manage(n, http.MethodPost, "{}") }),
		c("registration-access-token-sent", "none", challenged, 401, func(w *world, n newcomer) reply { return w.get(n.URI) }),
		c("registration-access-token-matches", "a guess", challenged, 401, func(w *world, n newcomer) reply {
			n.Token = "guess"
			return w.manage(n, http.MethodGet, "")
		}),
		c("registration-access-token-matches", "the token of the client next door", challenged, 401, func(w *world, n newcomer) reply {
			n.Token = w.newcomer().Token
			return w.manage(n, http.MethodDelete, "")
		}),
		c("registration-access-token-matches", "a client of the config", challenged, 401, func(w *world, n newcomer) reply {
			n.URI = registerURL + "/react-client"
			return w.manage(n, http.MethodGet, "")
		}),
		changing("client-id-kept", "none", func(newcomer) []any { return nil }),
		changing("client-id-kept", "another", func(newcomer) []any { return []any{"client_id", "react-client"} }),
		changing("client-secret-kept", "one of its own choice",
			func(n newcomer) []any { return []any{"client_id", n.ID, "client_secret", "mine"} }),
		changing("server-fields-absent", "its token", func(n newcomer) []any {
			return []any{"client_id", n.ID, "client_secret", n.Secret, "registration_access_token", n.Token}
		}),
	)
}

func registrationKept() []keptCase {
	sector := func(w *world) string {
		l := newKeyServer(w.t)
		l.answer.Store(`["` + callback + `"]`)
		return l.URL
	}
	return []keptCase{
		{"registration", "a client of a sector", func(w *world) reply {
			return w.open(mockidp.Registration{}).register(submission("sector_identifier_uri", sector(w)))
		}},
		{"client-configuration", "a client names its sector", func(w *world) reply {
			uri := sector(w)
			w = w.open(mockidp.Registration{})
			n := w.newcomer()
			return w.manage(n, http.MethodPut, submission("client_id", n.ID, "client_secret", n.Secret, "sector_identifier_uri", uri))
		}},
		{"registration", "a client registers with the realm's token", func(w *world) reply {
			return w.open(mockidp.Registration{InitialAccessToken: "open sesame"}).register(submission(), "Authorization", "Bearer open sesame")
		}},
		{"token", "a secret with symbols that is form-encoded", func(w *world) reply {
			w, n := w.symbolic()
			return w.post(tokenURL, url.Values{"grant_type": {"client_credentials"}}.Encode(), "Authorization", basic(n.ID, n.Secret))
		}},
		{"client-configuration", "a client changes its name", func(w *world) reply {
			w = w.open(mockidp.Registration{})
			n := w.newcomer()
			return w.manage(n, http.MethodPut, submission("client_id", n.ID, "client_secret", n.Secret, "client_name", "Letters"))
		}},
	}
}

func TestClientRegistersItselfAndPeopleSignInToIt(t *testing.T) {
	w := strangers(t)
	res := w.register(submission("grant_types", []string{"authorization_code", "refresh_token"}, "x_unknown", 7,
		"client_name#de", "Postkarten", "tos_uri", "https://travel.example/terms", "contacts", []string{"a@b.example"}, "CLIENT_NAME", "shouted",
		"logo_uri", nil))
	n := readNewcomer(t, res, http.StatusCreated)
	if res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("Pragma") != "no-cache" ||
		res.Header.Get("Content-Type") != "application/json" {
		t.Error(res.Header)
	}
	for name, want := range map[string]string{
		"client_name": "Postcards", "client_name#de": "Postkarten", "tos_uri": "https://travel.example/terms", "contacts": "[a@b.example]",
		"token_endpoint_auth_method": "client_secret_basic", "response_types": "[code]", "grant_types": "[authorization_code refresh_token]",
		"id_token_signed_response_alg": "RS256", "application_type": "web", "subject_type": "public", "client_secret_expires_at": "0",
		"redirect_uris": "[" + callback + "]", "registration_client_uri": registerURL + "/" + n.ID, "x_unknown": "<nil>", "CLIENT_NAME": "<nil>",
	} {
		if got := fmt.Sprint(n.said[name]); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	page := w.authorize("client_id", n.ID, "scope", "openid")
	if !strings.Contains(page.body, "Postcards") {
		t.Error("the page does not name the client")
	}
	code := w.code("client_id", n.ID, "scope", "openid")
	set := tokensIn(t, w.post(tokenURL, redeeming(code, "client_id", "").Encode(), "Authorization", basic(n.ID, n.Secret)))
	if res := w.userInfo(set.Access); res.StatusCode != http.StatusOK || set.Refresh == "" {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestPublicClientGetsNoSecret(t *testing.T) {
	w := strangers(t)
	n := w.newcomer("token_endpoint_auth_method", "none", "application_type", "native", "redirect_uris",
		[]string{"com.example.app:/cb", "http://127.0.0.1/cb"})
	if n.Secret != "" || n.Expires != nil {
		t.Errorf("%+v", n)
	}
	if n := w.newcomer(); n.Secret == "" || n.Expires == nil || *n.Expires != 0 || len(n.ID) < 20 {
		t.Errorf("%+v", n)
	}
}

func TestClientReadsChangesAndDeletesItself(t *testing.T) {
	w := strangers(t)
	n := w.newcomer("policy_uri", "https://travel.example/policy")
	read := readNewcomer(t, w.manage(n, http.MethodGet, ""), http.StatusOK)
	if read.Token != n.Token || read.Secret != n.Secret || read.said["policy_uri"] != "https://travel.example/policy" {
		t.Errorf("%v", read.said)
	}
	res := w.manage(n, http.MethodPut, submission("client_id", n.ID, "client_name", "Letters"))
	changed := readNewcomer(t, res, http.StatusOK)
	if changed.Name != "Letters" || changed.Secret != n.Secret || changed.Token == n.Token || changed.IssuedAt != n.IssuedAt ||
		changed.said["policy_uri"] != nil {
		t.Errorf("%s", res.body)
	}
	if old := w.manage(n, http.MethodGet, ""); old.StatusCode != http.StatusUnauthorized {
		t.Errorf("the token of before still works: %d", old.StatusCode)
	}
	gone := w.manage(changed, http.MethodDelete, "")
	if gone.StatusCode != http.StatusNoContent || gone.body != "" || gone.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %s", gone.StatusCode, gone.body)
	}
	if res := w.manage(changed, http.MethodGet, ""); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("%d", res.StatusCode)
	}
	if res := w.authorize("client_id", n.ID); res.check == nil || res.check.ID != "client-known" {
		t.Errorf("%+v", res.check)
	}
}

func TestWhatAClientGotSurvivesAChangeButNotItsDeletion(t *testing.T) {
	w := strangers(t)
	n := w.newcomer("grant_types", []string{"authorization_code", "refresh_token"})
	auth := []string{"Authorization", basic(n.ID, n.Secret)}
	set := tokensIn(t, w.post(tokenURL, redeeming(w.code("client_id", n.ID, "scope", "openid"), "client_id", "").Encode(), auth...))
	waiting := w.code("client_id", n.ID, "scope", "openid")
	form := w.authorize("client_id", n.ID, "scope", "openid", "prompt", "login")
	n = readNewcomer(t, w.manage(n, http.MethodPut,
		submission("client_id", n.ID, "grant_types", []string{"authorization_code", "refresh_token"})), http.StatusOK)
	refresh := func(token string) reply {
		return w.post(tokenURL, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}}.Encode(), auth...)
	}
	set = tokensIn(t, refresh(set.Refresh))
	if res := w.post(introspectURL, about(set.Access, "client_id", ""), auth...); !strings.Contains(res.body, `"active":true`) {
		t.Error(res.body)
	}
	w.manage(n, http.MethodDelete, "")
	if res := w.userInfo(set.Access); res.check == nil || res.check.ID != "token-not-revoked" ||
		!strings.Contains(res.check.Reason, "no longer registered") {
		t.Errorf("%d %+v", res.StatusCode, res.check)
	}
	if res := w.introspect(set.Access); res.body != `{"active":false}` {
		t.Error(res.body)
	}
	if res := refresh(set.Refresh); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("%d", res.StatusCode)
	}
	if res := w.post(tokenURL, redeeming(waiting, "client_id", "").Encode(), auth...); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("%d", res.StatusCode)
	}
	if res := w.signIn(form, "jane"); res.check == nil || res.check.ID != "form-fresh" {
		t.Errorf("a form outlives its client: %d %+v", res.StatusCode, res.check)
	}
}

func TestRegistrationIsNotThereUnlessItIsAskedFor(t *testing.T) {
	w := newWorld(t)
	for _, address := range []string{registerURL, registerURL + "/x"} {
		res := w.request(http.MethodPost, address, submission(), "Content-Type", "application/json")
		if res.StatusCode != http.StatusNotFound || !strings.Contains(res.body, "[realm.registration] in its config lets them") {
			t.Errorf("%d %s", res.StatusCode, res.body)
		}
	}
	const name = "registration_endpoint"
	if doc := w.get(realmURL + "/.well-known/openid-configuration").body; strings.Contains(doc, name) {
		t.Error(doc)
	}
	if doc := strangers(t).get(realmURL + "/.well-known/openid-configuration").body; !strings.Contains(doc, `"`+name+`":"`+registerURL+`"`) {
		t.Error(doc)
	}
}

func TestPolicySaysWhatClientsMayRegisterFor(t *testing.T) {
	w := newWorld(t).open(mockidp.Registration{GrantTypes: []string{"client_credentials"}, PKCEOptional: true})
	n := readNewcomer(t, w.register(submission("grant_types", []string{"client_credentials"}, "redirect_uris", nil, "scope", "read:invoices")),
		http.StatusCreated)
	if n.said["response_types"] == nil || fmt.Sprint(n.said["response_types"]) != "[]" {
		t.Error(n.said)
	}
	accessTokenOf(t, w.post(tokenURL, "grant_type=client_credentials", "Authorization", basic(n.ID, n.Secret)))
	if res := w.register(submission()); res.check == nil || res.check.ID != "grant-types-open" {
		t.Errorf("%+v", res.check)
	}
}

func TestPagesOfAClientThatRegisteredItselfMayCallTheTokenEndpoint(t *testing.T) {
	w := strangers(t)
	preflight := func() string {
		return w.request(http.MethodOptions, tokenURL, "", "Origin", "https://spa.example", "Access-Control-Request-Method",
			"POST").Header.Get("Access-Control-Allow-Origin")
	}
	if preflight() != "" {
		t.Error("before")
	}
	n := w.newcomer("redirect_uris", []string{"https://spa.example/cb"})
	if preflight() != "https://spa.example" {
		t.Error("not after")
	}
	w.manage(n, http.MethodDelete, "")
	if preflight() != "" {
		t.Error("after it is gone")
	}
}

func TestManyRegisterChangeAndLeaveAtOnce(t *testing.T) {
	first := strangers(t)
	lasting := first.newcomer()
	var group sync.WaitGroup
	for range 8 {
		w := &world{newBrowser(t, first.p), first.clock, first.p}
		group.Go(func() {
			for range 10 {
				n := w.newcomer()
				w.authorize("client_id", n.ID, "scope", "openid")
				w.request(http.MethodPost, tokenURL, "", "Origin", "https://nobody.example")
				w.manage(n, http.MethodPut, submission("client_id", n.ID, "client_name", "Letters"))
				w.manage(n, http.MethodDelete, "") // with the token of before: refused
				w.manage(lasting, http.MethodGet, "")
			}
		})
	}
	group.Wait()
	if res := first.manage(lasting, http.MethodGet, ""); res.StatusCode != http.StatusOK {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func FuzzRegistrationNeverLetsInWhatTheConfigWouldRefuse(f *testing.F) {
	seeds := []string{
		submission(), submission("redirect_uris", []string{"javascript:x"}), submission("grant_types", []string{"password"}),
		`{"redirect_uris":null}`, `[]`, `{`,
		`{"redirect_uris":["https://a.example/cb"],"Redirect_URIs":["http://evil.example"]}`, `{"redirect_uris":["com.a:/x"],"jwks":{"keys":[]}}`,
		submission("client_name#de", "x", "default_max_age", 1e10),
		submission("token_endpoint_auth_method", "private_key_jwt", "jwks_uri", "http://[::1]/"),
	}
	for _, s := range seeds {
		f.Add(s)
	}
	if res := strangersQuick(f).register(seeds[0]); res.StatusCode != http.StatusCreated {
		f.Fatalf("no seed registers: %s", res.body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		w := strangersQuick(t)
		res := w.register(body)
		if res.StatusCode >= http.StatusInternalServerError {
			t.Fatalf("%d %s", res.StatusCode, res.body)
		}
		if res.StatusCode != http.StatusCreated {
			return
		}
		n := checkRegistered(t, res)
		if read := w.manage(n, http.MethodGet, ""); read.body != res.body {
			t.Fatalf("registered as\n%s\nread back as\n%s", res.body, read.body)
		}
	})
}

// checkRegistered holds what was registered to the rules, in other words than
// the provider's.
func checkRegistered(t *testing.T, res reply) newcomer {
	t.Helper()
	n := readNewcomer(t, res, http.StatusCreated)
	var said struct {
		RedirectURIs []string `json:"redirect_uris"`
		Method       string   `json:"token_endpoint_auth_method"`
	}
	if err := json.Unmarshal([]byte(res.body), &said); err != nil {
		t.Fatal(err)
	}
	for _, uri := range said.RedirectURIs {
		u, err := url.Parse(uri)
		if err != nil || u.Fragment != "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" && !strings.Contains(u.Scheme, ".") {
			t.Fatalf("registered %q", uri)
		}
	}
	for _, grant := range n.Grants {
		if grant == "password" || grant == "client_credentials" {
			t.Fatalf("registered for %s", grant)
		}
	}
	return n
}

// strangersQuick is a world whose keys cost nothing to make.
func strangersQuick(tb testing.TB) *world {
	tb.Helper()
	demo, err := sharedDemoKeys()
	if err != nil {
		tb.Fatal(err)
	}
	r := mockidp.StoryRealm()
	r.Registration = &mockidp.Registration{}
	p := newProvider(tb, mockidp.Config{Keys: demo, Rand: &counter{}, Realms: []mockidp.Realm{r}})
	return &world{browser: newBrowser(tb, p), p: p}
}
