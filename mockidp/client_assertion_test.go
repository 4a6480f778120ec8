package mockidp_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/mockidp"
)

const (
	jwtBearer  = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
	hmacSecret = "hmac-secret-that-is-long-enough-for-HS256"
)

// clientKey is a private key of a client.
type clientKey struct {
	kid     string
	alg     jose.SignatureAlgorithm
	private crypto.Signer
}

func (k clientKey) public() jose.JSONWebKey {
	return jose.JSONWebKey{Key: k.private.Public(), KeyID: k.kid, Use: "sig"}
}

// clientKeys are an ES256 key and two for EdDSA.
//
//nolint:gochecknoglobals // made once, never changed
var clientKeys = sync.OnceValue(func() []clientKey {
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	keys := []clientKey{{"ec", jose.ES256, ec}}
	for _, kid := range []string{"ed-1", "ed-2"} {
		_, private, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			panic(err)
		}
		keys = append(keys, clientKey{kid, jose.EdDSA, private})
	}
	return keys
})

// assertionClients authenticate by JWT.
func assertionClients() []mockidp.Client {
	keys := clientKeys()
	return []mockidp.Client{
		{
			ClientID: "key-client", TokenEndpointAuthMethod: "private_key_jwt", GrantTypes: []string{"client_credentials", deviceGrant},
			Scope: "read:invoices", ClientSigning: mockidp.ClientSigning{JWKS: &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
				keys[0].public(),
				keys[1].public(), keys[2].public(),
			}}},
		},
		{
			ClientID: "fapi-client", TokenEndpointAuthMethod: "private_key_jwt", GrantTypes: []string{"client_credentials"},
			Scope: "read:invoices", ClientSigning: mockidp.ClientSigning{JWKS: &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{keys[0].public()}}},
			Profile:               "fapi2",
			DPoPBoundAccessTokens: true,
		},
		{
			ClientID: "hmac-client", TokenEndpointAuthMethod: "client_secret_jwt", ClientSecret: hmacSecret,
			GrantTypes: []string{"client_credentials"}, Scope: "read:invoices",
		},
	}
}

// assertion is a client_assertion in the making.
type assertion struct {
	header map[string]any
	claims map[string]any
	key    any
}

// assertionOf is a good one, by the first key of key-client unless changed.
func (w *world) assertionOf(client string) *assertion {
	now := w.clock.Now().Unix()
	a := &assertion{
		header: map[string]any{"alg": "ES256", "kid": "ec"},
		claims: map[string]any{
			"iss": client, "sub": client, "aud": realmURL, "iat": now, "exp": now + 60, "jti": rand.Text(),
		},
		key: clientKeys()[0].private,
	}
	if client == "hmac-client" {
		a.header, a.key = map[string]any{"alg": "HS256"}, []byte(hmacSecret)
	}
	return a
}

func (a *assertion) sign(tb testing.TB) string {
	tb.Helper()
	payload, err := json.Marshal(a.claims)
	if err != nil {
		tb.Fatal(err)
	}
	opts := &jose.SignerOptions{ExtraHeaders: map[jose.HeaderKey]any{}}
	for name, value := range a.header {
		if name != "alg" {
			opts.ExtraHeaders[jose.HeaderKey(name)] = value
		}
	}
	alg, _ := a.header["alg"].(string)
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.SignatureAlgorithm(alg), Key: a.key}, opts)
	if err != nil {
		tb.Fatal(err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		tb.Fatal(err)
	}
	compact, err := signed.CompactSerialize()
	if err != nil {
		tb.Fatal(err)
	}
	return compact
}

// asserting adds a client_assertion to the parameters of a request.
func asserting(form url.Values, token string) url.Values {
	return changed(form, "client_assertion_type", jwtBearer, "client_assertion", token, "client_id", "")
}

// asserted sends the request that a client who proves itself by JWT would send
// to the endpoint; change changes the assertion.
func (w *world) asserted(address, client string, change func(*assertion)) reply {
	w.t.Helper()
	a := w.assertionOf(client)
	if change != nil {
		change(a)
	}
	return w.post(address, asserting(anything(), a.sign(w.t)).Encode())
}

// anything are parameters that some endpoint for clients finds good.
func anything() url.Values {
	return url.Values{"grant_type": {"client_credentials"}, "token": {"made-up"}}
}

