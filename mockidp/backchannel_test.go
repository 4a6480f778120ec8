package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coreos/go-oidc/v3/oidc"

	"github.com/grantwalk/grantwalk/mockidp"
)

// told is a client's back-channel logout endpoint, and what it heard.
type told struct {
	*httptest.Server
	heard   chan string // logout tokens
	notices chan mockidp.LogoutCall
}

// newTold starts an endpoint that answers every logout token with status.
func newTold(tb testing.TB, status int) *told {
	tb.Helper()
	l := &told{heard: make(chan string, 16), notices: make(chan mockidp.LogoutCall, 16)}
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" || r.URL.RawQuery != "of=app" {
			tb.Errorf("%s %s %v", r.Method, r.URL, r.Header)
		}
		l.heard <- r.PostFormValue("logout_token")
		w.WriteHeader(status)
	}))
	tb.Cleanup(l.Close)
	return l
}

// newToldWorld is a world in which two clients want to hear of it when a
// person signs out, and one does not.
func newToldWorld(tb testing.TB, l *told) *world {
	tb.Helper()
	c := newClock()
	r := rulesRealm()
	for i := range r.Clients {
		switch r.Clients[i].ClientID {
		case "spring-client-app", "told-es256":
			r.Clients[i].BackchannelLogoutURI = l.URL + "/logout?of=app"
		}
	}
	r.Clients = append(r.Clients, mockidp.Client{
		ClientID: "told-es256", ClientSecret: "told", RedirectURIs: []string{callback},
		ClientSigning: mockidp.ClientSigning{IDTokenSignedResponseAlg: "ES256"},
		ClientLogout:  mockidp.ClientLogout{BackchannelLogoutURI: l.URL + "/logout?of=app", BackchannelLogoutSessionRequired: true},
	})
	p := newProvider(tb, mockidp.Config{Now: c.Now, Realms: []mockidp.Realm{r}, OnLogoutCall: func(n mockidp.LogoutCall) { l.notices <- n }})
	tb.Cleanup(func() { _ = p.Close() })
	return &world{newBrowser(tb, p), c, p}
}

const springURI = "http://localhost:8080/login/oauth2/code/spring-client-app"

// springTokens signs jane in to the Spring app and returns its ID token.
func (w *world) springTokens(scope string) string {
	w.t.Helper()
	code := w.code("client_id", "spring-client-app", "redirect_uri", springURI, "scope", scope)
	return tokensIn(w.t, w.post(tokenURL, redeeming(code, "client_id", "", "redirect_uri", springURI).Encode(),
		"Authorization", basic("spring-client-app", "spring-client-secret"))).ID
}

// hear waits for one token and how it was taken.
func (l *told) hear(tb testing.TB) (string, mockidp.LogoutCall) {
	tb.Helper()
	return <-l.heard, <-l.notices
}

// judge has somebody else's library verify a logout token.
func judge(t *testing.T, w *world, token, client, alg string) {
	t.Helper()
	ctx := oidc.ClientContext(t.Context(), &http.Client{Transport: w.client.Transport})
	remote := oidc.NewRemoteKeySet(ctx, oidcURL+"/certs")
	if _, err := oidc.NewVerifier(realmURL, remote,
		&oidc.Config{ClientID: client, SupportedSigningAlgs: []string{alg}, Now: w.clock.Now}).Verify(ctx, token); err != nil {
		t.Errorf("go-oidc: %v", err)
	}
}

// checkLogoutToken holds a logout token to section 2.4 and returns whom it is for.
func checkLogoutToken(t *testing.T, w *world, token, id string) string {
	t.Helper()
	claims := claimsOf(t, token)
	client, _ := claims["aud"].(string)
	alg := map[string]string{"spring-client-app": "RS256", "told-es256": "ES256"}[client]
	judge(t, w, token, client, alg)
	var header map[string]string
	if err := json.Unmarshal(decoded(t, strings.Split(token, ".")[0]), &header); err != nil || header["typ"] != "logout+jwt" {
		t.Errorf("%v %v", header, err)
	}
	events, _ := claims["events"].(map[string]any)
	event, ok := events["http://schemas.openid.net/event/backchannel-logout"].(map[string]any)
	if !ok || len(event) != 0 || len(events) != 1 || claims["nonce"] != nil || claims["jti"] == "" {
		t.Errorf("%v", claims)
	}
	if own := claimsOf(t, id); claims["sub"] != own["sub"] || claims["sid"] != own["sid"] || claims["sid"] == nil {
		t.Errorf("%v, the ID token says %v", claims, own)
	}
	return client
}

