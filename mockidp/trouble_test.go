package mockidp_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

// trouble asks for trouble in the realm of the lessons.
func (w *world) trouble(f mockidp.Fault) int {
	w.t.Helper()
	id, err := w.p.Trouble("demo", f)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// troubled returns the deliberate trouble among the checks of a reply.
func (r reply) troubled() []trace.Check {
	var found []trace.Check
	for _, c := range r.all {
		if strings.HasPrefix(c.Rule, "deliberate trouble: ") {
			found = append(found, c)
		}
	}
	return found
}

func TestEveryAllowedErrorIsAnsweredInTheWayOfItsEndpoint(t *testing.T) {
	send := map[mockidp.Endpoint]func(*world) reply{
		"authorization":        func(w *world) reply { return w.authorize() },
		"token":                func(w *world) reply { return w.token() },
		"revocation":           func(w *world) reply { return w.revoke("x") },
		"introspection":        func(w *world) reply { return w.introspect("x") },
		"userinfo":             func(w *world) reply { return w.userInfo("x") },
		"pushed-authorization": func(w *world) reply { return w.post(oidcURL+"/ext/par/request", with().Encode()) },
		"device-authorization": func(w *world) reply { return w.post(authURL+"/device", "client_id=tv-client") },
		"registration": func(w *world) reply {
			return w.post(realmURL+"/clients-registrations/openid-connect", "{}", "Content-Type", "application/json")
		},
		"client-configuration": func(w *world) reply {
			return w.request(http.MethodGet, realmURL+"/clients-registrations/openid-connect/nobody", "", "Authorization", "Bearer x")
		},
	}
	asked := 0
	for endpoint, ask := range send {
		for _, code := range mockidp.FaultErrors(endpoint) {
			asked++
			w := everythingOn(t)
			w.trouble(mockidp.Fault{Kind: mockidp.FaultError, Endpoint: endpoint, Error: code.Error, Times: 1})
			isAnswered(t, endpoint, code, ask(w))
			if left := w.p.Troubles("demo"); len(left) != 0 {
				t.Errorf("%s %s: once is over, but left is %+v", endpoint, code.Error, left)
			}
			if len(ask(w).troubled()) != 0 {
				t.Errorf("%s %s: once is twice", endpoint, code.Error)
			}
		}
	}
	if asked < 60 {
		t.Errorf("only %d codes", asked)
	}
}

func isAnswered(t *testing.T, endpoint mockidp.Endpoint, code mockidp.FaultCode, res reply) {
	t.Helper()
	if said := errorOf(res); said != code.Error || len(res.troubled()) != 1 || res.troubled()[0].Spec != code.Spec {
		t.Errorf("%s %s: answered %q with %d, %+v", endpoint, code.Error, said, res.StatusCode, res.troubled())
	}
	if endpoint == "userinfo" && code.Error != "invalid_request" && !strings.Contains(res.Header.Get("WWW-Authenticate"), code.Error) {
		t.Errorf("%s: WWW-Authenticate %s", code.Error, res.Header.Get("WWW-Authenticate"))
	}
	// A challenge for a nonce is no use without the nonce.
	if nonce := res.Header.Get("DPoP-Nonce"); (nonce != "") != (code.Error == "use_dpop_nonce") {
		t.Errorf("%s %s: DPoP-Nonce %q", endpoint, code.Error, nonce)
	}
}

// errorOf returns the error code of an answer, wherever it is.
func errorOf(res reply) string {
	var body struct {
		Error string `json:"error"`
	}
	if json.Unmarshal([]byte(res.body), &body) == nil && body.Error != "" {
		return body.Error
	}
	return res.location().Query().Get("error")
}

func TestTroubleThatNoStandardAllowsIsRefusedWithWhatWouldBe(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		fault mockidp.Fault
		want  string
	}{
		{mockidp.Fault{Kind: "explode"}, "kind: "},
		{mockidp.Fault{Kind: mockidp.FaultError, Endpoint: "token", Error: "server_error"}, "invalid_grant (RFC 6749 §5.2)"},
		{mockidp.Fault{Kind: mockidp.FaultError, Endpoint: "certs", Error: "invalid_request"}, "no error codes"},
		{mockidp.Fault{Kind: mockidp.FaultError, Error: "invalid_request"}, "endpoint: "},
		{mockidp.Fault{Kind: mockidp.FaultDrop, Error: "invalid_request"}, "error: "},
		{mockidp.Fault{Kind: mockidp.FaultDrop, Endpoint: "nowhere"}, "endpoint: "},
		{mockidp.Fault{Kind: mockidp.FaultDrop, Client: "nobody"}, "client: "},
		{mockidp.Fault{Kind: mockidp.FaultDrop, Times: -1}, "times: "},
		{mockidp.Fault{Kind: mockidp.FaultDrop, Token: "id_token"}, "token: "},
		{mockidp.Fault{Kind: mockidp.FaultExpired, Token: "refresh_token"}, "token: "},
		{mockidp.Fault{Kind: mockidp.FaultExpired, Endpoint: "userinfo"}, "endpoint: "},
		{mockidp.Fault{Kind: mockidp.FaultDelay}, "by: "},
		{mockidp.Fault{Kind: mockidp.FaultDelay, By: time.Minute}, "at most 10s"},
		{mockidp.Fault{Kind: mockidp.FaultDrop, By: time.Second}, "by: "},
		{mockidp.Fault{Kind: mockidp.FaultMoveClock, By: -time.Second}, "by: "},
	} {
		_, err := w.p.Trouble("demo", c.fault)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c.fault, err)
		}
		_, err = mockidp.New(mockidp.Config{
			BaseURL: "https://idp.example",
			Realms:  []mockidp.Realm{{Name: "demo", Faults: []mockidp.Fault{c.fault}}},
		})
		var at *mockidp.ConfigError
		if !errors.As(err, &at) || !strings.Contains(at.InFile(), c.want) || !strings.Contains(at.Error(), "realm demo: fault number 1") {
			t.Errorf("config %+v: %v", c.fault, err)
		}
	}
	if _, err := w.p.Trouble("nowhere", mockidp.Fault{Kind: mockidp.FaultDrop}); err == nil {
		t.Error("trouble in a realm that is not there")
	}
	for range 64 {
		w.trouble(mockidp.Fault{Kind: mockidp.FaultDrop})
	}
	if _, err := w.p.Trouble("demo", mockidp.Fault{Kind: mockidp.FaultDrop}); err == nil {
		t.Error("trouble without end")
	}
}

