package mockidp_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp"
)

// signers are clients that sign or push what they ask for.
func signers() []mockidp.Client {
	keys := clientKeys()
	set := func(keys ...jose.JSONWebKey) *jose.JSONWebKeySet { return &jose.JSONWebKeySet{Keys: keys} }
	return []mockidp.Client{
		{
			ClientID: "signer", RedirectURIs: []string{callback}, Scope: "openid mail.read",
			ClientSigning: mockidp.ClientSigning{JWKS: set(keys[0].public(), keys[1].public(), keys[2].public())},
		},
		{
			ClientID: "strict-signer", RedirectURIs: []string{callback}, Scope: "openid mail.read",
			ClientSigning: mockidp.ClientSigning{JWKS: set(keys[0].public()), RequireSignedRequestObject: true, RequestObjectSigningAlg: "ES256"},
		},
		{
			ClientID: "timed-signer", RedirectURIs: []string{callback}, Scope: "openid mail.read", ResponseModes: []string{"query", "query.jwt"},
			ClientSigning: mockidp.ClientSigning{JWKS: set(keys[0].public()), RequireRequestObjectTimes: true},
		},
		{ClientID: "push-client", RedirectURIs: []string{callback}, RequirePushedAuthorizationRequests: true},
		{ClientID: "quick-client", RedirectURIs: []string{callback}, Lifetimes: mockidp.Lifetimes{PushedRequest: 5 * time.Second}},
		{
			ClientID: "key-portal", RedirectURIs: []string{callback}, TokenEndpointAuthMethod: "private_key_jwt",
			ClientSigning: mockidp.ClientSigning{JWKS: set(keys[0].public())},
		},
		fapiPortal(),
	}
}

// objectOf is a good request object with all that a client may put into it.
func (w *world) objectOf(client string) *assertion {
	now := w.clock.Now().Unix()
	a := &assertion{
		header: map[string]any{"alg": "ES256", "kid": "ec", "typ": "oauth-authz-req+jwt"},
		claims: map[string]any{
			"iss": client, "aud": realmURL, "iat": now, "nbf": now, "exp": now + 60, "sub": "user-jane",
			"client_id": client, "response_type": "code", "redirect_uri": callback, "scope": "openid mail.read",
			"state": "from-the-object", "nonce": "n", "code_challenge": challenge, "code_challenge_method": "S256", "max_age": 3600,
		},
		key: clientKeys()[0].private,
	}
	return a
}

// timed sends a request object of the client that must say for when it is.
func timed(w *world, change func(*assertion)) reply {
	a := w.objectOf("timed-signer")
	change(a)
	return w.authorize("client_id", "timed-signer", "request", a.sign(w.t))
}

// signed sends a request object of the signer.
func signed(change func(*assertion)) func(*world) reply {
	return func(w *world) reply {
		a := w.objectOf("signer")
		change(a)
		return w.authorize("client_id", "signer", "request", a.sign(w.t))
	}
}

