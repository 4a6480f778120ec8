package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

const (
	exchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange"
	kindAccess    = "urn:ietf:params:oauth:token-type:access_token"
	kindID        = "urn:ietf:params:oauth:token-type:id_token"
	kindJWT       = "urn:ietf:params:oauth:token-type:jwt"
	kindRefresh   = "urn:ietf:params:oauth:token-type:refresh_token"
	invoicesAPI   = "https://invoices.example"
	mailboxAPI    = "https://mailbox.example"
)

// exchange is the mail assistant trading jane's token for the mailbox, unless
// changed.
func (w *world) exchange(change ...string) reply {
	w.t.Helper()
	return w.exchangeBy("exchange-client", "exchange-client-secret", change...)
}

func (w *world) exchangeBy(id, secret string, change ...string) reply {
	w.t.Helper()
	form := url.Values{"grant_type": {exchangeGrant}, "subject_token_type": {kindAccess}, "scope": {"read:invoices"}}
	form = changed(form, change...)
	if !form.Has("subject_token") {
		access, _ := w.tokens("openid mail.read")
		form.Set("subject_token", access)
	}
	if form.Has("audience") || form.Has("resource") {
		form.Del("scope")
	}
	return w.post(tokenURL, form.Encode(), "Authorization", basic(id, secret))
}

// assistant is a token of the mail assistant's own.
func (w *world) assistant() string {
	w.t.Helper()
	return accessTokenOf(w.t, w.service("exchange-client", "exchange-client-secret"))
}

// choosy is a token of jane's that names who may act for her.
func (w *world) choosy() string {
	w.t.Helper()
	code := w.code("client_id", "choosy-app", "scope", "openid")
	return accessTokenOf(w.t, w.post(tokenURL, redeeming(code, "client_id", "choosy-app").Encode()))
}

// strict returns jane's tokens of a client that may exchange but not
// impersonate.
func (w *world) strict(scope string) tokenSet {
	w.t.Helper()
	code := w.code("client_id", "strict-exchange", "scope", scope)
	return tokensIn(w.t, w.post(tokenURL, redeeming(code, "client_id", "").Encode(), "Authorization",
		basic("strict-exchange", "strict-secret")))
}

// strict returns a token of strict-exchange that is bound to the key, and how
// it is narrowed.
func (h *holder) strict() (token string, more []string) {
	h.tb.Helper()
	code := h.w.code("client_id", "strict-exchange", "scope", "openid mail.read")
	set := tokensIn(h.tb, h.w.post(tokenURL, redeeming(code, "client_id", "").Encode(),
		"Authorization", basic("strict-exchange", "strict-secret"), "DPoP", h.proof(http.MethodPost, tokenURL)))
	return set.Access, []string{"actor_token", set.ID, "actor_token_type", kindID, "scope", "mail.read"}
}

// narrow exchanges such a token with a proof.
func (h *holder) narrow(subject string, more []string) reply {
	h.tb.Helper()
	form := changed(url.Values{"grant_type": {exchangeGrant}, "subject_token": {subject}, "subject_token_type": {kindAccess}}, more...)
	return h.w.post(tokenURL, form.Encode(), "Authorization", basic("strict-exchange", "strict-secret"), "DPoP",
		h.proof(http.MethodPost, tokenURL))
}

func TestAnExchangedTokenIsBoundToTheKeyOfTheClient(t *testing.T) {
	w := newWorld(t)
	h := newHolder(w)
	res := h.narrow(h.strict())
	claims := claimsOf(t, accessTokenOf(t, res))
	if !strings.Contains(res.body, `"token_type":"DPoP"`) || !equalJSON(t, claims["cnf"], `{"jkt":"`+h.thumbprint()+`"}`) {
		t.Errorf("%s %v", res.body, claims)
	}
}

// exchangedTimes exchanges a token n times, one after the other.
func (w *world) exchangedTimes(n int) reply {
	w.t.Helper()
	res := w.exchange()
	for range n - 1 {
		res = w.exchange("subject_token", accessTokenOf(w.t, res))
	}
	return res
}

