package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

// world is a provider with a clock and a browser, made for one case.
type world struct {
	*browser
	clock *mockidp.Clock
	p     *mockidp.Provider
}

func newWorld(tb testing.TB) *world {
	tb.Helper()
	return newWorldOf(tb, rulesRealm())
}

func newWorldOf(tb testing.TB, realm mockidp.Realm) *world {
	tb.Helper()
	c := newClock()
	p := newProvider(tb, mockidp.Config{
		Now: c.Now, Hosts: []string{"idp.example"}, TrustedProxies: []string{"192.0.2.1"},
		Realms: []mockidp.Realm{realm},
	})
	return &world{newBrowser(tb, p), c, p}
}

// everythingOn is a world with every endpoint there is.
func everythingOn(tb testing.TB) *world {
	tb.Helper()
	c, r := newClock(), rulesRealm()
	r.Registration, r.FailedSignInsPerAddress = &mockidp.Registration{}, 20
	p := newProvider(tb, mockidp.Config{Now: c.Now, Hosts: []string{"idp.example"}, Realms: []mockidp.Realm{r}})
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
	}, mockidp.Client{
		ClientID: "app-client", RedirectURIs: []string{callback}, GrantTypes: []string{"authorization_code", "refresh_token"},
		IDTokenSID: true,
	}, mockidp.Client{
		ClientID: "app-next-door", RedirectURIs: []string{callback}, GrantTypes: []string{"authorization_code", "refresh_token"},
	}, mockidp.Client{
		ClientID: "legacy-offline-client", GrantTypes: []string{"password", "refresh_token"},
	}, mockidp.Client{
		ClientID: "legacy-offline-only", GrantTypes: []string{"password", "refresh_token"}, Scope: "offline_access",
	}, mockidp.Client{
		ClientID: "public-service", GrantTypes: []string{"client_credentials"},
	}, mockidp.Client{
		ClientID: "free-service", ClientSecret: "free-secret", GrantTypes: []string{"client_credentials"},
	}, mockidp.Client{
		ClientID: "hybrid-client", ClientSecret: "hybrid-secret", TokenEndpointAuthMethod: "client_secret_post",
		RedirectURIs: []string{callback, "com.myapp:/callback"}, PKCEOptional: true,
		GrantTypes: []string{"authorization_code", "implicit", "refresh_token"}, ResponseTypes: mockidpResponseTypes(),
	}, mockidp.Client{
		ClientID: "one-token-client", RedirectURIs: []string{"https://one.example/cb"}, Scope: "mail.read",
		GrantTypes: []string{"implicit"}, ResponseTypes: []string{"token"},
	}, mockidp.Client{
		ClientID: "idle-service", ClientSecret: "idle-secret", GrantTypes: []string{"client_credentials"}, Scope: "openid email",
	}, mockidp.Client{
		ClientID: "resource-server", ClientSecret: "resource-secret", GrantTypes: []string{},
		Audiences: []string{"https://mailbox.example", "https://invoices.example", realmURL},
	}, mockidp.Client{
		ClientID: "strict-exchange", ClientSecret: "strict-secret",
		GrantTypes:   []string{exchangeGrant, "client_credentials", "authorization_code", "refresh_token"},
		RedirectURIs: []string{callback}, PKCEOptional: false, Audiences: []string{"https://mailbox.example"},
	}, mockidp.Client{
		ClientID: "public-exchange", GrantTypes: []string{exchangeGrant},
	}, mockidp.Client{
		ClientID: "choosy-app", RedirectURIs: []string{callback}, ClientExchange: mockidp.ClientExchange{MayAct: "exchange-client"},
		Scope: "openid",
	}, mockidp.Client{
		ClientID: "player", ClientSecret: "player-secret", GrantTypes: []string{deviceGrant}, Scope: "mail.read",
	}, mockidp.Client{
		ClientID: "offline-player", GrantTypes: []string{deviceGrant, "refresh_token"}, Scope: "offline_access",
	})
	r.Clients = append(append(r.Clients, payer()), signers()...)
	r.Clients = append(r.Clients, append(assertionClients(), opaqueClients()...)...)
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

func basic(id, secret string) string {
	r := http.Request{Header: http.Header{}}
	r.SetBasicAuth(url.QueryEscape(id), url.QueryEscape(secret))
	return r.Header.Get("Authorization")
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
		doorCases(), trustCases(), requestCases(), signInCases(), consentCases(), choiceCases(), tokenCases(),
		assertionCases("token", tokenURL, false), opaqueCases(), codeCases(), userInfoCases(),
		serviceCases(), refreshCases(), passwordCases(), revocationCases(), introspectionCases(),
		logoutCases(), logoutFormCases(), registrationCases(), clientConfigurationCases(), responseCases(), exchangeCases(), claimsCases(),
		deviceCases(), detailsCases(), resourceCases(), pushedCases(), objectCases(), pushedUseCases(), dpopCases(), certificateCases(),
		referenceCases(),
	} {
		all = append(all, cases...)
	}
	return all
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
	namesTheWords(t, got)
}

