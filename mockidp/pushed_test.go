package mockidp_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

const pushURL = oidcURL + "/ext/par/request"

// pushing makes a request to the authorization endpoint into one to the
// endpoint for pushed requests.
func pushing(tb testing.TB, r *http.Request) *http.Request {
	tb.Helper()
	body := r.URL.RawQuery
	if r.Body != nil {
		sent, err := io.ReadAll(r.Body)
		if err != nil {
			tb.Fatal(err)
		}
		body = strings.Trim(body+"&"+string(sent), "&")
	}
	form, _ := url.ParseQuery(body)
	secrets := map[string]string{
		"payer": "payer-secret", "par-client": "par-client-secret", "dpop-client": "dpop-client-secret",
		"service-client": "s3cret:&%", "hybrid-client": "hybrid-secret",
	}
	id := form.Get("client_id")
	byPost := id == "service-client" || id == "hybrid-client"
	if byPost {
		body += "&" + url.Values{"client_secret": {secrets[id]}}.Encode()
	}
	out, err := http.NewRequestWithContext(r.Context(), http.MethodPost, pushURL, strings.NewReader(body))
	if err != nil {
		tb.Fatal(err)
	}
	out.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if secret := secrets[id]; secret != "" && !byPost {
		out.Header.Set("Authorization", basic(id, secret))
	}
	return out
}

// push sends a request of a client to the endpoint for pushed requests.
func (w *world) push(change ...string) reply {
	w.t.Helper()
	w.pushes = true
	defer func() { w.pushes = false }()
	return w.authorize(change...)
}

// pushedURI is what came of a good one.
func (w *world) pushedURI(change ...string) string {
	w.t.Helper()
	res := w.push(change...)
	var got struct {
		URI     string `json:"request_uri"`
		Expires int    `json:"expires_in"`
	}
	if err := json.Unmarshal([]byte(res.body), &got); err != nil || res.StatusCode != http.StatusCreated || got.URI == "" || got.Expires <= 0 {
		w.t.Fatalf("not pushed: %d %s", res.StatusCode, res.body)
	}
	return got.URI
}

// openPushed sends the browser on with a request_uri.
func (w *world) openPushed(uri string, change ...string) reply {
	w.t.Helper()
	v := changed(url.Values{"client_id": {"mobile-pkce-client"}, "request_uri": {uri}}, change...)
	return w.get(authURL + "?" + v.Encode())
}

// portal are the parameters of the story's client that must push.
func portal(change ...string) []string {
	return append([]string{"client_id", "par-client", "redirect_uri", portalCallback, "scope", "openid read:invoices"}, change...)
}

// pushedCases are those of the authorization endpoint, pushed, and what only
// a client that authenticates can get wrong.
func pushedCases() []ruleCase {
	cases := slices.Concat(requestCases(), responseCases(), claimsCases(), detailsCases(), resourceCases(), dpopTokenCases(), objectCases(),
		trustCases()[6:])
	var all []ruleCase
	for _, c := range cases {
		notHere := []string{"request-short", "silent-sign-in", "silent-consent", "request-uri-supported", "request-pushed"}
		if c.endpoint != "authorization" || slices.Contains(notHere, c.rule) {
			continue
		}
		if c.rule == "request-or-request-uri" {
			c.rule = "request-uri-absent"
		}
		all = append(all, ruleCase{"pushed-authorization", c.rule, c.sentence, jsonError, 400, func(w *world) reply {
			if c.rule == "id-token-hint-genuine" && strings.Contains(c.sentence, "access token") {
				access, _ := w.tokens("openid")
				return w.push("id_token_hint", access)
			}
			w.pushes = true
			return c.send(w)
		}})
	}
	return slices.Concat(all, pushedClientCases(), pushedProofCases(), assertionCases("pushed-authorization", pushURL, false))
}

