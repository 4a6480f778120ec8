package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

// world is a provider with a clock and a browser, made for one case.
type world struct {
	*browser
	clock *clock
	p     *mockidp.Provider
}

func newWorld(tb testing.TB) *world {
	tb.Helper()
	c := newClock()
	p := newProvider(tb, mockidp.Config{
		Now: c.Now, Hosts: []string{"idp.example"},
		Realms: []mockidp.Realm{rulesRealm()},
	})
	return &world{newBrowser(tb, p), c, p}
}

// rulesRealm is the story's realm with the odd clients that some rules need.
func rulesRealm() mockidp.Realm {
	r := mockidp.StoryRealm()
	r.Clients = append(r.Clients, mockidp.Client{
		ClientID: "one-uri-client", RedirectURIs: []string{"https://one.example/cb"}, Scope: "mail.read",
	}, mockidp.Client{
		ClientID: "service-client", ClientSecret: "s3cret:&%", TokenEndpointAuthMethod: "client_secret_post",
		RedirectURIs: []string{callback}, GrantTypes: []string{}, ResponseTypes: []string{},
	})
	return r
}

// request sends any method anywhere.
func (w *world) request(method, address, body string, headers ...string) reply {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return w.do(r)
}

func (w *world) token(change ...string) reply {
	w.t.Helper()
	return w.post(tokenURL, redeeming(w.code(), change...).Encode())
}

// accessToken walks to an access token for these scopes.
func (w *world) tokens(scope string) (access, id string) {
	w.t.Helper()
	res := w.post(tokenURL, redeeming(w.code("scope", scope)).Encode())
	var got struct {
		AccessToken string `json:"access_token"`
		IDToken     string `json:"id_token"`
	}
	if err := json.Unmarshal([]byte(res.body), &got); err != nil || got.AccessToken == "" {
		w.t.Fatalf("no token: %s", res.body)
	}
	return got.AccessToken, got.IDToken
}

func (w *world) userInfo(token string) reply {
	w.t.Helper()
	return w.request(http.MethodGet, oidcURL+"/userinfo", "", "Authorization", "Bearer "+token)
}

// kind is how a refusal reaches whoever must know.
type kind string

const (
	page       kind = "page"
	toClient   kind = "redirect"
	jsonError  kind = "json"
	challenged kind = "challenge"
	again      kind = "form again"
)

// ruleCase breaks one rule.
type ruleCase struct {
	endpoint string
	rule     string
	sentence string
	kind     kind
	status   int
	send     func(*world) reply
}

// authorizeWith is a case's request to the authorization endpoint.
func authorizeWith(change ...string) func(*world) reply {
	return func(w *world) reply { return w.authorize(change...) }
}

func tokenWith(change ...string) func(*world) reply {
	return func(w *world) reply { return w.token(change...) }
}

func doorCases() []ruleCase {
	return []ruleCase{
		{"every", "host-known", "the provider is asked under somebody else's name", page, 421, func(w *world) reply {
			return w.get(strings.Replace(authURL, "idp.example", "evil.example", 1))
		}},
		{"every", "url-short", "a URL of 17 KiB", page, 414, authorizeWith("state", strings.Repeat("a", 17<<10))},
		{"every", "body-short", "a body of 65 KiB", page, 413, func(w *world) reply {
			return w.post(tokenURL, "a="+strings.Repeat("a", 65<<10))
		}},
		{"certs", "method-get", "the keys are asked for by POST", jsonError, 405, func(w *world) reply {
			return w.post(oidcURL+"/certs", "")
		}},
		{"discovery", "method-get", "the metadata is deleted", jsonError, 405, func(w *world) reply {
			return w.request(http.MethodDelete, realmURL+"/.well-known/openid-configuration", "")
		}},
	}
}