func objectCases() []ruleCase {
	c := func(rule, sentence string, change func(*assertion)) ruleCase {
		return ruleCase{"authorization", rule, sentence, toClient, 303, signed(change)}
	}
	claim := func(rule, sentence, name string, value any) ruleCase {
		return c(rule, sentence, func(a *assertion) {
			if a.claims[name] = value; value == nil {
				delete(a.claims, name)
			}
		})
	}
	header := func(rule, sentence, name, value string) ruleCase {
		return c(rule, sentence, func(a *assertion) { a.header[name] = value })
	}
	timed := func(rule, sentence string, change func(*assertion)) ruleCase {
		return ruleCase{"authorization", rule, sentence, toClient, 303, func(w *world) reply { return timed(w, change) }}
	}
	times := func(sentence string, from, until any) ruleCase {
		return timed("request-object-window", sentence, func(a *assertion) {
			if a.claims["nbf"], a.claims["exp"] = from, until; from == nil {
				delete(a.claims, "nbf")
			}
			if until == nil {
				delete(a.claims, "exp")
			}
		})
	}
	later := func(d time.Duration) int64 { return newClock().Now().Add(d).Unix() }
	unread := func(sentence, object string) ruleCase {
		return ruleCase{"authorization", "request-object-readable", sentence, page, 400, authorizeWith("client_id", "signer", "request", object)}
	}
	raw := func(header, payload string) string { return encoded(header) + "." + encoded(payload) + ".AA" }
	none := ruleCase{"authorization", "request-object-alg", "alg none", toClient, 303, func(w *world) reply {
		parts := strings.Split(w.objectOf("signer").sign(w.t), ".")
		return w.authorize("client_id", "signer", "request", encoded(`{"alg":"none"}`)+"."+parts[1]+".")
	}}
	return []ruleCase{
		unread("a word", "word"),
		unread("encrypted", "a.b.c.d.e"),
		unread("a header that is a list", raw(`[]`, `{}`)),
		unread("a claim twice", raw(`{"alg":"ES256"}`, `{"client_id":"signer","client_id":"react-client"}`)),
		unread("two alg", raw(`{"alg":"ES256","alg":"none"}`, `{}`)),
		unread("a critical extension", raw(`{"alg":"ES256","crit":["x"]}`, `{}`)),
		unread("a zero byte", raw(`{"alg":"ES256"}`, `{"state":"a\u0000"}`)),
		{"authorization", "request-or-request-uri", "both ways at once", page, 400, func(w *world) reply {
			return w.authorize("client_id", "signer", "request", w.objectOf("signer").sign(w.t), "request_uri", "https://travel.example/r")
		}},
		{"authorization", "request-object-supported", "a client without keys", toClient, 303, func(w *world) reply {
			return w.authorize("request", w.objectOf("mobile-pkce-client").sign(w.t))
		}},
		none,
		c("request-object-alg", "a public key as a secret", func(a *assertion) {
			a.header = map[string]any{"alg": "HS256"}
			a.key = []byte(strings.Repeat("k", 32))
		}),
		{"authorization", "request-object-alg", "another alg than was agreed on", toClient, 303, func(w *world) reply {
			a := w.objectOf("strict-signer")
			a.header, a.key = map[string]any{"alg": "EdDSA", "kid": "ed-1"}, clientKeys()[1].private
			return w.authorize("client_id", "strict-signer", "request", a.sign(w.t))
		}},
		header("request-object-kind", "a DPoP proof", "typ", "dpop+jwt"),
		header("request-object-key", "a kid that is not registered", "kid", "other"),
		c("request-object-key", "one of two keys, but which", func(a *assertion) {
			a.header, a.key = map[string]any{"alg": "EdDSA"}, clientKeys()[1].private
		}),
		c("request-object-signature", "another key under its name", func(a *assertion) {
			a.header["alg"], a.header["kid"], a.key = "EdDSA", "ed-1", clientKeys()[2].private
		}),
		{"authorization", "request-object-signature", "a changed state", toClient, 303, func(w *world) reply {
			one, a := w.objectOf("signer"), w.objectOf("signer")
			a.claims["state"] = "changed"
			parts, other := strings.Split(one.sign(w.t), "."), strings.Split(a.sign(w.t), ".")
			return w.authorize("client_id", "signer", "request", parts[0]+"."+other[1]+"."+parts[2])
		}},
		claim("request-object-client", "another client inside", "client_id", "react-client"),
		claim("request-object-client", "no client inside", "client_id", nil),
		claim("request-object-issuer", "made by another client", "iss", "react-client"),
		claim("request-object-audience", "made for another provider", "aud", "https://other.example"),
		claim("request-object-audience", "aud a number", "aud", 7),
		claim("request-object-subject", "it could pass for an assertion", "sub", "signer"),
		claim("request-object-time", "a minute old", "exp", later(0)),
		claim("request-object-time", "not good yet", "nbf", later(time.Minute)),
		claim("request-object-time", "made in the future", "iat", later(time.Minute)),
		claim("request-object-time", "exp a word", "exp", "soon"),
		times("no nbf", nil, later(time.Minute)),
		times("no exp", later(0), nil),
		times("an nbf more than an hour ago", later(-61*time.Minute), later(time.Minute)),
		times("an exp more than an hour after it", later(0), later(61*time.Minute)),
		timed("request-object-audience", "for nobody in particular", func(a *assertion) { delete(a.claims, "aud") }),
		{
			"authorization", "response-mode-allowed", "another mode than was registered", toClient, 303,
			authorizeWith("client_id", "timed-signer", "response_mode", "fragment"),
		},
		claim("request-object-alone", "another inside", "request", "a.b.c"),
		claim("request-object-alone", "a reference inside", "request_uri", "https://travel.example/r"),
		claim("request-object-complete", "response_type beside it only", "response_type", nil),
		claim("request-object-complete", "the challenge beside it only", "code_challenge", nil),
		{"authorization", "request-object-required", "plain parameters", toClient, 303, authorizeWith("client_id", "strict-signer")},
	}
}