// assertionCases break the rules about client_assertion, which every endpoint
// has that authenticates clients.
func assertionCases(endpoint, address string, always401 bool) []ruleCase {
	status := http.StatusBadRequest
	if always401 {
		status = http.StatusUnauthorized
	}
	raw := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{endpoint, rule, sentence, jsonError, status, send}
	}
	c := func(rule, sentence, client string, change func(*assertion)) ruleCase {
		return raw(rule, sentence, func(w *world) reply { return w.asserted(address, client, change) })
	}
	claim := func(name string, value any) func(*assertion) {
		return func(a *assertion) { a.claims[name] = value }
	}
	later := func(name string, d time.Duration) func(*assertion) {
		return claim(name, newClock().Now().Add(d).Unix())
	}
	none := func(w *world) string {
		parts := strings.Split(w.assertionOf("key-client").sign(w.t), ".")
		return "eyJhbGciOiJub25lIn0." + parts[1] + "."
	}
	send := func(change ...string) func(*world) reply {
		return func(w *world) reply {
			form := asserting(anything(), w.assertionOf("key-client").sign(w.t))
			return w.post(address, changed(form, change...).Encode())
		}
	}
	return []ruleCase{
		raw("client-assertion-type", "no type", send("client_assertion_type", "")),
		raw("client-assertion-type", "the type of SAML",
			send("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer")),
		raw("client-assertion-type", "the type alone", send("client_assertion", "")),
		raw("client-assertion-jwt", "a word", send("client_assertion", "password")),
		raw("client-assertion-jwt", "a claim twice",
			send("client_assertion", "eyJhbGciOiJFUzI1NiJ9."+encoded(`{"sub":"a","sub":"key-client"}`)+".AA")),
		c("client-assertion-jwt", "exp is a word", "key-client", claim("exp", "tomorrow")),
		c("client-assertion-jwt", "a critical extension", "key-client", func(a *assertion) { a.header["crit"] = []string{"exp"} }),
		c("client-known", "an assertion of nobody", "key-client", claim("sub", "nobody")),
		c("client-auth-method", "a key where a secret was agreed on", "key-client", func(a *assertion) {
			a.claims["iss"], a.claims["sub"] = "hmac-client", "hmac-client"
		}),
		c("client-auth-method", "the public key as a secret", "hmac-client", func(a *assertion) {
			a.claims["iss"], a.claims["sub"], a.header["kid"] = "key-client", "key-client", "ec"
		}),
		raw("client-assertion-alg", "none", func(w *world) reply {
			return w.post(address, asserting(anything(), none(w)).Encode())
		}),
		c("client-assertion-alg", "HS384 with a secret that is too short for it", "hmac-client", func(a *assertion) {
			a.header["alg"], a.key = "HS384", []byte(hmacSecret+strings.Repeat("x", 48))
		}),
		c("client-assertion-kind", "a DPoP proof", "key-client", func(a *assertion) { a.header["typ"] = "dpop+jwt" }),
		c("client-assertion-key", "a kid that is not registered", "key-client", func(a *assertion) { a.header["kid"] = "other" }),
		c("client-assertion-key", "one of two keys, but which", "key-client", func(a *assertion) {
			a.header, a.key = map[string]any{"alg": "EdDSA"}, clientKeys()[1].private
		}),
		c("client-assertion-signature", "another key under this kid", "key-client", func(a *assertion) {
			a.header, a.key = map[string]any{"alg": "EdDSA", "kid": "ed-1"}, clientKeys()[2].private
		}),
		c("client-assertion-signature", "another secret", "hmac-client", func(a *assertion) { a.key = []byte(strings.Repeat("x", 40)) }),
		c("client-assertion-subject", "iss is somebody else", "key-client", claim("iss", "react-client")),
		raw("client-assertion-subject", "client_id is somebody else", func(w *world) reply {
			form := asserting(anything(), w.assertionOf("key-client").sign(w.t))
			return w.post(address, changed(form, "client_id", "fapi-client").Encode())
		}),
		c("client-assertion-audience", "another provider", "key-client", claim("aud", "https://other.example")),
		c("client-assertion-audience", "two providers", "key-client", claim("aud", []string{realmURL, "https://other.example"})),
		c("client-assertion-audience", "nobody", "key-client", claim("aud", []string{})),
		c("client-assertion-audience", "the token endpoint under FAPI 2.0", "fapi-client", claim("aud", tokenURL)),
		c("client-assertion-audience", "a list under FAPI 2.0", "fapi-client", claim("aud", []string{realmURL})),
		c("client-assertion-expiry", "no exp", "key-client", claim("exp", nil)),
		c("client-assertion-expiry", "expired now", "key-client", later("exp", 0)),
		c("client-assertion-expiry", "good for two hours", "key-client", later("exp", 2*time.Hour)),
		c("client-assertion-expiry", "good for ever", "key-client", claim("exp", 1e300)),
		c("client-assertion-time", "nbf in a minute", "key-client", later("nbf", time.Minute)),
		c("client-assertion-time", "iat in a minute", "key-client", later("iat", time.Minute)),
		c("client-assertion-id", "no jti", "key-client", claim("jti", nil)),
		c("client-assertion-unused", "the same one twice", "key-client", func(a *assertion) { a.claims["jti"] = "twice" }).again(),
	}
}