func pushedClientCases() []ruleCase {
	c := func(rule, sentence string, status int, send func(*world) reply) ruleCase {
		return ruleCase{"pushed-authorization", rule, sentence, jsonError, status, send}
	}
	body := with().Encode()
	return []ruleCase{
		c("method-post", "GET", 405, func(w *world) reply { return w.get(pushURL + "?" + body) }),
		c("body-is-form", "JSON", 400, func(w *world) reply {
			return w.request(http.MethodPost, pushURL, "{}", "Content-Type", "application/json")
		}),
		c("parameters-encoded", "a percent sign stands alone", 400, func(w *world) reply { return w.post(pushURL, body+"&x=%") }),
		c("parameters-in-body", "the request in the URL", 400, func(w *world) reply { return w.post(pushURL+"?"+body, body) }),
		c("client-authenticates-once", "a secret in header and body", 400, func(w *world) reply {
			return w.post(pushURL, with(portal("client_secret", "x")...).Encode(), "Authorization", basic("par-client", "x"))
		}),
		c("authorization-header-basic", "a bearer token", 401, func(w *world) reply {
			return w.post(pushURL, body, "Authorization", "Bearer x")
		}),
		c("client-known", "nobody registered this client", 400, func(w *world) reply { return w.push("client_id", "nobody") }),
		c("client-auth-method", "a confidential client without its secret", 400, func(w *world) reply {
			return w.post(pushURL, with(portal()...).Encode())
		}),
		c("client-secret-matches", "a wrong secret", 401, func(w *world) reply {
			return w.post(pushURL, with(portal()...).Encode(), "Authorization", basic("par-client", "wrong"))
		}),
		c("request-uri-absent", "the request_uri of another request", 400, func(w *world) reply {
			return w.push("request_uri", w.pushedURI())
		}),
		c("pushed-request-short", "five parameters of 4 KiB", 413, func(w *world) reply {
			long := strings.Repeat("x", 4000)
			return w.push("login_hint", long, "a", long, "b", long, "c", long, "d", long)
		}),
	}
}

func pushedProofCases() []ruleCase {
	withProof := func(w *world, form []string, proofs ...string) reply {
		args := []string{"Content-Type", "application/x-www-form-urlencoded"}
		for _, proof := range proofs {
			args = append(args, "DPoP", proof)
		}
		return w.request(http.MethodPost, pushURL, with(form...).Encode(), args...)
	}
	c := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"pushed-authorization", rule, sentence, jsonError, 400, send}
	}
	var all []ruleCase
	for _, p := range proofChanges() {
		if slices.Contains([]string{"a path alone", "the issuer next door"}, p.sentence) {
			continue
		}
		all = append(all, c(p.rule, p.sentence, func(w *world) reply {
			return withProof(w, nil, newHolder(w).proof(http.MethodPost, pushURL, p.change(w)...))
		}))
	}
	return append(all,
		c("dpop-once", "two proofs", func(w *world) reply {
			h := newHolder(w)
			return withProof(w, nil, h.proof(http.MethodPost, pushURL), h.proof(http.MethodPost, pushURL))
		}),
		c("dpop-well-formed", "a word", func(w *world) reply { return withProof(w, nil, "proof") }),
		c("dpop-unused", "a proof that was used", func(w *world) reply {
			proof := newHolder(w).proof(http.MethodPost, pushURL)
			withProof(w, nil, proof)
			return withProof(w, nil, proof)
		}),
		c("dpop-nonce", "no nonce of a client that needs one", func(w *world) reply {
			return w.post(pushURL, with("client_id", "dpop-client", "redirect_uri", "http://127.0.0.1/callback").Encode(),
				"Authorization", basic("dpop-client", "dpop-client-secret"), "DPoP", newHolder(w).proof(http.MethodPost, pushURL))
		}),
		c("dpop-jkt-same", "dpop_jkt of another key", func(w *world) reply {
			return withProof(w, []string{"dpop_jkt", strings.Repeat("x", 43)}, newHolder(w).proof(http.MethodPost, pushURL))
		}),
	)
}

