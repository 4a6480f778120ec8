package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

// watched ends a watch and returns what it was told.
func watched(w *mockidp.Watcher) []mockidp.Exchange {
	w.Stop()
	var all []mockidp.Exchange
	for e := range w.Exchanges() {
		all = append(all, e)
	}
	return all
}

func TestAWatcherIsToldOfEveryRuleThatRan(t *testing.T) {
	w := newWorld(t)
	code := w.code()
	watch := w.p.Watch(4)
	res := w.post(tokenURL, redeeming(code).Encode())
	got := watched(watch)
	if len(got) != 1 {
		t.Fatalf("told of %d exchanges", len(got))
	}
	e := got[0]
	if e.Realm != "demo" || e.Endpoint != "token" || e.Status != http.StatusOK || e.Client != "mobile-pkce-client" || e.Check != nil ||
		e.Error != "" {
		t.Errorf("%+v", e)
	}
	if len(e.Checks) == 0 || len(e.Checks) != len(res.all) {
		t.Errorf("the watcher saw %d checks, the recorder %d", len(e.Checks), len(res.all))
	}
	if e.Began.IsZero() || e.Took < 0 {
		t.Errorf("%+v", e)
	}
}

func TestARefusalIsWatchedWithItsRuleAndCode(t *testing.T) {
	w := newWorld(t)
	watch := w.p.Watch(4)
	w.post(tokenURL, redeeming("made-up").Encode())
	w.authorize("scope", "gold")
	got := watched(watch)
	if got[0].Check == nil || got[0].Check.ID != "code-known" || got[0].Error != "invalid_grant" {
		t.Errorf("%+v", got[0])
	}
	if got[1].Check == nil || got[1].Check.ID != "scope-allowed" || got[1].Endpoint != "authorization" || got[1].Error != "invalid_scope" {
		t.Errorf("%+v", got[1])
	}
}

func TestASlowWatcherLosesAndIsToldHowMuch(t *testing.T) {
	w := newWorld(t)
	watch := w.p.Watch(1)
	for range 4 {
		w.get(oidcURL + "/certs")
	}
	first := <-watch.Exchanges()
	w.get(oidcURL + "/certs")
	second := <-watch.Exchanges()
	if first.Missed != 0 || second.Missed != 3 || watch.Missed() != 3 {
		t.Errorf("missed %d, then %d, altogether %d", first.Missed, second.Missed, watch.Missed())
	}
}

func TestClosingTheProviderEndsEveryWatch(t *testing.T) {
	p := newProvider(t, mockidp.Config{})
	before := p.Watch(1)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	for _, watch := range []*mockidp.Watcher{before, p.Watch(1)} {
		if e, open := <-watch.Exchanges(); open {
			t.Errorf("told of %+v", e)
		}
		watch.Stop()
	}
	newBrowser(t, p).get(oidcURL + "/certs")
}

func TestWatchersComeAndGoWhileRequestsAreServed(t *testing.T) {
	p := newProvider(t, mockidp.Config{})
	var group sync.WaitGroup
	for range 4 {
		b := newBrowser(t, p)
		group.Go(func() {
			for range 20 {
				b.get(oidcURL + "/certs")
			}
		})
		group.Go(func() {
			for range 20 {
				watch := p.Watch(2)
				select {
				case <-watch.Exchanges():
				default:
				}
				watch.Stop()
				watch.Stop()
			}
		})
	}
	group.Go(func() { _ = p.Close() })
	group.Wait()
}

func TestAWholeLoginIsWatchedWithoutASecretOfIt(t *testing.T) {
	w := newWorld(t)
	watch := w.p.Watch(64)
	secrets := []string{verifier, "jane-password-of-her-own"}
	w.submit(w.authorize("state", "state-that-ties-the-answer", "client_id", "app-client", "scope", "openid"),
		"username", "jane", "password", "jane-password-of-her-own")
	w.reset()
	code := w.code("client_id", "app-client", "scope", "openid", "state", "state-that-ties-the-answer")
	for _, cookie := range w.client.Jar.Cookies(w.address(authURL)) {
		secrets = append(secrets, cookie.Value)
	}
	res := w.post(tokenURL, redeeming(code, "client_id", "app-client").Encode())
	var tokens struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
		ID      string `json:"id_token"`
	}
	if err := json.Unmarshal([]byte(res.body), &tokens); err != nil || tokens.Refresh == "" || tokens.ID == "" {
		t.Fatal(res.body)
	}
	secrets = append(secrets, code, tokens.Access, tokens.Refresh, tokens.ID)
	w.userInfo(tokens.Access)
	w.get(oidcURL + "/userinfo?access_token=" + tokens.Access)
	w.refresh(tokens.Refresh)
	w.revoke(tokens.Refresh)
	w.post(oidcURL+"/token/introspect", "token="+tokens.Access, "Authorization", basic("my-service-client", "my-service-secret"))
	w.post(tokenURL, "grant_type=client_credentials&client_secret=my-service-secret&client_id=my-service-client")
	w.post(tokenURL, "grant_type=password&client_id=legacy-password-client&username=jane&passwort=jane-password-of-her-own")
	w.get(oidcURL + "/logout?id_token_hint=" + tokens.ID)
	secrets = append(secrets, "my-service-secret")

	exchanges := watched(watch)
	if len(exchanges) < 12 {
		t.Fatalf("%d exchanges", len(exchanges))
	}
	for _, e := range exchanges {
		said, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range secrets {
			if strings.Contains(string(said), secret) {
				t.Errorf("%s %s shows %s whole:\n%s", e.Method, e.Endpoint, secret, said)
			}
		}
	}
}

func TestParametersAreWatchedWithSecretsCut(t *testing.T) {
	w := newWorld(t)
	watch := w.p.Watch(1)
	w.post(tokenURL, redeeming("a-code-of-thirty-six-characters-long").Encode()+"&x=%0a%1b[31m")
	params := trace.EncodePairs(watched(watch)[0].Params)
	for _, want := range []string{"grant_type=authorization_code", "client_id=mobile-pkce-client", "code=a-code...+%2836+characters%29"} {
		if !strings.Contains(params, want) {
			t.Errorf("%s is not in %s", want, params)
		}
	}
	if strings.ContainsAny(params, "\n\x1b") || strings.Contains(params, "%1B") || strings.Contains(params, "%0A") {
		t.Errorf("control characters in %s", params)
	}
}

// address parses an address for the cookie jar.
func (w *world) address(address string) *url.URL {
	w.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		w.t.Fatal(err)
	}
	return u
}

// Whoever reads no trails does not have anybody wait for them.
func TestATrailIsLeftForWhoAsks(t *testing.T) {
	w := newWorld(t)
	plain := w.p.Watch(4)
	w.post(tokenURL, "grant_type=password")
	for _, e := range watched(plain) {
		if e.Trail != nil {
			t.Errorf("nobody asked for %+v", e.Trail)
		}
	}
	asked := w.p.Watch(4).WithTrails()
	w.post(tokenURL, "grant_type=password")
	if got := watched(asked); len(got) != 1 || got[0].Trail == nil {
		t.Errorf("who asked for trails gets %+v", got)
	}
}