func exchangeCases() []ruleCase {
	c := func(rule, sentence string, change ...string) ruleCase {
		return ruleCase{"token " + exchangeGrant, rule, sentence, jsonError, 400, func(w *world) reply { return w.exchange(change...) }}
	}
	by := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"token " + exchangeGrant, rule, sentence, jsonError, 400, send}
	}
	return append(exchangeTokenCases(by),
		c("subject-token-type-known", "no type", "subject_token_type", ""),
		c("subject-token-type-known", "a SAML assertion", "subject_token_type", "urn:ietf:params:oauth:token-type:saml2"),
		c("subject-token-valid", "a made-up token", "subject_token", "made-up"),
		c("subject-token-valid", "an access token that is said to be an ID token", "subject_token_type", kindID),
		c("subject-token-valid", "an access token that is said to be a refresh token", "subject_token_type", kindRefresh),
		c("actor-token-typed", "a type without a token", "actor_token_type", kindAccess),
		c("actor-token-typed", "a token without a type", "actor_token", "x"),
		c("actor-token-type-known", "a refresh token acts", "actor_token", "x", "actor_token_type", kindRefresh),
		c("actor-token-valid", "a made-up actor", "actor_token", "x", "actor_token_type", kindJWT),
		c("requested-token-type-supported", "a refresh token is asked for", "requested_token_type", kindRefresh),
		c("resource-absolute", "a path", "resource", "/invoices"),
		c("resource-absolute", "a fragment", "resource", invoicesAPI+"#x"),
		c("target-known", "a service that nobody knows", "audience", "https://evil.example"),
		c("target-known", "a resource that nobody knows", "resource", "https://evil.example/"),
		c("scope-syntax", "two spaces", "scope", "read:invoices  openid"),
		c("scope-exchangeable", "a scope that neither has", "scope", "write:invoices"),
		c("scope-exchangeable", "a scope that nobody has", "scope", "gold"),
	)
}

func exchangeTokenCases(by func(string, string, func(*world) reply) ruleCase) []ruleCase {
	strict := func(change ...string) func(*world) reply {
		return func(w *world) reply { return w.exchangeBy("strict-exchange", "strict-secret", change...) }
	}
	return []ruleCase{
		by("client-confidential", "a public client", func(w *world) reply {
			return w.post(tokenURL, url.Values{"grant_type": {exchangeGrant}, "client_id": {"public-exchange"}}.Encode())
		}),
		by("subject-token-present", "none", func(w *world) reply {
			return w.post(tokenURL, url.Values{"grant_type": {exchangeGrant}}.Encode(), "Authorization",
				basic("exchange-client", "exchange-client-secret"))
		}),
		by("subject-token-valid", "an expired token", func(w *world) reply {
			access, _ := w.tokens("mail.read")
			w.clock.Advance(5 * time.Minute)
			return w.exchange("subject_token", access)
		}),
		by("subject-token-valid", "an ID token of somebody who signed out", func(w *world) reply {
			id := w.strict("openid").ID
			w.submit(w.logout(), "decision", "approve")
			return w.exchangeBy("strict-exchange", "strict-secret", "subject_token", id, "subject_token_type", kindID)
		}),
		by("subject-token-valid", "an ID token of the issuer next door", func(w *world) reply {
			id := w.strict("openid").ID
			form := url.Values{"grant_type": {exchangeGrant}, "subject_token": {id}, "subject_token_type": {kindID}}
			return w.post(strings.Replace(tokenURL, "/realms", "/auth/realms", 1), form.Encode(), "Authorization",
				basic("strict-exchange", "strict-secret"))
		}),
		by("subject-token-for-client", "a token for another service", func(w *world) reply {
			access, _ := w.tokens("openid")
			return w.exchange("subject_token", access)
		}),
		by("subject-token-for-client", "an ID token of another client", func(w *world) reply {
			_, id := w.tokens("openid")
			return w.exchange("subject_token", id, "subject_token_type", kindID)
		}),
		by("subject-token-for-client", "a refresh token of another client", func(w *world) reply {
			return w.exchange("subject_token", w.app("openid mail.read").Refresh, "subject_token_type", kindRefresh)
		}),
		by("subject-token-key", "a token of the client's own, without the key that it is bound to", func(w *world) reply {
			subject, more := newHolder(w).strict()
			return w.exchangeBy("strict-exchange", "strict-secret", append(more, "subject_token", subject)...)
		}),
		by("actor-token-for-client", "somebody else's token acts", func(w *world) reply {
			return w.exchange("actor_token", accessTokenOf(w.t, serviceWith()(w)), "actor_token_type", kindAccess)
		}),
		by("actor-token-own", "a token from an exchange acts", func(w *world) reply {
			acting := accessTokenOf(w.t, w.exchange("actor_token", w.assistant(), "actor_token_type", kindAccess))
			return w.exchange("actor_token", acting, "actor_token_type", kindAccess)
		}),
		by("impersonation-allowed", "no actor where one must be named", strict("scope", "mail.read")),
		by("may-act-honoured", "another actor than the token names", func(w *world) reply {
			sam, _ := w.tokens("openid mail.read")
			return w.exchange("subject_token", w.choosy(), "actor_token", sam, "actor_token_type", kindAccess, "scope", "openid")
		}),
		by("exchanges-few", "the ninth exchange", func(w *world) reply { return w.exchangedTimes(9) }),
		by("target-has-scope", "a service at which the token is good for nothing", func(w *world) reply {
			access, _ := w.tokens("mail.read")
			return w.exchange("subject_token", access, "audience", realmURL)
		}),
		by("scope-fits-target", "a scope for another service", func(w *world) reply {
			access, _ := w.tokens("mail.read")
			form := url.Values{
				"grant_type": {exchangeGrant}, "subject_token": {access}, "subject_token_type": {kindAccess},
				"scope": {"mail.read"}, "audience": {invoicesAPI},
			}
			return w.post(tokenURL, form.Encode(), "Authorization", basic("exchange-client", "exchange-client-secret"))
		}),
		by("scope-present", "an ID token and no scope", func(w *world) reply {
			set := w.strict("openid")
			return w.exchangeBy("strict-exchange", "strict-secret", "subject_token", set.ID, "subject_token_type", kindID, "scope", "",
				"actor_token", set.Access, "actor_token_type", kindAccess)
		}),
	}
}