func TestTroubleStrikesItsClientAndEndpointOnly(t *testing.T) {
	w := newWorld(t)
	id := w.trouble(mockidp.Fault{Kind: mockidp.FaultError, Endpoint: "token", Error: "invalid_grant", Client: "app-client"})
	if res := w.token(); res.StatusCode != http.StatusOK {
		t.Errorf("another client: %d %s", res.StatusCode, res.body)
	}
	for range 3 {
		if res := w.token("client_id", "app-client"); res.StatusCode != http.StatusBadRequest || len(res.troubled()) != 1 {
			t.Errorf("%d %s", res.StatusCode, res.body)
		}
	}
	if got := w.p.Troubles("demo"); len(got) != 1 || got[0].Struck != 3 || got[0].ID != id {
		t.Errorf("%+v", got)
	}
	if !w.p.ClearTrouble("demo", id) || w.p.ClearTrouble("demo", id) {
		t.Error("cleared once is once")
	}
	if res := serviceWith()(w); res.StatusCode != http.StatusOK {
		t.Errorf("after it was cleared: %d %s", res.StatusCode, res.body)
	}
}

func TestAnErrorLeavesTheCodeUnused(t *testing.T) {
	w := newWorld(t)
	body := redeeming(w.code()).Encode()
	w.trouble(mockidp.Fault{Kind: mockidp.FaultUnavailable, Endpoint: "token", Times: 1})
	if res := w.post(tokenURL, body); res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	if res := w.post(tokenURL, body); res.StatusCode != http.StatusOK {
		t.Errorf("the same request again: %d %s", res.StatusCode, res.body)
	}
}

func TestTroubleAtTheAuthorizationEndpointNeverRedirectsToAStranger(t *testing.T) {
	w := newWorld(t)
	w.trouble(mockidp.Fault{Kind: mockidp.FaultError, Endpoint: "authorization", Error: "access_denied", Times: 1})
	if res := w.authorize("redirect_uri", "https://evil.example/"); res.Header.Get("Location") != "" || len(res.troubled()) != 0 {
		t.Errorf("sent to %s", res.Header.Get("Location"))
	}
	q := w.authorize().location().Query()
	if q.Get("error") != "access_denied" || q.Get("state") != "af0ifjsldkj" || q.Get("iss") != realmURL ||
		!strings.HasPrefix(q.Get("error_description"), "deliberate trouble: ") {
		t.Errorf("%v", q)
	}
}