// namesTheWords holds a refusal that knows which words or which address would
// have been right to saying them: the client that is refused sees the reason,
// and nothing else.
func namesTheWords(t *testing.T, got trace.Check) {
	t.Helper()
	words := strings.Split(got.Expected, " or ")
	if len(words) < 2 && !strings.HasPrefix(got.Expected, "https://") || slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, " ") }) {
		return
	}
	for _, w := range words {
		if !strings.Contains(got.Reason, w) {
			t.Errorf("%s: %q does not name %s", got.ID, got.Reason, w)
		}
	}
}

// kinds holds an answer to the form that its endpoint must give it.
func kinds() map[kind]func(*testing.T, reply, mockidp.Rule) {
	return map[kind]func(*testing.T, reply, mockidp.Rule){
		page: isPage, again: isFormAgain, toClient: isRedirect, challenged: isChallenge, jsonError: isJSONError, inactive: isInactive,
		codeAgain: isCodeAgain,
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
	location, q := res.Header.Get("Location"), res.answer(t)
	if !strings.HasPrefix(location, callback+"?") && !strings.HasPrefix(location, callback+"#") ||
		q.Get("error") != rule.Error || q.Get("iss") != realmURL || q.Has("code") || q.Has("access_token") || q.Has("id_token") {
		t.Errorf("redirects to %s, want error %s", location, rule.Error)
	}
	isDescription(t, q.Get("error_description"))
}

func isChallenge(t *testing.T, res reply, rule mockidp.Rule) {
	t.Helper()
	header := strings.Join(res.Header.Values("WWW-Authenticate"), ", ")
	scheme, _, _ := strings.Cut(header, " ")
	if (scheme != "Bearer" && scheme != "DPoP") || !strings.HasPrefix(header, scheme+` realm="demo"`) ||
		(rule.Error != "") != strings.Contains(header, `error="`+rule.Error+`"`) {
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

// place names the table that a rule stands in: "token", "token password".
func place(r mockidp.Rule) string { return strings.TrimSpace(string(r.Endpoint) + " " + r.Grant) }

func findRule(t *testing.T, endpoint, id string) mockidp.Rule {
	t.Helper()
	for _, r := range mockidp.Rules() {
		if place(r) == endpoint && r.ID == id {
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
	return slices.Concat(detailsKept(), resourceKept(), pushedKept(), dpopKeptCases(), certificateKept(), referenceKept(), []keptCase{
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
		{"token authorization_code", "a public client redeems its code", tokenWith()},
		{"token refresh_token", "an app renews its tokens", func(w *world) reply {
			return w.refresh(w.app("openid mail.read").Refresh, "scope", "mail.read")
		}},
		{"token password", "jane trusts an old app with her password", func(w *world) reply { return w.legacy("scope", "openid") }},
		{"token client_credentials", "a service asks for one scope", serviceWith("scope", "read:invoices")},
		{"token authorization_code", "a confidential client redeems its code", func(w *world) reply {
			const uri = "http://localhost:8080/login/oauth2/code/spring-client-app"
			code := w.code("client_id", "spring-client-app", "redirect_uri", uri)
			return w.post(tokenURL, redeeming(code, "client_id", "", "redirect_uri", uri).Encode(),
				"Authorization", basic("spring-client-app", "spring-client-secret"))
		}},
		{"revocation", "an app gives its token back", func(w *world) reply { return w.revoke(w.app("openid").Access) }},
		{"revocation", "a service gives its token back", func(w *world) reply {
			access := accessTokenOf(w.t, serviceWith()(w))
			return w.post(revokeURL, about(access, "client_id", ""), "Authorization", basic("my-service-client", "my-service-secret"))
		}},
		{"token", "a client signs for itself", func(w *world) reply { return w.asserted(tokenURL, "key-client", nil) }},
		{"revocation", "a client signs for itself", func(w *world) reply { return w.asserted(revokeURL, "key-client", nil) }},
		{"introspection", "a client signs for itself", func(w *world) reply {
			access := accessTokenOf(w.t, w.asserted(tokenURL, "key-client", nil))
			form := asserting(url.Values{"token": {access}}, w.assertionOf("key-client").sign(w.t))
			return w.post(introspectURL, form.Encode())
		}},
		{"introspection", "an API asks about a token", func(w *world) reply { return w.introspect(w.app("openid").Access) }},
		{"device-authorization", "a TV asks for a code", func(w *world) reply { return w.askAsTV("scope", "openid mail.read") }},
		{"device-authorization", "a player with a password asks for a code", func(w *world) reply {
			return w.post(deviceURL, "", "Authorization", basic("player", "player-secret"))
		}},
		{"device-authorization", "a client signs for itself", func(w *world) reply { return w.asserted(deviceURL, "key-client", nil) }},
		{"token " + exchangeGrant, "the mail assistant reads jane's invoices as jane", func(w *world) reply {
			return w.exchange("audience", "https://invoices.example")
		}},
		{"token " + exchangeGrant, "the mail assistant says that it acts for jane", func(w *world) reply {
			return w.exchange("actor_token", w.assistant(), "actor_token_type", kindAccess, "scope", "read:invoices")
		}},
		{"token " + exchangeGrant, "a client narrows a token that is bound to its key", func(w *world) reply {
			h := newHolder(w)
			return h.narrow(h.strict())
		}},
		{"token " + exchangeGrant, "jane's app named who may act", func(w *world) reply {
			return w.exchange("subject_token", w.choosy(), "scope", "openid")
		}},
		{"device", "jane opens the page", func(w *world) reply { return w.get(devicePageURL) }},
		{"device", "jane types the code", func(w *world) reply { return w.typeCode(w.tv().UserCode) }},
		{"consent", "jane allows the TV", func(w *world) reply { return w.allowTV(w.tv().UserCode) }},
		{"token " + deviceGrant, "the TV gets its tokens", func(w *world) reply {
			asked := w.tv()
			w.allowTV(asked.UserCode)
			return w.poll(asked.DeviceCode)
		}},
		{"logout", "an app signs jane out", func(w *world) reply {
			_, id := w.tokens("openid")
			body := url.Values{"id_token_hint": {id}, "client_id": {"mobile-pkce-client"}, "post_logout_redirect_uri": {goodbye}}
			return w.post(logoutURL, body.Encode())
		}},
		{"logout-confirmation", "jane confirms", func(w *world) reply {
			w.code()
			return w.submit(w.logout(), "decision", "approve")
		}},
		{"userinfo", "the token is used", func(w *world) reply {
			access, _ := w.tokens("openid")
			return w.userInfo(access)
		}},
		{"authorization", "tokens in the fragment", authorizeWith(hybrid("response_mode", "fragment")...)},
		{"authorization", "a code by form_post", authorizeWith("response_mode", "form_post")},
		{"authorization", "claims, a context and a page of some size", authorizeWith(
			"claims", `{"userinfo":{"email":null},"id_token":{"acr":{"essential":true,"values":["urn:grantwalk:acr:password"]}}}`, "display",
			"popup")},
		{"sign-in", "jane signs in, as the claims parameter asks", func(w *world) reply {
			return w.signIn(w.authorize("claims", `{"id_token":{"sub":{"value":"user-jane"}}}`), "jane")
		}},
		{"token authorization_code", "a code that was asked for without PKCE", hybridRedeems()},
		{"cookie-check", "an adapter asks about frames", func(w *world) reply { return w.get(oidcURL + "/3p-cookies/step1.html") }},
		{"userinfo", "an opaque token is used", func(w *world) reply { return w.userInfo(w.opaqueApp("openid").Access) }},
		{"certs", "the keys are read", func(w *world) reply { return w.get(oidcURL + "/certs") }},
		{"discovery", "the metadata is read", func(w *world) reply { return w.get(realmURL + "/.well-known/openid-configuration") }},
	})
}

func TestEachRuleIsKeptAndBrokenByACase(t *testing.T) {
	t.Parallel()
	kept, broken := keptRules(t), map[string]bool{}
	for _, c := range allCases() {
		broken[c.endpoint+"/"+c.rule] = true
	}
	seen := map[string]bool{}
	for _, r := range mockidp.Rules() {
		key := place(r) + "/" + r.ID
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
	for _, c := range append(keptCases(), registrationKept()...) {
		res := c.send(newWorld(t))
		if res.check != nil || res.StatusCode >= http.StatusBadRequest {
			t.Errorf("%s: refused with %d: %+v", c.sentence, res.StatusCode, res.check)
		}
		for _, check := range res.all {
			if check.Result == trace.Pass {
				endpoint, _, _ := strings.Cut(c.endpoint, " ")
				kept[endpoint+"/"+check.ID], kept[c.endpoint+"/"+check.ID] = true, true
			}
		}
	}
	return kept
}