func trustCases() []ruleCase {
	return []ruleCase{
		{"authorization", "method-get-or-post", "PUT", page, 405, func(w *world) reply {
			return w.request(http.MethodPut, authURL+"?"+with().Encode(), "")
		}},
		{"authorization", "body-is-form", "the parameters come as JSON", page, 415, func(w *world) reply {
			return w.request(http.MethodPost, authURL, `{"client_id":"mobile-pkce-client"}`, "Content-Type", "application/json")
		}},
		{"authorization", "parameters-encoded", "a percent sign stands alone", page, 400, func(w *world) reply {
			return w.get(authURL + "?" + with().Encode() + "&x=%zz")
		}},
		{"authorization", "client-and-redirect-once", "two redirect_uri", page, 400, func(w *world) reply {
			return w.get(authURL + "?" + with().Encode() + "&redirect_uri=https://evil.example/")
		}},
		{"authorization", "client-known", "nobody registered this client", page, 400, authorizeWith("client_id", "nobody")},
		{"authorization", "client-known", "no client_id", page, 400, authorizeWith("client_id", "")},
		{"authorization", "redirect-uri-present", "OpenID Connect without redirect_uri", page, 400, authorizeWith("redirect_uri", "")},
		{"authorization", "redirect-uri-present", "several to choose from", page, 400, authorizeWith("redirect_uri", "", "scope", "mail.read")},
		{"authorization", "redirect-uri-registered", "one character more", page, 400, authorizeWith("redirect_uri", callback+"/")},
	}
}

func requestCases() []ruleCase {
	c := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"authorization", rule, sentence, toClient, 303, send}
	}
	return []ruleCase{
		c("parameters-once", "two nonces", func(w *world) reply {
			return w.get(authURL + "?" + with().Encode() + "&nonce=another")
		}),
		c("parameters-short", "a state of 5 KiB", authorizeWith("state", strings.Repeat("a", 5<<10))),
		c("state-printable", "a line break in state", authorizeWith("state", "a\r\nb")),
		c("request-object-absent", "a request object", authorizeWith("request", "e30.e30.")),
		c("request-uri-absent", "a request_uri", authorizeWith("request_uri", "https://travel.example/r")),
		c("registration-absent", "a registration", authorizeWith("registration", "{}")),
		c("response-type-present", "no response_type", authorizeWith("response_type", "")),
		c("response-type-supported", "the implicit response type", authorizeWith("response_type", "token")),
		c("response-type-allowed", "a client for which no response type is registered", authorizeWith("client_id", "service-client")),
		c("response-mode-query", "the answer wanted in the fragment", authorizeWith("response_mode", "fragment")),
		c("scope-present", "no scope", authorizeWith("scope", "")),
		c("scope-syntax", "quotes in scope", authorizeWith("scope", `openid "mail"`)),
		c("scope-syntax", "two spaces in scope", authorizeWith("scope", "openid  mail.read")),
		c("scope-allowed", "a scope that nobody knows", authorizeWith("scope", "openid mail.delete")),
		c("code-challenge-present", "no PKCE", authorizeWith("code_challenge", "", "code_challenge_method", "")),
		c("code-challenge-method", "plain", authorizeWith("code_challenge_method", "plain")),
		c("code-challenge-method", "no method, which means plain", authorizeWith("code_challenge_method", "")),
		c("code-challenge-syntax", "a challenge of 44 characters", authorizeWith("code_challenge", challenge+"a")),
		c("code-challenge-syntax", "a challenge with padding", authorizeWith("code_challenge", challenge[:42]+"=")),
		c("prompt-known", "an unknown prompt", authorizeWith("prompt", "shout")),
		c("prompt-none-alone", "prompt none and login", authorizeWith("prompt", "none login")),
		c("max-age-number", "a negative max_age", authorizeWith("max_age", "-1")),
		c("id-token-hint-genuine", "a hint that is no token", authorizeWith("id_token_hint", "jane")),
		c("id-token-hint-genuine", "an access token as hint", func(w *world) reply {
			access, _ := w.tokens("openid")
			return w.authorize("id_token_hint", access)
		}),
		c("silent-sign-in", "prompt=none and nobody signed in", authorizeWith("prompt", "none")),
		c("silent-sign-in", "prompt=none and signed in too long ago", func(w *world) reply {
			w.code()
			w.clock.move(time.Minute)
			return w.authorize("prompt", "none", "max_age", "30")
		}),
		c("silent-consent", "prompt=none and a new scope", func(w *world) reply {
			w.code()
			return w.authorize("prompt", "none", "scope", "openid mail.read email")
		}),
	}
}