func TestImpersonationGivesATokenOfThePersonForTheNextService(t *testing.T) {
	w := newWorld(t)
	subject, _ := w.tokens("openid mail.read")
	before := claimsOf(t, subject)
	w.clock.Advance(2 * time.Minute)
	for _, where := range [][]string{
		{"audience", invoicesAPI}, {"resource", invoicesAPI}, {"scope", "read:invoices"}, {"resource", invoicesAPI, "audience", invoicesAPI},
	} {
		res := w.exchange(append(where, "subject_token", subject)...)
		var got struct {
			Kind    string `json:"issued_token_type"`
			Type    string `json:"token_type"`
			Expires int    `json:"expires_in"`
			Scope   string `json:"scope"`
		}
		if err := json.Unmarshal([]byte(res.body), &got); err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%d %s", res.StatusCode, res.body)
		}
		if got.Kind != kindAccess || got.Type != "Bearer" || got.Expires != 180 || got.Scope != "read:invoices" ||
			strings.Contains(res.body, "refresh_token") {
			t.Errorf("%s", res.body)
		}
		after := claimsOf(t, accessTokenOf(t, res))
		if after["sub"] != "user-jane" || after["aud"] != invoicesAPI || after["client_id"] != "exchange-client" || after["act"] != nil ||
			after["exp"] != before["exp"] || after["auth_time"] != before["auth_time"] {
			t.Errorf("%v after %v", after, before)
		}
	}
}

func TestDelegationSaysWhoActsAndWhoActedBefore(t *testing.T) {
	w := newWorld(t)
	acting := accessTokenOf(t, w.exchange("actor_token", w.assistant(), "actor_token_type", kindJWT, "scope", "read:invoices mail.read",
		"requested_token_type", kindJWT))
	if got := claimsOf(t, acting)["act"]; !equalJSON(t, got, `{"sub":"exchange-client"}`) {
		t.Errorf("act %v", got)
	}
	actor := accessTokenOf(t, w.service("strict-exchange", "strict-secret", "scope", "read:invoices"))
	second := accessTokenOf(t, w.exchangeBy("strict-exchange", "strict-secret", "subject_token", acting,
		"actor_token", actor, "actor_token_type", kindAccess, "scope", "mail.read"))
	const chain = `{"sub":"strict-exchange","act":{"sub":"exchange-client"}}`
	claims := claimsOf(t, second)
	if !equalJSON(t, claims["act"], chain) || claims["sub"] != "user-jane" || claims["scope"] != "mail.read" {
		t.Errorf("%v", claims)
	}
	// Impersonation does not wash off who acted before.
	third := accessTokenOf(t, w.exchange("subject_token", second))
	if got := claimsOf(t, third)["act"]; !equalJSON(t, got, chain) {
		t.Errorf("act %v", got)
	}
	var said map[string]any
	if err := json.Unmarshal([]byte(w.introspect(second).body), &said); err != nil || said["active"] != true ||
		!equalJSON(t, said["act"], chain) {
		t.Errorf("%v %v", said, err)
	}
}