func TestADelayIsAskedForOnce(t *testing.T) {
	w := newWorld(t)
	var waited []time.Duration
	w.p.WaitWith(func(_ context.Context, d time.Duration) { waited = append(waited, d) })
	w.trouble(mockidp.Fault{Kind: mockidp.FaultDelay, By: 3 * time.Second, Times: 1})
	w.get(oidcURL + "/certs")
	w.get(oidcURL + "/certs")
	if !slices.Equal(waited, []time.Duration{3 * time.Second}) {
		t.Errorf("waited %v", waited)
	}
}

func TestADelayEndsWhenTheCallerGoes(t *testing.T) {
	w := newWorld(t)
	w.trouble(mockidp.Fault{Kind: mockidp.FaultDelay, By: 10 * time.Second})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, oidcURL+"/certs", http.NoBody)
	w.p.ServeHTTP(httptest.NewRecorder(), r) // or this test takes 10 s
}

// spoilt walks to tokens while trouble is on.
func (w *world) spoilt(f mockidp.Fault) (access, id string, res reply) {
	w.t.Helper()
	w.trouble(f)
	res = w.post(tokenURL, redeeming(w.code("scope", "openid")).Encode())
	var got struct {
		Access string `json:"access_token"`
		ID     string `json:"id_token"`
	}
	if err := json.Unmarshal([]byte(res.body), &got); err != nil || got.ID == "" {
		w.t.Fatalf("%d %s", res.StatusCode, res.body)
	}
	return got.Access, got.ID, res
}

func TestASpoiltTokenIsWrongInThatOneWay(t *testing.T) {
	for kind, rule := range map[mockidp.FaultKind]string{
		mockidp.FaultExpired: "token-not-expired", mockidp.FaultWrongIssuer: "token-issuer", mockidp.FaultWrongAudience: "token-audience",
		mockidp.FaultTampered: "token-signature", mockidp.FaultUnsigned: "token-signature",
	} {
		w := newWorld(t)
		access, id, res := w.spoilt(mockidp.Fault{Kind: kind, Times: 1, Token: "access_token"})
		if n := len(res.troubled()); n != 1 {
			t.Errorf("%s: %d checks tell of it", kind, n)
		}
		if used := w.userInfo(access); used.check == nil || used.check.ID != rule {
			t.Errorf("%s: %d %+v", kind, used.StatusCode, used.check)
		}
		if hinted := w.authorize("id_token_hint", id, "prompt", "none", "scope", "openid"); hinted.location().Query().Get("code") == "" {
			t.Errorf("%s: the ID token suffered too: %s", kind, hinted.Header.Get("Location"))
		}
	}
}

// Whoever orders an expired token once means an answer, not one of its two tokens.
func TestTroubleWithTokensThatStrikesOnceSpoilsBothOfOneAnswer(t *testing.T) {
	w := newWorld(t)
	access, id, _ := w.spoilt(mockidp.Fault{Kind: mockidp.FaultWrongIssuer, Times: 1})
	for name, token := range map[string]string{"access token": access, "ID token": id} {
		if iss := claimsOf(t, token)["iss"]; iss == realmURL {
			t.Errorf("the %s was not spoilt: iss is %v", name, iss)
		}
	}
	_, id, _ = w.spoilt(mockidp.Fault{Kind: mockidp.FaultDelay, By: time.Nanosecond, Endpoint: "userinfo"})
	if iss := claimsOf(t, id)["iss"]; iss != realmURL {
		t.Errorf("the next answer was spoilt too: iss is %v", iss)
	}
}

func TestAnUnsignedIDTokenSaysAlgNone(t *testing.T) {
	w := newWorld(t)
	access, id, _ := w.spoilt(mockidp.Fault{Kind: mockidp.FaultUnsigned, Token: "id_token"})
	parts := strings.Split(id, ".")
	var header map[string]string
	if err := json.Unmarshal(decoded(t, parts[0]), &header); err != nil || header["alg"] != "none" || header["kid"] != "" || parts[2] != "" {
		t.Errorf("%s: %v", id, header)
	}
	if res := w.userInfo(access); res.StatusCode != http.StatusOK {
		t.Errorf("the access token suffered too: %d", res.StatusCode)
	}
}

