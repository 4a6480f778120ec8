package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp"
)

// keyServer serves what a client has others fetch, its JWK Set at first, and
// counts how often it is asked.
type keyServer struct {
	*httptest.Server
	answer atomic.Value // string
	accept atomic.Value // string, of the last who asked
	asked  atomic.Int32
}

func newKeyServer(tb testing.TB, keys ...jose.JSONWebKey) *keyServer {
	tb.Helper()
	s := &keyServer{}
	s.publish(tb, keys...)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		s.accept.Store(r.Header.Get("Accept"))
		body, _ := s.answer.Load().(string)
		if strings.HasPrefix(body, "http") {
			http.Redirect(w, r, body, http.StatusFound)
			return
		}
		_, _ = w.Write([]byte(body))
	}))
	tb.Cleanup(s.Close)
	return s
}

func (s *keyServer) publish(tb testing.TB, keys ...jose.JSONWebKey) {
	tb.Helper()
	body, err := json.Marshal(jose.JSONWebKeySet{Keys: keys})
	if err != nil {
		tb.Fatal(err)
	}
	s.answer.Store(string(body))
}

// fetching is a world with a client whose keys are at an address.
func fetching(t *testing.T, uri string) *world {
	t.Helper()
	realm := rulesRealm()
	realm.Clients = append(realm.Clients, mockidp.Client{
		ClientID: "uri-client", TokenEndpointAuthMethod: "private_key_jwt", GrantTypes: []string{"client_credentials"},
		Scope: "read:invoices", ClientSigning: mockidp.ClientSigning{JWKSURI: uri},
	})
	c := newClock()
	p := newProvider(t, mockidp.Config{Now: c.Now, Realms: []mockidp.Realm{realm}})
	return &world{newBrowser(t, p), c, p}
}

func (w *world) withKey(k clientKey) reply {
	w.t.Helper()
	return w.asserted(tokenURL, "uri-client", func(a *assertion) {
		a.header, a.key = map[string]any{"alg": string(k.alg), "kid": k.kid}, k.private
	})
}

func TestKeysAtAnAddressAreFetchedOnceForAWhile(t *testing.T) {
	k := clientKeys()
	s := newKeyServer(t, k[0].public())
	w := fetching(t, s.URL)
	if s.asked.Load() != 0 {
		t.Error("keys are fetched before anybody needs them")
	}
	for range 5 {
		if res := w.withKey(k[0]); res.StatusCode != http.StatusOK {
			t.Fatalf("%d %s", res.StatusCode, res.body)
		}
		w.clock.Advance(30 * time.Second)
	}
	if n := s.asked.Load(); n != 1 {
		t.Errorf("fetched %d times", n)
	}
	s.publish(t, k[1].public())
	w.clock.Advance(5 * time.Minute)
	if res := w.withKey(k[0]); res.check == nil || res.check.ID != "client-assertion-key" {
		t.Errorf("a key that was taken away: %d %s", res.StatusCode, res.body)
	}
}

func TestNewKeyIsFetchedAtOnceButNotAsOftenAsStrangersLike(t *testing.T) {
	k := clientKeys()
	s := newKeyServer(t, k[0].public())
	w := fetching(t, s.URL)
	w.withKey(k[0])
	s.publish(t, k[1].public())
	w.clock.Advance(11 * time.Second)
	if res := w.withKey(k[1]); res.StatusCode != http.StatusOK {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
	for range 20 {
		if res := w.withKey(k[2]); res.check == nil || res.check.ID != "client-assertion-key" {
			t.Fatalf("%d %s", res.StatusCode, res.body)
		}
	}
	if n := s.asked.Load(); n != 2 {
		t.Errorf("fetched %d times", n)
	}
}

func TestKeysThatCannotBeHadRefuseTheClientByName(t *testing.T) {
	k := clientKeys()
	private, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: k[0].private, KeyID: "ec"}}})
	if err != nil {
		t.Fatal(err)
	}
	for answer, want := range map[string]string{
		"nonsense": "no JWK Set", `{}`: "no JWK Set", `[]`: "no JWK Set", `{"keys":[]}`: "no key for ES256",
		`{"keys":[{"kty":"new"},{"kty":"oct","k":"AAAA"},7]}`: "no key for ES256", string(private): "no key for ES256",
		"https://elsewhere.example/jwks": "status 302", strings.Repeat(" ", 70<<10): "longer than 65536 bytes",
	} {
		s := newKeyServer(t)
		s.answer.Store(answer)
		res := fetching(t, s.URL).withKey(k[0])
		if res.StatusCode != http.StatusBadRequest || res.check == nil || res.check.ID != "client-assertion-key" ||
			!strings.Contains(res.body, want) {
			t.Errorf("%.40s: %d %s", answer, res.StatusCode, res.body)
		}
	}
	if res := fetching(t, "https://192.0.2.1/jwks").withKey(k[0]); !strings.Contains(res.body, "only this machine may be called") {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestKeysThatCouldNotBeHadAreTriedAgainSoon(t *testing.T) {
	k := clientKeys()
	s := newKeyServer(t)
	s.answer.Store("nonsense")
	w := fetching(t, s.URL)
	w.withKey(k[0])
	s.publish(t, k[0].public())
	if res := w.withKey(k[0]); res.StatusCode == http.StatusOK || s.asked.Load() != 1 {
		t.Error("an address that fails is asked again at once")
	}
	w.clock.Advance(11 * time.Second)
	if res := w.withKey(k[0]); res.StatusCode != http.StatusOK {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestManyRequestsAtOnceFetchTheKeysOnce(t *testing.T) {
	k := clientKeys()
	s := newKeyServer(t, k[0].public())
	w := fetching(t, s.URL)
	var all sync.WaitGroup
	var good atomic.Int32
	for range 16 {
		form := asserting(anything(), func() string {
			a := w.assertionOf("uri-client")
			return a.sign(t)
		}()).Encode()
		all.Go(func() {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, tokenURL, strings.NewReader(form))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			res := httptest.NewRecorder()
			w.p.ServeHTTP(res, r)
			if res.Code == http.StatusOK {
				good.Add(1)
			}
		})
	}
	all.Wait()
	if good.Load() != 16 || s.asked.Load() != 1 {
		t.Errorf("%d were believed after %d fetches", good.Load(), s.asked.Load())
	}
}

// Whoever registers an address must not learn what answers there.
func TestAStrangersAddressTellsNothingAboutWhatAnswers(t *testing.T) {
	other := newKeyServer(t)
	other.answer.Store("SSH-2.0-secret")
	closed := newKeyServer(t)
	closed.Close()
	said := map[string]bool{}
	for _, uri := range []string{other.URL, closed.URL} {
		w := strangers(t)
		n := w.newcomer("token_endpoint_auth_method", "private_key_jwt", "jwks_uri", uri)
		form := url.Values{"grant_type": {"authorization_code"}, "code": {"x"}}
		res := w.post(tokenURL, asserting(form, w.assertionOf(n.ID).sign(t)).Encode())
		if res.check == nil || res.check.ID != "client-assertion-key" {
			t.Fatalf("%d %s", res.StatusCode, res.body)
		}
		said[strings.ReplaceAll(res.body, uri, "it")] = true
	}
	if len(said) != 1 {
		t.Errorf("%v", said)
	}
}
