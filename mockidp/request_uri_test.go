package mockidp_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp"
)

// referring is a world in which a client lays its requests at an address.
func referring(tb testing.TB, uris ...string) *world {
	tb.Helper()
	realm := rulesRealm()
	realm.RequestURIParameterSupported = true
	realm.Registration = &mockidp.Registration{}
	realm.Clients = append(realm.Clients, mockidp.Client{
		ClientID: "referrer", RedirectURIs: []string{callback}, Scope: "openid mail.read",
		ClientSigning: mockidp.ClientSigning{JWKS: &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{clientKeys()[0].public()}}, RequestURIs: uris},
	})
	c := newClock()
	p := newProvider(tb, mockidp.Config{Now: c.Now, Realms: []mockidp.Realm{realm}})
	return &world{newBrowser(tb, p), c, p}
}

// refer sends the browser here with nothing but a reference.
func (w *world) refer(uri string, change ...string) reply {
	w.t.Helper()
	return w.openPushed(uri, append([]string{"client_id", "referrer"}, change...)...)
}

func referenceCases() []ruleCase {
	c := func(rule, sentence string, send func(*world, *keyServer) reply) ruleCase {
		return ruleCase{"authorization", rule, sentence, page, 400, func(w *world) reply {
			l := newKeyServer(w.t)
			return send(referring(w.t, l.URL+"/request.jwt"), l)
		}}
	}
	answering := func(sentence, answer string) ruleCase {
		return c("request-uri-fetched", sentence, func(w *world, l *keyServer) reply {
			l.answer.Store(answer)
			return w.refer(l.URL + "/request.jwt")
		})
	}
	return []ruleCase{
		c("request-uri-registered", "an address next door", func(w *world, l *keyServer) reply {
			return w.refer(l.URL + "/other.jwt")
		}),
		c("request-uri-registered", "a client that registered none", func(w *world, l *keyServer) reply {
			return w.refer(l.URL+"/request.jwt", "client_id", "signer")
		}),
		answering("nothing", ""),
		answering("a redirect", "https://elsewhere.example/r"),
		answering("more than anybody asks for", strings.Repeat("x", 17<<10)),
		c("request-object-readable", "no JWT", func(w *world, l *keyServer) reply {
			l.answer.Store("hello")
			return w.refer(l.URL + "/request.jwt")
		}),
		c("request-or-request-uri", "an object beside the address", func(w *world, l *keyServer) reply {
			return w.refer(l.URL+"/request.jwt", "request", w.objectOf("referrer").sign(w.t))
		}),
		c("request-uri-fetched", "an address on another machine", func(w *world, _ *keyServer) reply {
			const far = "https://192.0.2.1/request.jwt"
			return referring(w.t, far).refer(far)
		}),
	}
}

func referenceKept() []keptCase {
	return []keptCase{
		{"authorization", "a request that is fetched", func(w *world) reply {
			l := newKeyServer(w.t)
			w = referring(w.t, l.URL)
			l.answer.Store(w.objectOf("referrer").sign(w.t))
			return w.refer(l.URL)
		}},
		{"authorization", "a request object for this minute", func(w *world) reply { return timed(w, func(*assertion) {}) }},
	}
}

// Core section 6.2 lets the fragment change with the content, so it is no part
// of the address; and only what is inside counts.
func TestRequestsAreFetchedWhereTheClientRegisteredThem(t *testing.T) {
	l := newKeyServer(t)
	w := referring(t, l.URL+"/request.jwt#first", "https://travel.example/r")
	l.answer.Store("\n" + w.objectOf("referrer").sign(t) + "\n")
	res := w.refer(l.URL+"/request.jwt#second", "state", "evil", "response_type", "code", "scope", "openid")
	q := w.submit(w.signIn(res, "jane"), "decision", "approve").location().Query()
	if q.Get("state") != "from-the-object" || q.Get("code") == "" {
		t.Fatalf("%d %+v %v", res.StatusCode, res.check, q)
	}
	if accept := l.accept.Load(); accept != "application/oauth-authz-req+jwt, application/jwt" || l.asked.Load() != 1 {
		t.Errorf("asked %d times, for %q", l.asked.Load(), accept)
	}
	// What is fetched is believed no more than what is sent.
	for rule, change := range map[string]func(*assertion){
		"request-object-key":    func(a *assertion) { a.header["alg"], a.header["kid"], a.key = "EdDSA", "ec", clientKeys()[1].private },
		"request-object-client": func(a *assertion) { a.claims["client_id"] = "signer" },
		"request-object-alone":  func(a *assertion) { a.claims["request_uri"] = l.URL },
	} {
		a := w.objectOf("referrer")
		change(a)
		l.answer.Store(a.sign(t))
		if res := w.refer(l.URL + "/request.jwt"); res.check == nil || res.check.ID != rule {
			t.Errorf("%s: %d %+v", rule, res.StatusCode, res.check)
		}
	}
	l.answer.Store(encoded(`{"alg":"none"}`) + "." + encoded(`{"client_id":"referrer","redirect_uri":"`+callback+`","response_type":"code"}`) + ".")
	if res := w.refer(l.URL + "/request.jwt"); res.check == nil || res.check.ID != "request-object-alg" {
		t.Errorf("unsigned: %d %+v", res.StatusCode, res.check)
	}
}