func pushedUseCases() []ruleCase {
	c := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"authorization", rule, sentence, page, 400, send}
	}
	return []ruleCase{
		c("request-uri-known", "a made-up one", func(w *world) reply {
			return w.openPushed("urn:ietf:params:oauth:request_uri:made-up")
		}),
		c("request-uri-client", "another client brings it", func(w *world) reply {
			return w.openPushed(w.pushedURI(), "client_id", "react-client")
		}),
		c("request-uri-fresh", "a minute later", func(w *world) reply {
			uri := w.pushedURI()
			w.clock.Advance(time.Minute)
			return w.openPushed(uri)
		}),
		c("request-uri-unused", "after the person agreed", func(w *world) reply {
			uri := w.pushedURI()
			w.submit(w.signIn(w.openPushed(uri), "jane"), "decision", "approve")
			return w.openPushed(uri)
		}),
		c("request-uri-unused", "after the person refused", func(w *world) reply {
			uri := w.pushedURI()
			w.submit(w.signIn(w.openPushed(uri), "jane"), "decision", "refuse")
			return w.openPushed(uri)
		}),
		{"consent", "request-uri-unused", "the person agrees in a second window as well", page, 400, func(w *world) reply {
			uri := w.pushedURI()
			w.signIn(w.openPushed(uri), "jane")
			first, second := w.openPushed(uri), w.openPushed(uri)
			w.submit(first, "decision", "approve")
			return w.submit(second, "decision", "approve")
		}},
		{"sign-in", "request-uri-unused", "the person signs in in a second window", page, 400, func(w *world) reply {
			uri := w.pushedURI()
			first, second := w.openPushed(uri), w.openPushed(uri)
			w.submit(w.signIn(first, "jane"), "decision", "approve")
			return w.signIn(second, "jane")
		}},
		{"authorization", "request-pushed", "a client that must push sends parameters", toClient, 303, func(w *world) reply {
			return w.authorize("client_id", "push-client")
		}},
	}
}

func pushedKept() []keptCase {
	push := func(change ...string) func(*world) reply { return func(w *world) reply { return w.push(change...) } }
	here := "pushed-authorization"
	return []keptCase{
		{here, "a public client", push()},
		{
			here, "claims, and how to sign in",
			push("claims", `{"userinfo":{"name":null},"id_token":{"acr":{"essential":true,"value":"`+acrPassword+`"}}}`, "display", "page"),
		},
		{here, "a request that shall not be seen", push("prompt", "none")},
		{here, "a confidential client", push(portal("authorization_details", payInvoice)...)},
		{here, "everything at once", push("prompt", "login", "max_age", "60", "response_mode", "query", "dpop_jkt", strings.Repeat("x", 43))},
		{here, "an ID token in front", push(hybrid("response_mode", "fragment")...)},
		{here, "a request object", func(w *world) reply {
			return w.push("client_id", "strict-signer", "request", w.objectOf("strict-signer").sign(w.t))
		}},
		{here, "a request object for this minute", func(w *world) reply {
			w.pushes = true
			defer func() { w.pushes = false }()
			return timed(w, func(*assertion) {})
		}},
		{here, "a proof", func(w *world) reply {
			h := newHolder(w)
			return w.post(pushURL, with("dpop_jkt", h.thumbprint()).Encode(), "DPoP", h.proof(http.MethodPost, pushURL))
		}},
		{here, "a proof with a nonce", func(w *world) reply {
			h := newHolder(w)
			_, nonce := h.bankTokens()
			return w.post(pushURL, with("client_id", "dpop-client", "redirect_uri", "http://127.0.0.1/callback").Encode(),
				"Authorization", basic("dpop-client", "dpop-client-secret"), "DPoP", h.proof(http.MethodPost, pushURL, "nonce", nonce))
		}},
		{here, "the ID token of somebody", func(w *world) reply {
			_, id := w.tokens("openid")
			return w.push("id_token_hint", id)
		}},
		{here, "a client that signs for itself", func(w *world) reply {
			form := asserting(with("client_id", "key-portal"), w.assertionOf("key-portal").sign(w.t))
			return w.post(pushURL, form.Encode())
		}},
		{"authorization", "a pushed request", func(w *world) reply { return w.openPushed(w.pushedURI(portal()...), "client_id", "par-client") }},
		{"sign-in", "jane signs in for a pushed request", func(w *world) reply { return w.signIn(w.openPushed(w.pushedURI()), "jane") }},
		{"consent", "jane agrees to a pushed request", func(w *world) reply {
			return w.submit(w.signIn(w.openPushed(w.pushedURI()), "jane"), "decision", "approve")
		}},
		{"authorization", "a request object", func(w *world) reply {
			return w.authorize("client_id", "strict-signer", "request", w.objectOf("strict-signer").sign(w.t))
		}},
	}
}

