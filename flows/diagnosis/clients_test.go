package diagnosis_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

// world is a provider on a real port, what crosses, and a client that is about
// to do something wrong.
type world struct {
	t        *testing.T
	provider *mockidp.Provider
	tape     *tape.Tape
	url      string
	http     *http.Client
	verifier string
	blocked  []trace.Message // requests that a browser did not let out
}

// realmKey and otherKey take longer to draw than most clients take to fail. Each world has a set of its own with one
// of them, so that keys can be rotated in it.
//
//nolint:gochecknoglobals // see above
var realmKey, otherKey = sync.OnceValues(drawKey), sync.OnceValues(drawKey)

func drawKey() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) }

func keySet(t *testing.T, drawn func() (*rsa.PrivateKey, error)) *mockidp.KeySet {
	t.Helper()
	key, err := drawn()
	if err != nil {
		t.Fatal(err)
	}
	set, err := mockidp.NewKeySet(key)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, tape: tape.New(tape.Bounds{}), verifier: oauth2.GenerateVerifier()}
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { handler.ServeHTTP(rw, r) }))
	t.Cleanup(server.Close)
	realm := mockidp.StoryRealm()
	realm.AutoSignIn, realm.Keys = "jane", keySet(t, realmKey)
	for i := range realm.Clients {
		realm.Clients[i].Trusted = true // no page stands between these clients and their mistakes
	}
	realm.Clients = append(realm.Clients, mockidp.Client{
		ClientID: "plus", ClientSecret: "a+secret%of:signs-that-change", RedirectURIs: []string{"http://localhost:3000/callback"},
		GrantTypes: []string{"client_credentials"}, Scope: "read:invoices",
	})
	realm.Clients = append(realm.Clients, mockidp.Client{
		ClientID: "second-app", RedirectURIs: []string{"http://localhost:3001/callback"},
		GrantTypes: []string{"authorization_code", "refresh_token"}, Scope: "openid offline_access",
	})
	other := mockidp.Realm{Name: "other", Keys: keySet(t, otherKey), Clients: []mockidp.Client{{
		ClientID:     "elsewhere",
		RedirectURIs: []string{"http://localhost:3000/callback"},
	}, {
		ClientID: "spring-client-app", ClientSecret: "another", // which both realms have
		RedirectURIs: []string{"http://localhost:3000/callback"},
	}}}
	provider, err := mockidp.New(mockidp.Config{
		BaseURL: server.URL, Hosts: []string{server.Listener.Addr().String()}, Realms: []mockidp.Realm{realm, other},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = provider.Close() })
	w.provider, w.url = provider, provider.Issuer("demo")
	handler = w.tape.Around(provider, trace.AuthorizationServer)
	w.http = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return w
}

const protocol = "/protocol/openid-connect"

// app is the client of the lessons that lives in a browser.
func (w *world) app() oauth2.Config {
	return oauth2.Config{
		ClientID: "react-client", RedirectURL: "http://localhost:3000/callback", Scopes: []string{"openid", "profile"},
		Endpoint: oauth2.Endpoint{
			AuthURL: w.url + protocol + "/auth", TokenURL: w.url + protocol + "/token",
			AuthStyle: oauth2.AuthStyleInParams,
		},
	}
}

// send sends a request, with headers as "Name: value", and returns where it led and what it said.
func (w *world) send(method, address, body string, headers ...string) (location, text string) {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		if name == "Host" {
			req.Host = value
		}
		req.Header.Set(name, value)
	}
	res, err := w.http.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	said, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return res.Header.Get("Location"), string(said)
}

// begin asks for a code the way x/oauth2 does, but for what is changed, and returns the code.
func (w *world) begin(c oauth2.Config, change ...string) string {
	w.t.Helper()
	u, err := url.Parse(c.AuthCodeURL("state-of-this-login", oauth2.S256ChallengeOption(w.verifier)))
	if err != nil {
		w.t.Fatal(err)
	}
	u.RawQuery = changed(u.Query(), change...)
	location, _ := w.send(http.MethodGet, u.String(), "")
	back, err := url.Parse(location)
	if err != nil {
		w.t.Fatal(err)
	}
	return back.Query().Get("code")
}