// Nobody is called because of an address that a stranger writes into a link.
func TestOnlyRegisteredAddressesAreCalled(t *testing.T) {
	l := newKeyServer(t)
	w := referring(t, "https://travel.example/r")
	w.refer(l.URL)
	w.refer(l.URL, "client_id", "nobody")
	off := newWorld(t)
	if res := off.openPushed(l.URL, "client_id", "signer", "redirect_uri", callback); res.check == nil || res.check.ID != "request-uri-supported" ||
		!strings.Contains(res.check.Reason, "request_uri_parameter_supported") {
		t.Errorf("a realm that fetches nothing: %d %+v", res.StatusCode, res.check)
	}
	if n := l.asked.Load(); n != 0 {
		t.Errorf("called %d times", n)
	}
}

func TestMetadataSayWhetherRequestsAreFetched(t *testing.T) {
	for w, want := range map[*world][]any{newWorld(t): {false, nil}, referring(t): {true, true}} {
		meta := said(t, w.get(realmURL+"/.well-known/openid-configuration").body)
		got := []any{meta["request_uri_parameter_supported"], meta["require_request_uri_registration"]}
		if !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

func TestAClientRegistersWhereItsRequestsAre(t *testing.T) {
	l := newKeyServer(t)
	w := referring(t)
	jwks := &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{clientKeys()[0].public()}}
	n := w.newcomer("request_uris", []string{l.URL + "#x"}, "jwks", jwks)
	if got := fmt.Sprint(n.said["request_uris"]); got != "["+l.URL+"#x]" {
		t.Errorf("registered %s", got)
	}
	a := w.objectOf(n.ID)
	a.claims["scope"] = "openid"
	l.answer.Store(a.sign(t))
	if res := w.refer(l.URL, "client_id", n.ID); res.StatusCode != http.StatusOK || res.check != nil {
		t.Errorf("%d %+v", res.StatusCode, res.check)
	}
	for sentence, change := range map[string][]any{
		"no keys":    {"request_uris", []string{l.URL}},
		"plain http": {"request_uris", []string{"http://travel.example/r"}, "jwks", jwks},
		"a file":     {"request_uris", []string{"file:///etc/passwd"}, "jwks", jwks},
		"a long one": {"request_uris", []string{l.URL + "/" + strings.Repeat("x", 512)}, "jwks", jwks},
	} {
		if res := w.register(submission(change...)); res.check == nil || res.check.ID != "metadata-valid" || !strings.Contains(res.body, "request_uris") {
			t.Errorf("%s: %d %s", sentence, res.StatusCode, res.body)
		}
	}
	if n := strangers(t).newcomer("request_uris", []string{l.URL}); n.said["request_uris"] != nil {
		t.Errorf("a realm that fetches nothing promises to: %v", n.said)
	}
}

// Whoever registers an address must not learn what answers there.
func TestAStrangersRequestURITellsNothingAboutWhatAnswers(t *testing.T) {
	word, shut := newKeyServer(t), newKeyServer(t)
	word.answer.Store("SSH-2.0-secret")
	shut.Close()
	said := map[string]bool{}
	for _, l := range []*keyServer{word, shut} {
		w := referring(t)
		n := w.newcomer("request_uris", []string{l.URL}, "jwks", &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{clientKeys()[0].public()}})
		res := w.refer(l.URL, "client_id", n.ID)
		if res.check == nil || res.check.ID != "request-uri-fetched" {
			t.Fatalf("%d %+v", res.StatusCode, res.check)
		}
		said[strings.ReplaceAll(res.check.Reason, l.URL, "it")] = true
	}
	if len(said) != 1 {
		t.Errorf("%v", said)
	}
}

func TestRequestURIsAreConfiguredWell(t *testing.T) {
	jwks := &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{clientKeys()[0].public()}}
	const uri = "https://travel.example/r"
	for want, c := range map[string]struct {
		realm  mockidp.Realm
		client mockidp.Client
	}{
		"jwks or jwks_uri": {
			mockidp.Realm{RequestURIParameterSupported: true},
			mockidp.Client{ClientSigning: mockidp.ClientSigning{RequestURIs: []string{uri}}},
		},
		"Realm.RequestURIParameterSupported": {
			mockidp.Realm{}, mockidp.Client{ClientSigning: mockidp.ClientSigning{RequestURIs: []string{uri}, JWKS: jwks}},
		},
		"requests are pushed": {mockidp.Realm{RequestURIParameterSupported: true}, func() mockidp.Client {
			c := fapiPortal()
			c.Scope, c.RequestURIs = "", []string{uri}
			return c
		}()},
	} {
		c.client.ClientID, c.client.RedirectURIs = "c", []string{callback}
		c.realm.Name, c.realm.Clients = "r", []mockidp.Client{c.client}
		_, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{c.realm}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