// again sends a case's request twice.
func (c ruleCase) again() ruleCase {
	once := c.send
	c.send = func(w *world) reply {
		if res := once(w); res.check != nil && strings.HasPrefix(res.check.ID, "client-") {
			w.t.Fatalf("the first is refused: %+v", res.check)
		}
		return once(w)
	}
	return c
}

func TestAssertionIsTakenOnceEvenAtAnotherEndpoint(t *testing.T) {
	w := newWorld(t)
	form := asserting(anything(), w.assertionOf("key-client").sign(t)).Encode()
	if res := w.post(revokeURL, form); res.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", res.StatusCode, res.body)
	}
	if res := w.post(tokenURL, form); res.check == nil || res.check.ID != "client-assertion-unused" {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestRefusedAssertionIsNotUsedUp(t *testing.T) {
	w := newWorld(t)
	good := w.assertionOf("key-client")
	bad := w.assertionOf("key-client")
	bad.claims["jti"], bad.claims["aud"] = good.claims["jti"], "https://other.example"
	for i, a := range []*assertion{bad, good} {
		if res := w.post(tokenURL, asserting(anything(), a.sign(t)).Encode()); (res.StatusCode == http.StatusOK) != (i == 1) {
			t.Errorf("%d %s", res.StatusCode, res.body)
		}
	}
}

func TestAssertionsThatClientsInUseMakeAreTaken(t *testing.T) {
	w := newWorld(t)
	now := w.clock.Now()
	for sentence, change := range map[string]func(*assertion){
		"as it is":                      func(*assertion) {},
		"for the token endpoint":        func(a *assertion) { a.claims["aud"] = tokenURL },
		"for issuer and token endpoint": func(a *assertion) { a.claims["aud"] = []string{realmURL, tokenURL} },
		"typ of the draft":              func(a *assertion) { a.header["typ"] = "client-authentication+jwt" },
		"typ JWT":                       func(a *assertion) { a.header["typ"] = "JWT" },
		"no kid where one key suits":    func(a *assertion) { delete(a.header, "kid") },
		"times that are not whole":      func(a *assertion) { a.claims["exp"] = float64(now.Unix()) + 30.25 },
		"a clock nine seconds ahead":    func(a *assertion) { a.claims["nbf"], a.claims["iat"] = now.Unix()+9, now.Unix()+9 },
		"no iat":                        func(a *assertion) { delete(a.claims, "iat") },
		"more claims":                   func(a *assertion) { a.claims["scope"] = []int{1} },
		"with EdDSA": func(a *assertion) {
			a.header, a.key = map[string]any{"alg": "EdDSA", "kid": "ed-2"}, clientKeys()[2].private
		},
	} {
		if res := w.asserted(tokenURL, "key-client", change); res.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %s", sentence, res.StatusCode, res.body)
		}
	}
	if res := w.asserted(tokenURL, "hmac-client", nil); res.StatusCode != http.StatusOK {
		t.Errorf("hmac-client: %d %s", res.StatusCode, res.body)
	}
	// Who it is was believed; that it holds its key is another matter.
	if res := w.asserted(tokenURL, "fapi-client", nil); res.check == nil || res.check.ID != "dpop-sent" {
		t.Errorf("fapi-client: %d %s", res.StatusCode, res.body)
	}
	form := asserting(anything(), w.assertionOf("key-client").sign(t))
	if res := w.post(tokenURL, changed(form, "client_id", "key-client").Encode()); res.StatusCode != http.StatusOK {
		t.Errorf("client_id beside the assertion: %d %s", res.StatusCode, res.body)
	}
}

func TestAssertionAndSecretTogetherAreTwoWays(t *testing.T) {
	w := newWorld(t)
	form := asserting(anything(), w.assertionOf("hmac-client").sign(t))
	for sentence, res := range map[string]reply{
		"secret in the body": w.post(tokenURL, changed(form, "client_secret", hmacSecret).Encode()),
		"header":             w.post(tokenURL, form.Encode(), "Authorization", basic("hmac-client", hmacSecret)),
	} {
		if res.check == nil || res.check.ID != "client-authenticates-once" {
			t.Errorf("%s: %+v", sentence, res.check)
		}
	}
	if res := w.post(tokenURL, anything().Encode(), "Authorization", basic("hmac-client", hmacSecret)); res.check == nil ||
		res.check.ID != "client-auth-method" {
		t.Errorf("the secret itself: %+v", res.check)
	}
}