func equalJSON(t *testing.T, got any, want string) bool {
	t.Helper()
	raw, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	var a, b any
	if json.Unmarshal(raw, &a) != nil || json.Unmarshal([]byte(want), &b) != nil {
		return false
	}
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

func TestSamMayActForJaneOnlyWhereSheIsNotBoundToSomebody(t *testing.T) {
	w := newWorld(t)
	jane, _ := w.tokens("openid mail.read")
	w.reset()
	sam := accessTokenOf(t, w.post(tokenURL, redeeming(w.codeOf("sam")).Encode()))
	acting := accessTokenOf(t, w.exchange("subject_token", jane, "actor_token", sam, "actor_token_type", kindAccess))
	if claims := claimsOf(t, acting); claims["sub"] != "user-jane" || !equalJSON(t, claims["act"], `{"sub":"user-sam"}`) {
		t.Errorf("%v", claims)
	}
}

// codeOf walks somebody to a code for openid and mail.read.
func (w *world) codeOf(who string) string {
	w.t.Helper()
	res := w.submit(w.signIn(w.authorize(), who), "decision", "approve")
	return res.location().Query().Get("code")
}

func TestExchangedTokensEndWithTheOneThatTheyCameFrom(t *testing.T) {
	const invoices = "read:invoices"
	good := func(w *world, token string) bool { return strings.Contains(w.introspect(token).body, `"active":true`) }
	for sentence, end := range map[string]func(*world, string){
		"the subject token is revoked": func(w *world, subject string) { w.revoke(subject, "client_id", "mobile-pkce-client") },
		"jane signs out":               func(w *world, _ string) { w.submit(w.logout(), "decision", "approve") },
		"five minutes pass":            func(w *world, _ string) { w.clock.Advance(5 * time.Minute) },
	} {
		t.Run(sentence, func(t *testing.T) {
			w := newWorld(t)
			subject, _ := w.tokens("openid mail.read")
			w.clock.Advance(time.Minute)
			first := accessTokenOf(t, w.exchange("subject_token", subject, "scope", invoices+" mail.read"))
			second := accessTokenOf(t, w.exchange("subject_token", first, "scope", invoices))
			if !good(w, first) || !good(w, second) {
				t.Fatal("not good to begin with")
			}
			end(w, subject)
			if good(w, first) || good(w, second) {
				t.Error("an exchanged token is still good")
			}
		})
	}
}

func TestARevokedExchangedTokenLeavesItsSubjectAlone(t *testing.T) {
	w := newWorld(t)
	subject, _ := w.tokens("openid mail.read")
	first := accessTokenOf(t, w.exchange("subject_token", subject))
	w.post(revokeURL, about(first, "client_id", ""), "Authorization", basic("exchange-client", "exchange-client-secret"))
	if res := w.introspect(first); !strings.Contains(res.body, `"active":false`) {
		t.Error(res.body)
	}
	if res := w.introspect(subject); !strings.Contains(res.body, `"active":true`) {
		t.Error(res.body)
	}
}

func TestOwnTokensOfEveryKindCanBeNarrowed(t *testing.T) {
	w := newWorld(t)
	set := w.strict("openid mail.read")
	actor := []string{"actor_token", set.ID, "actor_token_type", kindID}
	for kind, token := range map[string]string{kindAccess: set.Access, kindJWT: set.Access, kindRefresh: set.Refresh} {
		res := w.exchangeBy("strict-exchange", "strict-secret",
			append(actor, "subject_token", token, "subject_token_type", kind, "scope", "mail.read")...)
		claims := claimsOf(t, accessTokenOf(t, res))
		if claims["scope"] != "mail.read" || claims["aud"] != mailboxAPI || claims["sub"] != "user-jane" || claims["auth_time"] == nil {
			t.Errorf("%s: %v", kind, claims)
		}
	}
	if res := w.post(tokenURL, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {set.Refresh}}.Encode(),
		"Authorization", basic("strict-exchange", "strict-secret")); res.StatusCode != http.StatusOK {
		t.Errorf("the exchange used the refresh token up: %s", res.body)
	}
}

func TestExchangeNeedsTheGrantAndIsInTheMetadataOnlyThen(t *testing.T) {
	w := newWorld(t)
	if res := w.exchangeBy("my-service-client", "my-service-secret"); res.check == nil || res.check.ID != "grant-type-allowed" {
		t.Errorf("%+v", res.check)
	}
	if doc := w.get(realmURL + "/.well-known/openid-configuration").body; !strings.Contains(doc, exchangeGrant) {
		t.Error(doc)
	}
	realm := mockidp.StoryRealm()
	realm.Clients = realm.Clients[:1]
	b := newBrowser(t, newProvider(t, mockidp.Config{Realms: []mockidp.Realm{realm}}))
	if doc := b.get(realmURL + "/.well-known/openid-configuration").body; strings.Contains(doc, exchangeGrant) {
		t.Error(doc)
	}
}