// formCases break the rules that both forms have.
func formCases(endpoint, address string, shown func(*world) reply) []ruleCase {
	return []ruleCase{
		{endpoint, "method-post", "GET", page, 405, func(w *world) reply { return w.get(address) }},
		{endpoint, "body-is-form", "JSON", page, 415, func(w *world) reply {
			return w.request(http.MethodPost, address, "{}", "Content-Type", "application/json")
		}},
		{endpoint, "parameters-encoded", "bytes that are not UTF-8", page, 400, func(w *world) reply { return w.post(address, "username=%ff") }},
		{endpoint, "parameters-once", "two user names", page, 400, func(w *world) reply { return w.post(address, "username=a&username=b") }},
		{endpoint, "cookie-sent", "a browser without cookies", page, 403, func(w *world) reply {
			p := shown(w)
			w.reset()
			return w.submit(p)
		}},
		{endpoint, "form-genuine", "a page of another site sends the form", page, 403, func(w *world) reply {
			return w.submit(shown(w), "csrf_token", "forged")
		}},
		{endpoint, "form-genuine", "a form made for another browser", page, 403, func(w *world) reply {
			p := shown(w)
			w.reset()
			w.authorize()
			return w.submit(p)
		}},
		{endpoint, "form-fresh", "eleven minutes later", page, 400, func(w *world) reply {
			p := shown(w)
			w.clock.move(11 * time.Minute)
			return w.submit(p)
		}},
	}
}

func signInCases() []ruleCase {
	shown := func(w *world) reply { return w.authorize() }
	return append(formCases("sign-in", authURL+"/sign-in", shown), []ruleCase{
		{"sign-in", "name-and-password-match", "the password of somebody else", again, 403, func(w *world) reply {
			return w.submit(w.authorize(), "username", "jane", "password", "sam")
		}},
		{"sign-in", "name-and-password-match", "nobody has this name", again, 403, func(w *world) reply {
			return w.signIn(w.authorize(), "nobody")
		}},
		{"sign-in", "attempts-left", "the sixth attempt, though right", again, 429, func(w *world) reply {
			p := w.authorize()
			for range 5 {
				w.submit(p, "username", "jane", "password", "guess")
			}
			return w.signIn(p, "jane")
		}},
		{"sign-in", "hinted-person", "sam signs in where jane was asked for", toClient, 303, func(w *world) reply {
			_, id := w.tokens("openid")
			w.reset()
			return w.signIn(w.authorize("id_token_hint", id), "sam")
		}},
	}...)
}

func consentCases() []ruleCase {
	shown := func(w *world) reply { return w.signIn(w.authorize(), "jane") }
	return append(formCases("consent", authURL+"/consent", shown), []ruleCase{
		{"consent", "form-fresh", "the form is sent a second time", page, 400, func(w *world) reply {
			p := shown(w)
			w.submit(p, "decision", "approve")
			return w.submit(p, "decision", "approve")
		}},
		{"consent", "signed-in", "consent before signing in", page, 403, func(w *world) reply {
			p := w.authorize()
			_, fields := readForm(w.t, p.body)
			fields.Set("decision", "approve")
			return w.post(authURL+"/consent", fields.Encode())
		}},
		{"consent", "decision-known", "neither yes nor no", page, 400, func(w *world) reply { return w.submit(shown(w), "decision", "perhaps") }},
		{"consent", "consent-given", "no", toClient, 303, func(w *world) reply { return w.submit(shown(w), "decision", "refuse") }},
	}...)
}