// changed sets "name=value", and takes "name" out.
func changed(q url.Values, change ...string) string {
	for _, c := range change {
		name, value, set := strings.Cut(c, "=")
		if q.Del(name); set {
			q.Set(name, value)
		}
	}
	return q.Encode()
}

// redeem sends a token request by hand, as broken clients do.
func (w *world) redeem(code string, change ...string) string {
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "client_id": {"react-client"}, "code_verifier": {w.verifier},
		"redirect_uri": {"http://localhost:3000/callback"},
	}
	_, text := w.send(http.MethodPost, w.url+protocol+"/token", changed(form, change...))
	return text
}

// tokens logs in as it should be.
func (w *world) tokens(c oauth2.Config) *oauth2.Token {
	w.t.Helper()
	ctx := context.WithValue(w.t.Context(), oauth2.HTTPClient, w.http)
	token, err := c.Exchange(ctx, w.begin(c), oauth2.VerifierOption(w.verifier))
	if err != nil {
		w.t.Fatal(err)
	}
	return token
}

// lasting is a client whose refresh tokens rotate.
func (w *world) lasting() oauth2.Config {
	c := w.app()
	c.ClientID, c.RedirectURL, c.Scopes = "mobile-refresh-client", "https://travel.example/callback", []string{"openid", "offline_access"}
	return c
}

func (w *world) renew(token string, change ...string) {
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}, "client_id": {"mobile-refresh-client"}}
	w.send(http.MethodPost, w.url+protocol+"/token", changed(form, change...))
}

func (w *world) service(id, secret string, more ...string) {
	form := url.Values{"grant_type": {"client_credentials"}, "scope": {"read:invoices"}}
	basic := base64.StdEncoding.EncodeToString([]byte(id + ":" + secret))
	w.send(http.MethodPost, w.url+protocol+"/token", changed(form, more...), "Authorization: Basic "+basic)
}

func (w *world) userInfo(headers ...string) {
	w.send(http.MethodGet, w.url+protocol+"/userinfo", "", headers...)
}

// moment is from one request to the next in what is recorded, and from there to its answer half of that.
const moment = 10 * time.Millisecond

// recorded is everything that crossed, one moment after the other: these clients
// wait for nothing, and how long a busy machine took says nothing of them.
func (w *world) recorded() *trace.Trace {
	found, _ := w.tape.After(0, 1000)
	t := &trace.Trace{Flow: "broken-client", Outcome: trace.Outcome{State: trace.Running}}
	for i, e := range found {
		e.Request.At = found[0].Request.At.Add(time.Duration(i) * moment)
		e.Answer.At, e.Answer.Took = e.Request.At.Add(moment/2), moment/2
		for _, m := range []trace.Message{e.Request, e.Answer} {
			m.Exchange, m.Step, m.Chapter = i+1, "other-"+string(m.Kind), "recorded"
			t.Messages = append(t.Messages, m)
		}
	}
	for i, m := range w.blocked {
		m.Exchange, m.Step, m.Chapter = len(found)+i+1, "other-request", "recorded"
		t.Messages = append(t.Messages, m)
	}
	return t
}

func (w *world) known() diagnosis.Known {
	k := w.provider.Known()
	k.Ended = true
	return k
}

// brokenClients are clients by what is wrong with them: the id of the cause that has to come first.
func brokenClients() map[string]func(*world) {
	all := map[string]func(*world){}
	for _, part := range []map[string]func(*world){
		beginners(), redeemers(), machines(), keepers(), strangers(), others(), refusers(), apps(), sentAway(), apis(), particular(), further(),
	} {
		maps.Copy(all, part)
	}
	return all
}

func names(all map[string]func(*world)) []string { return slices.Sorted(maps.Keys(all)) }