func TestAnExpiredIDTokenIsGenuineOtherwise(t *testing.T) {
	w := newWorld(t)
	_, id, _ := w.spoilt(mockidp.Fault{Kind: mockidp.FaultExpired, Token: "id_token"})
	var claims struct {
		Expires int64  `json:"exp"`
		Issued  int64  `json:"iat"`
		Nonce   string `json:"nonce"`
	}
	if err := json.Unmarshal(decoded(t, strings.Split(id, ".")[1]), &claims); err != nil {
		t.Fatal(err)
	}
	if claims.Expires >= w.clock.Now().Unix() || claims.Issued >= claims.Expires || claims.Nonce == "" {
		t.Errorf("%+v", claims)
	}
	if leeway := w.clock.Now().Add(-5 * time.Minute).Unix(); claims.Expires >= leeway {
		t.Errorf("exp is %d, which a client that allows five minutes for clocks takes", claims.Expires)
	}
	if res := w.authorize("id_token_hint", id, "prompt", "none", "scope", "openid"); res.location().Query().Get("code") == "" {
		t.Errorf("its signature does not verify: %s", res.Header.Get("Location"))
	}
}

func TestTheClockGoesForwardAndStays(t *testing.T) {
	w := newWorld(t)
	w.code("scope", "openid")
	w.trouble(mockidp.Fault{Kind: mockidp.FaultMoveClock, By: 9 * time.Hour, Times: 1})
	for range 2 {
		if got := w.authorize("prompt", "none", "scope", "openid").location().Query().Get("error"); got != "login_required" {
			t.Errorf("answered %q", got)
		}
	}
	if n := strings.Join(w.p.Notices(), "\n"); !strings.Contains(n, "moved forward by 9h0m0s") {
		t.Error(n)
	}
}

func TestKeysAreRotatedAndTheOldOnesGoOn(t *testing.T) {
	t.Parallel()
	p := newProvider(t, mockidp.Config{Keys: &mockidp.KeySet{}})
	w := &world{newBrowser(t, p), nil, p}
	kid := func(id string) string {
		var header map[string]string
		if err := json.Unmarshal(decoded(t, strings.Split(id, ".")[0]), &header); err != nil {
			t.Fatal(err)
		}
		return header["kid"]
	}
	_, before := w.tokens("openid")
	w.trouble(mockidp.Fault{Kind: mockidp.FaultRotateKeys, Times: 1})
	_, after := w.tokens("openid")
	if kid(before) == kid(after) {
		t.Error("the same key signs")
	}
	if res := w.authorize("id_token_hint", before, "prompt", "none", "scope", "openid"); res.location().Query().Get("code") == "" {
		t.Errorf("the old key is gone: %s", res.Header.Get("Location"))
	}
	demo := fuzzProvider(t)
	if _, err := demo.Trouble("demo", mockidp.Fault{Kind: mockidp.FaultRotateKeys}); err == nil {
		t.Error("the demonstration key is rotated")
	}
}

func TestSessionsAreForgotten(t *testing.T) {
	for _, kind := range []mockidp.FaultKind{mockidp.FaultForgetSession, mockidp.FaultForgetSessions} {
		w := newWorld(t)
		w.code("scope", "openid")
		w.trouble(mockidp.Fault{Kind: kind, Times: 1})
		if got := w.authorize("prompt", "none", "scope", "openid").location().Query().Get("error"); got != "login_required" {
			t.Errorf("%s: answered %q", kind, got)
		}
	}
}