func TestAPushedRequestLeadsToTheCodeThatWasAskedFor(t *testing.T) {
	w := newWorld(t)
	// What the browser brings besides is not looked at.
	page := w.openPushed(w.pushedURI(), "state", "evil", "redirect_uri", "https://evil.example/", "scope", "email", "response_type", "token")
	res := w.submit(w.signIn(page, "jane"), "decision", "approve")
	q := res.location().Query()
	if !strings.HasPrefix(res.Header.Get("Location"), callback+"?") || q.Get("state") != "af0ifjsldkj" || q.Get("iss") != realmURL {
		t.Fatalf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
	got := w.post(tokenURL, redeeming(q.Get("code")).Encode())
	if !strings.Contains(got.body, `"scope":"openid mail.read"`) {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
}

func TestPushedAnswerIsToTheLetter(t *testing.T) {
	w := newWorld(t)
	res := w.push()
	var got map[string]any
	if err := json.Unmarshal([]byte(res.body), &got); err != nil {
		t.Fatal(err)
	}
	uri, _ := got["request_uri"].(string)
	if res.StatusCode != http.StatusCreated || len(got) != 2 || got["expires_in"] != 60.0 ||
		!strings.HasPrefix(uri, "urn:ietf:params:oauth:request_uri:") || len(uri) < 34+43 {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
	if res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("Content-Type") != "application/json" {
		t.Errorf("headers %v", res.Header)
	}
	if one, two := w.pushedURI(), w.pushedURI(); one == two {
		t.Error("two requests have one request_uri")
	}
}

// A person may reload the sign-in page, and a program may look at a link
// before a person does; only the answer uses a request up.
func TestAPushedRequestCanBeOpenedAgainUntilItIsAnswered(t *testing.T) {
	w := newWorld(t)
	uri := w.pushedURI()
	for range 3 {
		if res := w.openPushed(uri); res.StatusCode != http.StatusOK {
			t.Fatalf("%d %+v", res.StatusCode, res.check)
		}
	}
	page := w.openPushed(uri)
	w.clock.Advance(5 * time.Minute) // the person takes longer than the request_uri is good
	if res := w.submit(w.signIn(page, "jane"), "decision", "approve"); res.location().Query().Get("code") == "" {
		t.Fatalf("%d %+v", res.StatusCode, res.check)
	}
}

func TestOfManyAnswersToAPushedRequestOneCounts(t *testing.T) {
	w := newWorld(t)
	w.code()
	uri := w.pushedURI() // signed in, and agreed: the endpoint answers at once
	codes := make(chan bool, 8)
	for range cap(codes) {
		other := newBrowser(t, w.p)
		other.client.Jar = w.client.Jar
		go func() {
			res := other.get(authURL + "?" + url.Values{"client_id": {"mobile-pkce-client"}, "request_uri": {uri}}.Encode())
			codes <- res.location().Query().Get("code") != ""
		}()
	}
	given := 0
	for range cap(codes) {
		if <-codes {
			given++
		}
	}
	if given != 1 {
		t.Errorf("%d codes for one request", given)
	}
}

func TestAProofThatIsPushedBindsTheCode(t *testing.T) {
	w := newWorld(t)
	h := newHolder(w)
	res := w.post(pushURL, with().Encode(), "DPoP", h.proof(http.MethodPost, pushURL))
	var got struct {
		URI string `json:"request_uri"`
	}
	if err := json.Unmarshal([]byte(res.body), &got); err != nil {
		t.Fatal(err)
	}
	code := w.submit(w.signIn(w.openPushed(got.URI), "jane"), "decision", "approve").location().Query().Get("code")
	if res := newHolder(w).redeem(code); res.check == nil || res.check.ID != "code-key" {
		t.Errorf("another key: %d %s", res.StatusCode, res.body)
	}
}

func TestALifetimeOfPushedRequestsIsTheClients(t *testing.T) {
	w := newWorld(t)
	uri := w.pushedURI("client_id", "quick-client")
	w.clock.Advance(5 * time.Second)
	if res := w.openPushed(uri, "client_id", "quick-client"); res.check == nil || res.check.ID != "request-uri-fresh" {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
	for _, bad := range []time.Duration{-1, 11 * time.Minute} {
		realm := mockidp.Realm{Name: "r", Lifetimes: mockidp.Lifetimes{PushedRequest: bad}}
		if _, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}}); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

func TestMetadataOfPushedRequests(t *testing.T) {
	w := newWorld(t)
	body := w.get(realmURL + "/.well-known/openid-configuration").body
	for _, want := range []string{
		`"pushed_authorization_request_endpoint":"` + pushURL + `"`, `"require_pushed_authorization_requests":false`,
		`"request_parameter_supported":true`, `"request_uri_parameter_supported":false`,
		`"request_object_signing_alg_values_supported":["RS256","PS256","ES256","EdDSA"]`, `"require_signed_request_object":false`,
		`"authorization_details_types_supported":["invoice_payment"]`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%s is missing", want)
		}
	}
	p := newProvider(t, mockidp.Config{Realms: []mockidp.Realm{{Name: "demo", Clients: []mockidp.Client{{
		ClientID: "c", RedirectURIs: []string{callback}, RequirePushedAuthorizationRequests: true,
	}}}}})
	if body := newBrowser(t, p).get(realmURL + "/.well-known/openid-configuration").body; !strings.Contains(body,
		`"require_pushed_authorization_requests":true`) {
		t.Error("every client must push, and the metadata does not say so")
	}
}

func FuzzPushedRequestsNeverLeadElsewhere(f *testing.F) {
	seeds := append(authorizationSeeds(), with("authorization_details", payInvoice).Encode(), with("request", "e30.e30.").Encode())
	pushed := 0
	for _, seed := range seeds {
		f.Add(seed)
		if newBrowser(f, fuzzProvider(f)).post(pushURL, seed).StatusCode == http.StatusCreated {
			pushed++
		}
	}
	if pushed == 0 {
		f.Fatal("no seed is taken")
	}
	f.Fuzz(func(t *testing.T, body string) {
		b := newBrowser(t, fuzzProvider(t))
		res := b.post(pushURL, body)
		if res.StatusCode >= http.StatusInternalServerError || (res.StatusCode == http.StatusCreated) != (res.check == nil) {
			t.Fatalf("%d: %s", res.StatusCode, res.body)
		}
		if res.StatusCode != http.StatusCreated {
			return
		}
		var got struct {
			URI string `json:"request_uri"`
		}
		if err := json.Unmarshal([]byte(res.body), &got); err != nil {
			t.Fatal(err)
		}
		form, _ := url.ParseQuery(body)
		// A request that was taken leads to a page or to a registered URI, and
		// breaks no rule but that prompt=none finds nobody.
		opened := b.get(authURL + "?" + url.Values{"client_id": {form.Get("client_id")}, "request_uri": {got.URI}}.Encode())
		checkAuthorization(t, opened)
		if opened.check != nil && !strings.HasPrefix(opened.check.ID, "silent-") {
			t.Fatalf("taken, and then refused: %+v", opened.check)
		}
	})
}