func TestLogoutIsToldToEveryClientOfTheVisitByASignedToken(t *testing.T) {
	l := newTold(t, http.StatusOK)
	w := newToldWorld(t, l)
	id := w.springTokens("openid")
	w.springTokens("openid") // once more, and still one message
	es := w.code("client_id", "told-es256", "scope", "openid")
	w.post(tokenURL, redeeming(es, "client_id", "").Encode(), "Authorization", basic("told-es256", "told"))
	w.tokens("openid") // of a client that does not want to know
	if res := w.logout("id_token_hint", id); res.StatusCode != http.StatusOK {
		t.Fatal(res.StatusCode)
	}
	seen := map[string]bool{}
	for range 2 {
		token, notice := l.hear(t)
		if notice.Err != nil || notice.Status != http.StatusOK || notice.URI != l.URL+"/logout?of=app" {
			t.Errorf("%+v", notice)
		}
		seen[checkLogoutToken(t, w, token, id)] = true
	}
	if len(seen) != 2 || len(l.heard) != 0 {
		t.Errorf("told %v and %d more", seen, len(l.heard))
	}
}

func TestLogoutIsToldWhicheverWayThePersonLeft(t *testing.T) {
	for name, leave := range map[string]func(*world){
		"she confirms":                 func(w *world) { w.submit(w.logout(), "decision", "approve") },
		"somebody else signs in":       func(w *world) { w.signIn(w.authorize("prompt", "login"), "sam") },
		"with access while she's away": func(w *world) { w.logout("id_token_hint", w.springTokens("openid offline_access")) },
	} {
		l := newTold(t, http.StatusNoContent)
		w := newToldWorld(t, l)
		w.springTokens("openid")
		w.submit(w.logout(), "decision", "refuse")
		w.signIn(w.authorize("prompt", "login"), "jane")
		if len(l.heard) != 0 {
			t.Errorf("%s: told before she left", name)
		}
		leave(w)
		if token, notice := l.hear(t); token == "" || notice.Err != nil {
			t.Errorf("%s: %+v", name, notice)
		}
	}
}

func TestLogoutThatAClientRefusesIsNoted(t *testing.T) {
	l := newTold(t, http.StatusBadRequest)
	w := newToldWorld(t, l)
	id := w.springTokens("openid")
	w.logout("id_token_hint", id)
	if _, n := l.hear(t); n.Err == nil || n.Status != http.StatusBadRequest || n.Client != "spring-client-app" ||
		n.String() != "client spring-client-app could not be told that a person signed out: it answered 400, not 200" {
		t.Errorf("%+v", n)
	}
}

func TestNobodyWaitsForAClientThatIsSlowToHearOfALogout(t *testing.T) {
	called, release := make(chan struct{}), make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(called)
		<-release
	}))
	defer slow.Close()
	defer close(release)
	l := &told{Server: slow, notices: make(chan mockidp.LogoutCall, 1)}
	w := newToldWorld(t, l)
	w.logout("id_token_hint", w.springTokens("openid")) // returns while the client still ponders
	<-called
	if err := w.p.Close(); err != nil {
		t.Fatal(err)
	}
	if n := <-l.notices; n.Err == nil {
		t.Errorf("%+v", n)
	}
	w.logout("id_token_hint", w.springTokens("openid"))
	if n := <-l.notices; n.Err == nil || !strings.Contains(n.Err.Error(), "closed") {
		t.Errorf("%+v", n)
	}
}

func TestLogoutTokenIsNoHint(t *testing.T) {
	l := newTold(t, http.StatusOK)
	w := newToldWorld(t, l)
	w.logout("id_token_hint", w.springTokens("openid"))
	token, _ := l.hear(t)
	if res := w.logout("id_token_hint", token); res.check == nil || res.check.ID != "id-token-hint-genuine" {
		t.Errorf("%d %+v", res.StatusCode, res.check)
	}
	if res := w.userInfo(token); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("%d", res.StatusCode)
	}
}

func TestBackchannelLogoutURIOfConfigIsChecked(t *testing.T) {
	for uri, want := range map[string]string{
		"/logout":                        "absolute",
		"https://app.example/logout#x":   "fragment",
		"https://u:p@app.example/logout": "user information",
		"http://app.example/logout":      "loopback",
		"ftp://app.example/logout":       "absolute",
	} {
		_, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{{Name: "demo", Clients: []mockidp.Client{
			{ClientID: "app", ClientSecret: "s", RedirectURIs: []string{callback}, ClientLogout: mockidp.ClientLogout{BackchannelLogoutURI: uri}},
		}}}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", uri, err)
		}
	}
	_, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{{Name: "demo", Clients: []mockidp.Client{
		{
			ClientID: "app", RedirectURIs: []string{callback},
			ClientLogout: mockidp.ClientLogout{BackchannelLogoutURI: "http://127.0.0.1:9/logout"},
		},
	}}}})
	if err == nil || !strings.Contains(err.Error(), "confidential") {
		t.Errorf("%v", err)
	}
}

func TestMetadataSaysThatLogoutIsTold(t *testing.T) {
	w := newWorld(t)
	doc := w.get(realmURL + "/.well-known/openid-configuration").body
	if !strings.Contains(doc, `"backchannel_logout_supported":true,"backchannel_logout_session_supported":true`) {
		t.Error(doc)
	}
}