func TestADroppedAnswerEndsTheConnectionAfterTheWorkWasDone(t *testing.T) {
	p := mockidp.Start(t, mockidp.Config{Keys: keys(t), Realms: []mockidp.Realm{rulesRealm()}})
	if _, err := p.Trouble("demo", mockidp.Fault{Kind: mockidp.FaultDrop, Endpoint: "token", Times: 1}); err != nil {
		t.Fatal(err)
	}
	watch := p.Watch(4)
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	address := p.Issuer("demo") + "/protocol/openid-connect/token"
	ask := func() (*http.Response, error) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(asService().Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Authorization", basic("my-service-client", "my-service-secret"))
		return client.Do(r)
	}
	if res, err := ask(); err == nil {
		_ = res.Body.Close()
		t.Errorf("answered with %d", res.StatusCode)
	}
	res, err := ask()
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if got := watched(watch); got[0].Status != http.StatusOK || len(got[0].Troubles()) != 1 || got[0].Check != nil ||
		len(got[1].Troubles()) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestTroubleAndRelaxationsAreShownOnThePages(t *testing.T) {
	p := newProvider(t, mockidp.Config{Relaxed: mockidp.Relaxed{PlainPKCE: true}})
	if _, err := p.Trouble("demo", mockidp.Fault{Kind: mockidp.FaultExpired, Client: "react-client", Times: 2}); err != nil {
		t.Fatal(err)
	}
	page := newBrowser(t, p).authorize().body
	for _, want := range []string{
		"This provider is made to give out expired access and ID tokens for client react-client, 2 times",
		"This provider is relaxed to accept code_challenge_method=plain",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strict := newBrowser(t, newProvider(t, mockidp.Config{})).authorize().body; strings.Contains(strict, "This provider is") {
		t.Error("a strict provider confesses")
	}
}

func TestOfManyRequestsAtOnceTroubleStrikesAsOftenAsAskedFor(t *testing.T) {
	w := newWorld(t)
	w.trouble(mockidp.Fault{Kind: mockidp.FaultUnavailable, Times: 7})
	var struck atomic.Int32
	var group sync.WaitGroup
	for range 8 {
		b := newBrowser(t, w.p)
		group.Go(func() {
			for range 4 {
				if b.get(oidcURL+"/certs").StatusCode == http.StatusServiceUnavailable {
					struck.Add(1)
				}
			}
		})
	}
	group.Wait()
	if struck.Load() != 7 {
		t.Errorf("struck %d times", struck.Load())
	}
}

func TestTheAliasIssuerHasTheSameTrouble(t *testing.T) {
	w := newWorld(t)
	w.trouble(mockidp.Fault{Kind: mockidp.FaultUnavailable, Times: 1})
	if res := w.get("https://idp.example/auth/realms/demo/protocol/openid-connect/certs"); res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("%d", res.StatusCode)
	}
}

// What an endpoint may answer is never listed twice, and a row of the rules
// that leads to a code which is not listed would say that the list is short.
func TestTheAllowedErrorsHoldThoseOfTheRules(t *testing.T) {
	for _, e := range mockidp.EndpointsForTest() {
		seen := map[string]bool{}
		for _, c := range mockidp.FaultErrors(mockidp.Endpoint(e.Name)) {
			if seen[c.Error] || c.Spec.Doc == "" || c.Spec.Section == "" {
				t.Errorf("%s: %+v", e.Name, c)
			}
			seen[c.Error] = true
		}
		for _, r := range mockidp.Rules() {
			if string(r.Endpoint) == e.Name && len(seen) > 0 && r.Error != "" && !seen[r.Error] {
				t.Errorf("%s: rule %s answers %s, which is not among the allowed errors", e.Name, r.ID, r.Error)
			}
		}
	}
}

// What a client notices by the header alone, or by what it remembers: the
// signature is good in all three.
func TestAWellSignedTokenCanBeWrongAllTheSame(t *testing.T) {
	w := newWorld(t)
	access, id, _ := w.spoilt(mockidp.Fault{Kind: mockidp.FaultNoKeyID, Times: 2})
	for name, token := range map[string]string{"access": access, "ID": id} {
		if kid := header(made(t, token, nil), "kid"); kid != "" {
			t.Errorf("the %s token names the key %s", name, kid)
		}
	}
	_, id, _ = newWorld(t).spoilt(mockidp.Fault{Kind: mockidp.FaultUnknownKeyID, Times: 1, Token: "id_token"})
	if kid := header(made(t, id, nil), "kid"); kid != "a-key-that-nobody-publishes" {
		t.Errorf("the ID token names the key %s", kid)
	}
	access, id, _ = newWorld(t).spoilt(mockidp.Fault{Kind: mockidp.FaultWrongNonce})
	if nonce := made(t, id, nil).Claim("nonce"); nonce != "nonce-of-another-request" || made(t, access, nil).Claim("nonce") != "" {
		t.Errorf("the ID token's nonce is %q", nonce)
	}
	realm := mockidp.StoryRealm()
	realm.Faults = []mockidp.Fault{{Kind: mockidp.FaultWrongNonce, Token: "access_token"}}
	if _, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}}); err == nil {
		t.Error("a nonce is spoilt where there is none")
	}
}