func basic(id, secret string) string {
	r := http.Request{Header: http.Header{}}
	r.SetBasicAuth(url.QueryEscape(id), url.QueryEscape(secret))
	return r.Header.Get("Authorization")
}

func tokenCases() []ruleCase {
	c := func(rule, sentence string, status int, send func(*world) reply) ruleCase {
		return ruleCase{"token", rule, sentence, jsonError, status, send}
	}
	return []ruleCase{
		c("method-post", "GET", 405, func(w *world) reply { return w.get(tokenURL + "?" + redeeming("x").Encode()) }),
		c("body-is-form", "JSON", 400, func(w *world) reply {
			return w.request(http.MethodPost, tokenURL, `{"grant_type":"authorization_code"}`, "Content-Type", "application/json")
		}),
		c("parameters-encoded", "a percent sign stands alone", 400, func(w *world) reply { return w.post(tokenURL, "code=%") }),
		c("parameters-once", "two codes", 400, func(w *world) reply { return w.post(tokenURL, redeeming("x").Encode()+"&code=y") }),
		c("parameters-in-body", "the code in the URL", 400, func(w *world) reply {
			return w.post(tokenURL+"?code="+w.code(), redeeming("").Encode())
		}),
		c("client-authenticates-once", "secret in header and body", 400, func(w *world) reply {
			return w.post(tokenURL, redeeming("x", "client_id", "spring-client-app", "client_secret", "spring-client-secret").Encode(),
				"Authorization", basic("spring-client-app", "spring-client-secret"))
		}),
		c("client-authenticates-once", "two different names", 400, func(w *world) reply {
			return w.post(tokenURL, redeeming("x").Encode(), "Authorization", basic("spring-client-app", "spring-client-secret"))
		}),
		c("authorization-header-basic", "a bearer token", 401, func(w *world) reply {
			return w.post(tokenURL, redeeming("x").Encode(), "Authorization", "Bearer x")
		}),
		c("client-known", "nobody registered this client", 400, tokenWith("client_id", "nobody")),
		c("client-known", "no client_id", 400, tokenWith("client_id", "")),
		c("client-known", "an unknown client in the header", 401, func(w *world) reply {
			return w.post(tokenURL, redeeming("x", "client_id", "").Encode(), "Authorization", basic("nobody", "x"))
		}),
		c("client-auth-method", "a public client sends a secret", 400, tokenWith("client_secret", "x")),
		c("client-auth-method", "a public client sends an empty secret by Basic", 401, func(w *world) reply {
			return w.post(tokenURL, redeeming("x", "client_id", "").Encode(), "Authorization", basic("mobile-pkce-client", ""))
		}),
		c("client-auth-method", "a confidential client sends no secret", 400, tokenWith("client_id", "spring-client-app")),
		c("client-secret-matches", "a wrong secret", 401, func(w *world) reply {
			return w.post(tokenURL, redeeming("x", "client_id", "").Encode(), "Authorization", basic("spring-client-app", "wrong"))
		}),
		c("grant-type-present", "no grant_type", 400, tokenWith("grant_type", "")),
		c("grant-type-supported", "the password grant", 400, tokenWith("grant_type", "password")),
		c("grant-type-allowed", "a client for which no grant is registered", 400,
			tokenWith("client_id", "service-client", "client_secret", "s3cret:&%")),
	}
}