func TestAClientThatCouldNotExchangeIsRefusedAsConfig(t *testing.T) {
	for sentence, change := range map[string]func(*mockidp.Client){
		"a scope that nobody has": func(c *mockidp.Client) { c.ExchangeScope = "gold" },
		"offline access":          func(c *mockidp.Client) { c.ExchangeScope = "offline_access" },
		"an empty audience":       func(c *mockidp.Client) { c.Audiences = []string{""} },
		"an audience with a tab":  func(c *mockidp.Client) { c.Audiences = []string{"a\tb"} },
		"an actor with a tab":     func(c *mockidp.Client) { c.MayAct = "a\tb" },
	} {
		realm := mockidp.StoryRealm()
		change(&realm.Clients[0])
		if _, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}, Keys: keys(t)}); err == nil {
			t.Errorf("%s: accepted", sentence)
		}
	}
}

func TestAResourceServerMayAskAboutTokensForItAndNoOthers(t *testing.T) {
	w := newWorld(t)
	mail, _ := w.tokens("mail.read")
	plain, _ := w.tokens("openid")
	service := accessTokenOf(t, serviceWith()(w))
	ask := func(id, secret, token string) bool {
		return strings.Contains(w.post(introspectURL, about(token, "client_id", ""), "Authorization", basic(id, secret)).body, `"active":true`)
	}
	if !ask("exchange-client", "exchange-client-secret", mail) || ask("exchange-client", "exchange-client-secret", plain) ||
		ask("exchange-client", "exchange-client-secret", service) {
		t.Error("the Mailbox API is told of the wrong tokens")
	}
	if !ask("my-service-client", "my-service-secret", service) || ask("my-service-client", "my-service-secret", mail) {
		t.Error("a service is told of the wrong tokens")
	}
	moved := mockidp.StoryRealm().WithAudience("mail.read", "http://127.0.0.1:1234")
	for _, c := range moved.Clients {
		if c.ClientID == "exchange-client" && strings.Join(c.Audiences, " ") != mailboxAPI+" http://127.0.0.1:1234" {
			t.Errorf("%v", c.Audiences)
		}
	}
}

func FuzzAnExchangeNeverGivesMoreThanTheTokenHad(f *testing.F) {
	const good = "subject_token=SUBJECT&subject_token_type=" + kindAccess
	for _, seed := range []string{
		good, good + "&scope=mail.read", good + "&scope=read:invoices+mail.read", good + "&scope=write:invoices",
		good + "&audience=" + invoicesAPI,
		good + "&resource=" + invoicesAPI + "&resource=" + mailboxAPI, good + "&resource=%23", good + "&audience=%ff",
		good + "&requested_token_type=" + kindJWT,
		good + "&actor_token=ACTOR&actor_token_type=" + kindJWT, good + "&actor_token=SUBJECT&actor_token_type=" + kindID, good + "&scope=openid",
		"subject_token=ACTOR&subject_token_type=" + kindAccess, "subject_token=SUBJECT&subject_token_type=" + kindRefresh, "", "%",
		"subject_token=a.b.c&subject_token_type=" + kindJWT,
		"subject_token=a.b&subject_token_type=" + kindRefresh, "subject_token=ID&subject_token_type=" + kindID,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		w := &world{browser: newBrowser(t, fuzzProvider(t))}
		subject, id := w.tokens("openid mail.read")
		fill := strings.NewReplacer("SUBJECT", subject, "ACTOR", w.assistant(), "ID", id)
		res := w.post(tokenURL, "grant_type="+exchangeGrant+"&"+fill.Replace(body), "Authorization",
			basic("exchange-client", "exchange-client-secret"))
		if res.StatusCode >= http.StatusInternalServerError || strings.Contains(res.body, `"refresh_token"`) {
			t.Fatalf("%d %s", res.StatusCode, res.body)
		}
		if res.StatusCode != http.StatusOK {
			return
		}
		before, after := claimsOf(t, subject), claimsOf(t, accessTokenOf(t, res))
		scope, _ := after["scope"].(string)
		for _, name := range strings.Fields(scope) {
			if !strings.Contains(" openid mail.read read:invoices ", " "+name+" ") {
				t.Fatalf("scope %q by %q", scope, body)
			}
		}
		ends, _ := after["exp"].(float64)
		if limit, _ := before["exp"].(float64); ends > limit+1 || after["sub"] != "user-jane" && after["sub"] != "exchange-client" {
			t.Fatalf("%v from %v by %q", after, before, body)
		}
	})
}