func TestAssertionIsRememberedUntilItExpires(t *testing.T) {
	w := newWorld(t)
	a := w.assertionOf("key-client")
	a.claims["exp"] = w.clock.Now().Add(time.Hour).Unix()
	form := asserting(anything(), a.sign(t)).Encode()
	w.post(tokenURL, form)
	for range 4 {
		w.clock.Advance(15*time.Minute - time.Second)
		if res := w.post(tokenURL, form); res.StatusCode == http.StatusOK || res.check.ID != "client-assertion-unused" {
			t.Errorf("%d %+v", res.StatusCode, res.check)
		}
	}
}

func TestMetadataNamesTheAlgorithmsOfAssertions(t *testing.T) {
	var doc map[string]any
	w := newWorld(t)
	if err := json.Unmarshal([]byte(w.get(realmURL+"/.well-known/openid-configuration").body), &doc); err != nil {
		t.Fatal(err)
	}
	for _, endpoint := range []string{"token", "revocation", "introspection"} {
		got, _ := json.Marshal(doc[endpoint+"_endpoint_auth_signing_alg_values_supported"])
		if s := string(got); !strings.Contains(s, `"ES256"`) || !strings.Contains(s, `"HS256"`) || strings.Contains(s, "none") {
			t.Errorf("%s: %s", endpoint, s)
		}
		methods, _ := json.Marshal(doc[endpoint+"_endpoint_auth_methods_supported"])
		if !strings.Contains(string(methods), "private_key_jwt") || !strings.Contains(string(methods), "client_secret_jwt") {
			t.Errorf("%s: %s", endpoint, methods)
		}
	}
}

// proof is what a client adds to its token request to show who it is, beyond
// what the library does by itself.
func (rp relyingParty) proof(t *testing.T) []oauth2.AuthCodeOption {
	t.Helper()
	if !rp.signs {
		return nil
	}
	key, err := mockidp.DemoClientKey()
	if err != nil {
		t.Fatal(err)
	}
	id := rp.oauth.ClientID
	a := &assertion{
		header: map[string]any{"alg": key.Algorithm, "kid": key.KeyID},
		claims: map[string]any{"iss": id, "sub": id, "aud": rp.issuer, "exp": time.Now().Add(time.Minute).Unix(), "jti": rand.Text()},
		key:    key.Key,
	}
	return []oauth2.AuthCodeOption{
		oauth2.SetAuthURLParam("client_assertion_type", jwtBearer), oauth2.SetAuthURLParam("client_assertion", a.sign(t)),
	}
}

func FuzzAssertionsOfStrangersAreNeverBelieved(f *testing.F) {
	realm := rulesRealm()
	c := newClock()
	now := strconv.FormatInt(c.Now().Unix()+60, 10)
	claims := `{"iss":"key-client","sub":"key-client","aud":"` + realmURL + `","jti":"1","exp":` + now + `}`
	seeds := [][2]string{
		{`{"alg":"ES256","kid":"ec"}`, claims},
		{`{"alg":"none"}`, claims},
		{`{"alg":"HS256"}`, strings.ReplaceAll(claims, "key-client", "hmac-client")},
		{`{"alg":"ES256","kid":"ec","crit":["b64"],"b64":false}`, claims},
		{`{"alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}`, claims},
		{`{}`, `{}`},
		{``, ``},
		{`{"alg":1}`, `[]`},
		{`{"alg":"ES256"}`, `{"aud":[[]],"exp":1e999}`},
	}
	for _, s := range seeds {
		f.Add(s[0], s[1], "AA")
		f.Add(s[0], s[1], "")
	}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, header, claims, signature string) {
		b := newBrowser(t, newProvider(t, mockidp.Config{Now: c.Now, Realms: []mockidp.Realm{realm}}))
		form := asserting(anything(), encoded(header)+"."+encoded(claims)+"."+signature).Encode()
		for _, address := range []string{tokenURL, revokeURL, introspectURL} {
			res := b.post(address, form)
			if res.StatusCode != http.StatusBadRequest && res.StatusCode != http.StatusUnauthorized {
				t.Fatalf("%s: %d %s", address, res.StatusCode, res.body)
			}
		}
	})
}