// Only what is inside counts (RFC 9101 section 6.3), and OpenID Connect's own
// way to send an object (Core section 6.1) works as well.
func TestOnlyWhatIsSignedCounts(t *testing.T) {
	w := newWorld(t)
	object := w.objectOf("signer").sign(t)
	for sentence, beside := range map[string]url.Values{
		"RFC 9101":            {},
		"OpenID Connect Core": {"response_type": {"code"}, "scope": {"openid"}},
		"an attacker": {
			"response_type": {"token"}, "scope": {"openid email"}, "redirect_uri": {"https://evil.example/"},
			"state": {"evil"}, "prompt": {"none"},
		},
	} {
		w.reset()
		beside.Set("client_id", "signer")
		beside.Set("request", object)
		res := w.submit(w.signIn(w.get(authURL+"?"+beside.Encode()), "jane"), "decision", "approve")
		q := res.location().Query()
		if !strings.HasPrefix(res.Header.Get("Location"), callback+"?") || q.Get("state") != "from-the-object" || q.Get("code") == "" {
			t.Errorf("%s: %d %s %+v", sentence, res.StatusCode, res.Header.Get("Location"), res.check)
		}
	}
}

func TestRequestObjectsOfEachKindAreTaken(t *testing.T) {
	for sentence, change := range map[string]func(*assertion){
		"no typ":              func(a *assertion) { delete(a.header, "typ") },
		"typ in another case": func(a *assertion) { a.header["typ"] = "OAuth-AuthZ-Req+JWT" },
		"typ with its prefix": func(a *assertion) { a.header["typ"] = "application/oauth-authz-req+jwt" },
		"typ JWT":             func(a *assertion) { a.header["typ"] = "JWT" },
		"nothing but the request": func(a *assertion) {
			for _, name := range []string{"iss", "aud", "iat", "nbf", "exp", "sub"} {
				delete(a.claims, name)
			}
		},
		"aud a list":     func(a *assertion) { a.claims["aud"] = []string{"https://other.example", realmURL} },
		"a clock ahead":  func(a *assertion) { a.claims["iat"] = newClock().Now().Add(9 * time.Second).Unix() },
		"claims as JSON": func(a *assertion) { a.claims["claims"] = map[string]any{"id_token": map[string]any{}} },
		"EdDSA":          func(a *assertion) { a.header["alg"], a.header["kid"], a.key = "EdDSA", "ed-2", clientKeys()[2].private },
	} {
		if res := signed(change)(newWorld(t)); res.StatusCode != http.StatusOK || res.check != nil {
			t.Errorf("%s: %d %+v", sentence, res.StatusCode, res.check)
		}
	}
}

func TestWaysOfSendingARequestAreConfiguredWell(t *testing.T) {
	for sentence, c := range map[string]mockidp.Client{
		"require_signed_request_object": {ClientSigning: mockidp.ClientSigning{RequireSignedRequestObject: true}},
		"request_object_signing_alg":    {ClientSigning: mockidp.ClientSigning{RequestObjectSigningAlg: "none"}},
	} {
		c.ClientID, c.RedirectURIs = "c", []string{callback}
		_, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{{Name: "r", Clients: []mockidp.Client{c}}}})
		if err == nil || !strings.Contains(err.Error(), sentence) {
			t.Errorf("%s: %v", sentence, err)
		}
	}
}

func FuzzRequestObjectsAreNeverBelievedUnsigned(f *testing.F) {
	w := newWorld(f)
	seeds := []string{
		w.objectOf("signer").sign(f), "e30.e30.", "a.b.c.d.e",
		encoded(`{"alg":"none"}`) + "." + encoded(`{"client_id":"signer"}`) + ".",
	}
	for _, seed := range seeds {
		f.Add(seed)
	}
	if res := w.authorize("client_id", "signer", "request", seeds[0]); res.StatusCode != http.StatusOK {
		f.Fatalf("no seed is taken: %d %s", res.StatusCode, res.body)
	}
	parts := strings.Split(seeds[0], ".")
	f.Fuzz(func(t *testing.T, object string) {
		w := newWorld(t)
		res := w.authorize("client_id", "signer", "request", object)
		if res.StatusCode >= http.StatusInternalServerError {
			t.Fatalf("%d: %s", res.StatusCode, res.body)
		}
		if location := res.Header.Get("Location"); location != "" && !strings.HasPrefix(location, callback+"?") &&
			!strings.HasPrefix(location, callback+"#") {
			t.Fatalf("redirects to %s", location)
		}
		// Whatever was not signed is refused. Signatures by ES256 can be
		// written in two ways, so the signed part is what counts.
		if object != "" && res.check == nil && !strings.HasPrefix(object, parts[0]+"."+parts[1]+".") {
			t.Fatalf("believed: %s", object)
		}
	})
}