func codeCases() []ruleCase {
	c := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"token", rule, sentence, jsonError, 400, send}
	}
	return []ruleCase{
		c("code-present", "no code", tokenWith("code", "")),
		c("code-known", "a made-up code", tokenWith("code", "made-up")),
		c("code-issued-to-client", "another client brings it", tokenWith("client_id", "react-client")),
		c("code-unused", "the same request twice", func(w *world) reply {
			body := redeeming(w.code()).Encode()
			w.post(tokenURL, body)
			return w.post(tokenURL, body)
		}),
		c("code-unused", "again after a wrong verifier", func(w *world) reply {
			code := w.code()
			w.post(tokenURL, redeeming(code, "code_verifier", strings.Repeat("x", 43)).Encode())
			return w.post(tokenURL, redeeming(code).Encode())
		}),
		c("code-fresh", "61 seconds later", func(w *world) reply {
			code := w.code()
			w.clock.move(61 * time.Second)
			return w.post(tokenURL, redeeming(code).Encode())
		}),
		c("redirect-uri-same", "another registered redirect_uri", tokenWith("redirect_uri", "com.myapp:/callback")),
		c("redirect-uri-same", "no redirect_uri", tokenWith("redirect_uri", "")),
		c("code-verifier-present", "no verifier", tokenWith("code_verifier", "")),
		c("code-verifier-syntax", "a verifier of 42 characters", tokenWith("code_verifier", verifier[:42])),
		c("code-verifier-syntax", "a verifier of 129 characters", tokenWith("code_verifier", strings.Repeat("x", 129))),
		c("code-verifier-matches", "another verifier", tokenWith("code_verifier", strings.Repeat("x", 43))),
	}
}

func userInfoCases() []ruleCase {
	c := func(rule, sentence string, status int, send func(*world) reply) ruleCase {
		return ruleCase{"userinfo", rule, sentence, challenged, status, send}
	}
	return []ruleCase{
		{"userinfo", "method-get-or-post", "DELETE", jsonError, 405, func(w *world) reply {
			return w.request(http.MethodDelete, oidcURL+"/userinfo", "")
		}},
		c("token-not-in-query", "the token in the URL", 400, func(w *world) reply {
			access, _ := w.tokens("openid")
			return w.get(oidcURL + "/userinfo?access_token=" + access)
		}),
		c("token-present", "no token", 401, func(w *world) reply { return w.get(oidcURL + "/userinfo") }),
		c("token-sent-once", "the token in header and body", 400, func(w *world) reply {
			access, _ := w.tokens("openid")
			return w.post(oidcURL+"/userinfo", "access_token="+access, "Authorization", "Bearer "+access)
		}),
		c("token-is-jwt", "a word", 401, func(w *world) reply { return w.userInfo("password") }),
		c("token-type", "the ID token", 401, func(w *world) reply {
			_, id := w.tokens("openid")
			return w.userInfo(id)
		}),
		c("token-signature", "a changed token", 401, func(w *world) reply {
			access, _ := w.tokens("openid")
			parts := strings.Split(access, ".")
			return w.userInfo(parts[0] + "." + parts[1] + "." + strings.Repeat("A", len(parts[2])))
		}),
		c("token-issuer", "a token of the issuer next door", 401, func(w *world) reply {
			access, _ := w.tokens("openid")
			return w.request(http.MethodGet, strings.Replace(oidcURL, "/realms", "/auth/realms", 1)+"/userinfo", "",
				"Authorization", "Bearer "+access)
		}),
		c("token-audience", "a token for the mailbox only", 401, func(w *world) reply {
			access, _ := w.tokens("mail.read")
			return w.userInfo(access)
		}),
		c("token-not-expired", "300 seconds later", 401, func(w *world) reply {
			access, _ := w.tokens("openid")
			w.clock.move(300 * time.Second)
			return w.userInfo(access)
		}),
		c("token-not-revoked", "its code was used twice", 401, func(w *world) reply {
			code := w.code()
			res := w.post(tokenURL, redeeming(code).Encode())
			w.post(tokenURL, redeeming(code).Encode())
			return w.userInfo(accessTokenOf(w.t, res))
		}),
		c("scope-openid", "a token with email alone", 403, func(w *world) reply {
			access, _ := w.tokens("email")
			return w.userInfo(access)
		}),
	}
}

func accessTokenOf(tb testing.TB, res reply) string {
	tb.Helper()
	var got struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(res.body), &got); err != nil || got.AccessToken == "" {
		tb.Fatalf("no access token in %s", res.body)
	}
	return got.AccessToken
}

func allCases() []ruleCase {
	var all []ruleCase
	for _, cases := range [][]ruleCase{
		doorCases(), trustCases(), requestCases(), signInCases(), consentCases(), tokenCases(), codeCases(), userInfoCases(),
	} {
		all = append(all, cases...)
	}
	return all
}

func TestEachBrokenRuleIsNamedAndAnswered(t *testing.T) {
	for _, c := range allCases() {
		t.Run(c.endpoint+"/"+c.rule+"/"+c.sentence, func(t *testing.T) {
			res := c.send(newWorld(t))
			rule := findRule(t, c.endpoint, c.rule)
			checkRecord(t, res, rule)
			if res.StatusCode != c.status {
				t.Errorf("status %d, want %d", res.StatusCode, c.status)
			}
			if location := res.Header.Get("Location"); c.kind != toClient && location != "" {
				t.Errorf("redirects to %s", location)
			}
			kinds()[c.kind](t, res, rule)
		})
	}
}

// checkRecord holds the failed check to the rule as it is listed.
func checkRecord(t *testing.T, res reply, rule mockidp.Rule) {
	t.Helper()
	if res.check == nil || res.check.ID != rule.ID {
		t.Fatalf("broke %+v; answer %d %s", res.check, res.StatusCode, res.body)
	}
	if last := res.all[len(res.all)-1]; last.Result != trace.Fail {
		t.Errorf("went on after the failure, to %s", last.ID)
	}
	got := *res.check
	if got.By != trace.AuthorizationServer || got.Rule != rule.Rule || got.Spec != rule.Spec || got.Error != rule.Error {
		t.Errorf("recorded %+v, listed %+v", got, rule)
	}
	if got.Expected == "" || got.Got == "" || got.Reason == "" {
		t.Errorf("check says too little: %+v", got)
	}
}

// kinds holds an answer to the form that its endpoint must give it.
func kinds() map[kind]func(*testing.T, reply, mockidp.Rule) {
	return map[kind]func(*testing.T, reply, mockidp.Rule){
		page: isPage, again: isFormAgain, toClient: isRedirect, challenged: isChallenge, jsonError: isJSONError,
	}
}

func isPage(t *testing.T, res reply, rule mockidp.Rule) {
	t.Helper()
	for _, want := range []string{rule.Rule, `role="alert"`, "<h1>"} {
		if !strings.Contains(res.body, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
}

func isFormAgain(t *testing.T, res reply, _ mockidp.Rule) {
	t.Helper()
	if !strings.Contains(res.body, `role="alert"`) || !strings.Contains(res.body, `name="password"`) {
		t.Error("the form is not shown again with an alert")
	}
}

func isRedirect(t *testing.T, res reply, rule mockidp.Rule) {
	t.Helper()
	location, q := res.Header.Get("Location"), res.location().Query()
	if !strings.HasPrefix(location, callback+"?") || q.Get("error") != rule.Error || q.Get("iss") != realmURL || q.Get("code") != "" {
		t.Errorf("redirects to %s, want error %s", location, rule.Error)
	}
	isDescription(t, q.Get("error_description"))
}

func isChallenge(t *testing.T, res reply, rule mockidp.Rule) {
	t.Helper()
	header := res.Header.Get("WWW-Authenticate")
	if !strings.HasPrefix(header, `Bearer realm="demo"`) || (rule.Error != "") != strings.Contains(header, `error="`+rule.Error+`"`) {
		t.Errorf("WWW-Authenticate: %s", header)
	}
}

func isJSONError(t *testing.T, res reply, rule mockidp.Rule) {
	t.Helper()
	var got struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	if err := json.Unmarshal([]byte(res.body), &got); err != nil || got.Error != rule.Error {
		t.Errorf("body %s (%v), want error %s", res.body, err, rule.Error)
	}
	isDescription(t, got.Description)
}

// isDescription is the alphabet of RFC 6749 section 5.2.
func isDescription(t *testing.T, s string) {
	t.Helper()
	if s == "" {
		t.Error("no error_description")
	}
	for _, r := range s {
		if r < 0x20 || r > 0x7e || r == '"' || r == '\\' {
			t.Errorf("error_description holds %q: %s", r, s)
		}
	}
}

func findRule(t *testing.T, endpoint, id string) mockidp.Rule {
	t.Helper()
	for _, r := range mockidp.Rules() {
		if r.Endpoint == endpoint && r.ID == id {
			return r
		}
	}
	t.Fatalf("no rule %s at %s", id, endpoint)
	return mockidp.Rule{}
}

// keptCase keeps rules that not every good request comes across.
type keptCase struct {
	endpoint string
	sentence string
	send     func(*world) reply
}

func keptCases() []keptCase {
	return []keptCase{
		{"authorization", "a good request", authorizeWith()},
		{"authorization", "a good request by POST", func(w *world) reply { return w.post(authURL, with().Encode()) }},
		{"authorization", "prompt=login and max_age", authorizeWith("prompt", "login", "max_age", "60")},
		{"authorization", "prompt=none once all is known", func(w *world) reply {
			_, id := w.tokens("openid")
			return w.authorize("scope", "openid", "prompt", "none", "id_token_hint", id)
		}},
		{"sign-in", "jane signs in", func(w *world) reply { return w.signIn(w.authorize(), "jane") }},
		{"sign-in", "jane signs in, as the client expects", func(w *world) reply {
			_, id := w.tokens("openid")
			w.reset()
			return w.signIn(w.authorize("id_token_hint", id), "jane")
		}},
		{"consent", "jane agrees", func(w *world) reply {
			return w.submit(w.signIn(w.authorize(), "jane"), "decision", "approve")
		}},
		{"token", "a public client redeems its code", tokenWith()},
		{"token", "a confidential client redeems its code", func(w *world) reply {
			const uri = "http://localhost:8080/login/oauth2/code/spring-client-app"
			code := w.code("client_id", "spring-client-app", "redirect_uri", uri)
			return w.post(tokenURL, redeeming(code, "client_id", "", "redirect_uri", uri).Encode(),
				"Authorization", basic("spring-client-app", "spring-client-secret"))
		}},
		{"userinfo", "the token is used", func(w *world) reply {
			access, _ := w.tokens("openid")
			return w.userInfo(access)
		}},
		{"certs", "the keys are read", func(w *world) reply { return w.get(oidcURL + "/certs") }},
		{"discovery", "the metadata is read", func(w *world) reply { return w.get(realmURL + "/.well-known/openid-configuration") }},
	}
}

func TestEachRuleIsKeptAndBrokenByACase(t *testing.T) {
	kept, broken := keptRules(t), map[string]bool{}
	for _, c := range allCases() {
		broken[c.endpoint+"/"+c.rule] = true
	}
	seen := map[string]bool{}
	for _, r := range mockidp.Rules() {
		key := r.Endpoint + "/" + r.ID
		if seen[key] {
			t.Errorf("%s: two rules have this name", key)
		}
		seen[key] = true
		if !broken[key] {
			t.Errorf("%s: no case breaks it", key)
		}
		// The rules at the door are recorded only when they fail; every
		// good request keeps them.
		if !kept[key] && r.Endpoint != "every" {
			t.Errorf("%s: no case keeps it", key)
		}
	}
}

// keptRules sends the good requests and returns the rules that passed.
func keptRules(t *testing.T) map[string]bool {
	t.Helper()
	kept := map[string]bool{}
	for _, c := range keptCases() {
		res := c.send(newWorld(t))
		if res.check != nil || res.StatusCode >= http.StatusBadRequest {
			t.Errorf("%s: refused with %d: %+v", c.sentence, res.StatusCode, res.check)
		}
		for _, check := range res.all {
			if check.Result == trace.Pass {
				kept[c.endpoint+"/"+check.ID] = true
			}
		}
	}
	return kept
}
