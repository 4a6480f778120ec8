package mockidp_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/mockidp"
)

// dpopCases break the rules of RFC 9449: those about a proof at both endpoints
// that take one, then those of each.
func dpopCases() []ruleCase {
	at := func(endpoint, rule, sentence string, kind kind, status int, send func(*world) reply) ruleCase {
		return ruleCase{endpoint, rule, sentence, kind, status, send}
	}
	var all []ruleCase
	for _, c := range proofChanges() {
		all = append(all,
			at("token", c.rule, c.sentence, jsonError, 400, func(w *world) reply { return newHolder(w).redeem(w.code(), c.change(w)...) }),
			at("userinfo", c.rule, c.sentence, challenged, 401, func(w *world) reply {
				h := newHolder(w)
				return h.use(h.tokens("openid").Access, c.change(w)...)
			}))
	}
	return slices.Concat(all, proofHeaderCases(), dpopTokenCases(), dpopUseCases())
}

type proofChange struct {
	rule, sentence string
	change         func(*world) []any
}

// proofChanges are proofs with one thing wrong.
func proofChanges() []proofChange {
	c := func(rule, sentence string, change ...any) proofChange {
		return proofChange{rule, sentence, func(*world) []any { return change }}
	}
	at := func(rule, sentence string, d time.Duration) proofChange {
		return proofChange{rule, sentence, func(w *world) []any { return []any{"iat", w.clock.Now().Add(d).Unix()} }}
	}
	return []proofChange{
		c("dpop-well-formed", "critical extensions", "header.crit", []string{"b64"}, "header.b64", false),
		c("dpop-typ", "typ JWT", "header.typ", "JWT"),
		c("dpop-typ", "no typ", "header.typ", nil),
		c("dpop-alg", "alg none", "header.alg", "none"),
		c("dpop-alg", "a symmetric alg", "header.alg", "HS256"),
		c("dpop-alg", "no alg", "header.alg", nil),
		c("dpop-alg", "an alg in lower case", "header.alg", "es256"),
		c("dpop-alg", "alg a number", "header.alg", 256),
		c("dpop-key-public", "a private key in jwk", "header.jwk", json.RawMessage(`{"kty":"EC","crv":"P-256","d":"AA","x":"AA","y":"AA"}`)),
		c("dpop-key-public", "a shared secret in jwk", "header.jwk", json.RawMessage(`{"kty":"oct","k":"AAAA"}`)),
		c("dpop-key-usable", "no jwk", "header.jwk", nil),
		c("dpop-key-usable", "jwk a word", "header.jwk", "key"),
		c("dpop-key-usable", "jwk null", "header.jwk", json.RawMessage(`null`)),
		c("dpop-key-usable", "a point off the curve", "header.jwk",
			json.RawMessage(`{"kty":"EC","crv":"P-256","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs"}`)),
		c("dpop-key-usable", "a key of another curve than alg", "header.alg", "ES384"),
		c("dpop-key-usable", "a key of another kind than alg", "header.alg", "RS256"),
		c("dpop-key-usable", "a short RSA key", "header.alg", "RS256", "header.jwk",
			json.RawMessage(`{"kty":"RSA","e":"AQAB","n":"`+strings.Repeat("AQAB", 32)+`"}`)),
		c("dpop-signature", "somebody else's key", "header.jwk",
			json.RawMessage(`{"kty":"EC","crv":"P-256","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"}`)),
		c("dpop-claims", "no jti", "jti", nil),
		c("dpop-claims", "an empty jti", "jti", ""),
		c("dpop-claims", "no htm", "htm", nil),
		c("dpop-claims", "no htu", "htu", nil),
		c("dpop-claims", "htu a list", "htu", []string{tokenURL}),
		c("dpop-claims", "no iat", "iat", nil),
		c("dpop-claims", "iat a word", "iat", "now"),
		c("dpop-method", "another method", "htm", "PUT"),
		c("dpop-method", "a method in lower case", "htm", "post"),
		c("dpop-uri", "another endpoint", "htu", oidcURL+"/revoke"),
		c("dpop-uri", "another host", "htu", strings.Replace(tokenURL, "idp.example", "evil.example", 1)),
		c("dpop-uri", "another scheme", "htu", strings.Replace(tokenURL, "https", "http", 1)),
		c("dpop-uri", "another port", "htu", strings.Replace(tokenURL, "idp.example", "idp.example:444", 1)),
		c("dpop-uri", "a path alone", "htu", "/realms/demo/protocol/openid-connect/token"),
		c("dpop-uri", "the issuer next door", "htu", strings.Replace(tokenURL, "/realms", "/auth/realms", 1)),
		c("dpop-uri", "a name in the address", "htu", strings.Replace(tokenURL, "idp.example", "user@idp.example", 1)),
		c("dpop-uri", "no URI", "htu", "%"),
		at("dpop-fresh", "61 seconds old", -61*time.Second),
		at("dpop-fresh", "31 seconds ahead", 31*time.Second),
		c("dpop-fresh", "from the end of time", "iat", 1e300),
		c("dpop-fresh", "from before all time", "iat", -1e300),
	}
}

// proofHeaderCases are headers that hold no proof at all.
func proofHeaderCases() []ruleCase {
	headers := func(rule, sentence string, send func(h *holder, method, address, token string) []string) []ruleCase {
		return []ruleCase{
			{"token", rule, sentence, jsonError, 400, func(w *world) reply {
				args := []string{"Content-Type", "application/x-www-form-urlencoded"}
				for _, v := range send(newHolder(w), http.MethodPost, tokenURL, "") {
					args = append(args, "DPoP", v)
				}
				return w.request(http.MethodPost, tokenURL, redeeming(w.code()).Encode(), args...)
			}},
			{"userinfo", rule, sentence, challenged, 401, func(w *world) reply {
				h := newHolder(w)
				token := h.tokens("openid").Access
				args := []string{"Authorization", "DPoP " + token}
				for _, v := range send(h, http.MethodGet, userInfoURL, token) {
					args = append(args, "DPoP", v)
				}
				return w.request(http.MethodGet, userInfoURL, "", args...)
			}},
		}
	}
	one := func(v string) func(*holder, string, string, string) []string {
		return func(*holder, string, string, string) []string { return []string{v} }
	}
	return slices.Concat(
		headers("dpop-once", "two proofs", func(h *holder, method, address, token string) []string {
			return []string{h.proof(method, address, "ath", hashOf(token)), h.proof(method, address, "ath", hashOf(token))}
		}),
		headers("dpop-well-formed", "a word", one("proof")),
		headers("dpop-well-formed", "an empty header", one("")),
		headers("dpop-well-formed", "parts that are not base64url", one("a.b.c")),
		headers("dpop-well-formed", "a header that is a list", one("W10.e30.AA")),
		headers("dpop-well-formed", "a payload that is null", one("e30.bnVsbA.AA")),
		headers("dpop-well-formed", "two alg in one header", one("eyJhbGciOiJFUzI1NiIsImFsZyI6Im5vbmUifQ.e30.AA")),
		headers("dpop-well-formed", "two proofs in one header", func(h *holder, method, address, _ string) []string {
			return []string{h.proof(method, address) + ", " + h.proof(method, address)}
		}),
		headers("dpop-signature", "no signature", func(h *holder, method, address, _ string) []string {
			proof := h.proof(method, address)
			return []string{proof[:strings.LastIndex(proof, ".")+1]}
		}),
		headers("dpop-signature", "a changed claim", func(h *holder, method, address, _ string) []string {
			one, two := strings.Split(h.proof(method, address), "."), strings.Split(h.proof(method, address), ".")
			return []string{one[0] + "." + two[1] + "." + one[2]}
		}),
	)
}

// bank are the story's client that always uses DPoP.
func bank(code string, change ...string) (form, authorization string) {
	v := redeeming(code, append([]string{"client_id", "", "redirect_uri", "http://127.0.0.1/callback"}, change...)...)
	return v.Encode(), basic("dpop-client", "dpop-client-secret")
}

func (w *world) bankCode(change ...string) string {
	w.t.Helper()
	return w.code(append([]string{"client_id", "dpop-client", "redirect_uri", "http://127.0.0.1/callback"}, change...)...)
}

// bankTokens does what a client does that is sent back for a nonce.
func (h *holder) bankTokens() (tokenSet, string) {
	h.tb.Helper()
	form, auth := bank(h.w.bankCode("scope", "openid"))
	first := h.w.post(tokenURL, form, "Authorization", auth, "DPoP", h.proof(http.MethodPost, tokenURL))
	nonce := first.Header.Get("DPoP-Nonce")
	second := h.w.post(tokenURL, form, "Authorization", auth, "DPoP", h.proof(http.MethodPost, tokenURL, "nonce", nonce))
	return tokensIn(h.tb, second), nonce
}

// dpopTokenCases break what only the token endpoint demands, and what follows
// from the authorization endpoint.
func dpopTokenCases() []ruleCase {
	c := func(endpoint, rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{endpoint, rule, sentence, jsonError, 400, send}
	}
	refused := func(sentence string, change ...string) ruleCase {
		return ruleCase{"authorization", "dpop-jkt-syntax", sentence, toClient, 303, authorizeWith(change...)}
	}
	return []ruleCase{
		refused("a short thumbprint", "dpop_jkt", "short"),
		refused("a thumbprint with padding", "dpop_jkt", strings.Repeat("x", 42)+"="),
		c("token", "dpop-sent", "no proof of a client that always uses DPoP", func(w *world) reply {
			form, auth := bank(w.bankCode())
			return w.post(tokenURL, form, "Authorization", auth)
		}),
		c("token", "dpop-nonce", "no nonce of a client that needs one", func(w *world) reply {
			form, auth := bank(w.bankCode())
			return w.post(tokenURL, form, "Authorization", auth, "DPoP", newHolder(w).proof(http.MethodPost, tokenURL))
		}),
		c("token", "dpop-nonce", "a made-up nonce", func(w *world) reply {
			form, auth := bank(w.bankCode())
			return w.post(tokenURL, form, "Authorization", auth, "DPoP", newHolder(w).proof(http.MethodPost, tokenURL, "nonce", "made-up"))
		}),
		c("token", "dpop-nonce", "a nonce of four minutes ago", func(w *world) reply {
			h := newHolder(w)
			_, nonce := h.bankTokens()
			w.clock.Advance(4 * time.Minute)
			form, auth := bank(w.bankCode())
			return w.post(tokenURL, form, "Authorization", auth, "DPoP", h.proof(http.MethodPost, tokenURL, "nonce", nonce))
		}),
		c("token", "dpop-unused", "a proof that was used", func(w *world) reply {
			proof := newHolder(w).proof(http.MethodPost, tokenURL)
			w.post(tokenURL, redeeming(w.code()).Encode(), "DPoP", proof)
			w.clock.Advance(60 * time.Second)
			return w.post(tokenURL, redeeming(w.code()).Encode(), "DPoP", proof)
		}),
		c("token authorization_code", "code-key", "a code that is bound to another key", func(w *world) reply {
			return newHolder(w).redeem(w.code("dpop_jkt", newHolder(w).thumbprint()))
		}),
		c("token authorization_code", "code-key", "a code that is bound to a key, without proof", func(w *world) reply {
			return w.post(tokenURL, redeeming(w.code("dpop_jkt", newHolder(w).thumbprint())).Encode())
		}),
		c("token refresh_token", "refresh-token-key", "a public client's token with another key", func(w *world) reply {
			return newHolder(w).refresh(newHolder(w).tokens("openid").Refresh)
		}),
		c("token refresh_token", "refresh-token-key", "a public client's token without proof", func(w *world) reply {
			return w.refresh(newHolder(w).tokens("openid").Refresh)
		}),
	}
}

// dpopUseCases break what only UserInfo demands.
func dpopUseCases() []ruleCase {
	c := func(rule, sentence string, status int, send func(*world, *holder) reply) ruleCase {
		return ruleCase{"userinfo", rule, sentence, challenged, status, func(w *world) reply { return send(w, newHolder(w)) }}
	}
	return []ruleCase{
		c("token-scheme", "a bound token as Bearer", 401, func(w *world, h *holder) reply { return w.userInfo(h.tokens("openid").Access) }),
		c("token-scheme", "a bound token as Bearer, with a proof", 401, func(w *world, h *holder) reply {
			token := h.tokens("openid").Access
			return w.request(http.MethodGet, userInfoURL, "", "Authorization", "Bearer "+token,
				"DPoP", h.proof(http.MethodGet, userInfoURL, "ath", hashOf(token)))
		}),
		c("token-scheme", "a bound token in a form", 401, func(w *world, h *holder) reply {
			return w.post(userInfoURL, "access_token="+h.tokens("openid").Access)
		}),
		c("token-sent-once", "both schemes", 400, func(w *world, h *holder) reply {
			token := h.tokens("openid").Access
			return w.request(http.MethodGet, userInfoURL, "", "Authorization", "Bearer "+token, "Authorization", "DPoP "+token)
		}),
		c("dpop-sent", "no proof", 401, func(w *world, h *holder) reply {
			return w.request(http.MethodGet, userInfoURL, "", "Authorization", "DPoP "+h.tokens("openid").Access)
		}),
		c("dpop-nonce", "no nonce of a client that needs one", 401, func(_ *world, h *holder) reply {
			tokens, _ := h.bankTokens()
			return h.use(tokens.Access)
		}),
		c("dpop-unused", "a proof that was used", 401, func(w *world, h *holder) reply {
			token := h.tokens("openid").Access
			proof := h.proof(http.MethodGet, userInfoURL, "ath", hashOf(token))
			send := func() reply {
				return w.request(http.MethodGet, userInfoURL, "", "Authorization", "DPoP "+token, "DPoP", proof)
			}
			send()
			return send()
		}),
		c("dpop-ath", "no ath", 401, func(_ *world, h *holder) reply { return h.use(h.tokens("openid").Access, "ath", nil) }),
		c("dpop-ath", "the hash of another token", 401, func(_ *world, h *holder) reply {
			return h.use(h.tokens("openid").Access, "ath", hashOf("another"))
		}),
		c("token-bound-key", "another key", 401, func(w *world, h *holder) reply { return newHolder(w).use(h.tokens("openid").Access) }),
		c("token-bound-key", "a token that is bound to no key", 401, func(w *world, h *holder) reply {
			return h.use(w.app("openid").Access)
		}),
	}
}

func dpopKeptCases() []keptCase {
	return []keptCase{
		{"authorization", "a code shall be bound to a key", func(w *world) reply {
			return w.authorize("dpop_jkt", newHolder(w).thumbprint())
		}},
		{"token authorization_code", "a code that is bound to the key", func(w *world) reply {
			h := newHolder(w)
			return h.redeem(w.code("dpop_jkt", h.thumbprint()))
		}},
		{"token authorization_code", "a client that always uses DPoP", func(w *world) reply {
			h := newHolder(w)
			_, nonce := h.bankTokens()
			form, auth := bank(w.bankCode())
			return w.post(tokenURL, form, "Authorization", auth, "DPoP", h.proof(http.MethodPost, tokenURL, "nonce", nonce))
		}},
		{"token refresh_token", "a public client renews with its key", func(w *world) reply {
			h := newHolder(w)
			return h.refresh(h.tokens("openid").Refresh)
		}},
		{"userinfo", "a bound token with a proof", func(w *world) reply {
			h := newHolder(w)
			return h.use(h.tokens("openid").Access)
		}},
		{"userinfo", "a bound token with a nonce", func(w *world) reply {
			h := newHolder(w)
			tokens, nonce := h.bankTokens()
			return h.use(tokens.Access, "nonce", nonce)
		}},
	}
}

func TestEveryKindOfKeyGoesThroughTheWholeFlow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, h := range holders(w) {
		t.Run(string(h.alg), func(t *testing.T) {
			code := w.code("client_id", "app-client", "scope", "openid", "dpop_jkt", h.thumbprint())
			res := w.post(tokenURL, redeeming(code, "client_id", "app-client").Encode(), "DPoP", h.proof(http.MethodPost, tokenURL))
			for range 2 {
				res = h.refresh(h.isBound(t, res))
			}
		})
	}
}

// isBound holds the answer of the token endpoint to what it must say, and
// returns the refresh token.
func (h *holder) isBound(t *testing.T, res reply) (refresh string) {
	t.Helper()
	set := tokensIn(t, res)
	if !strings.Contains(res.body, `"token_type":"DPoP"`) {
		t.Error(res.body)
	}
	if cnf, _ := claimsOf(t, set.Access)["cnf"].(map[string]any); len(cnf) != 1 || cnf["jkt"] != h.thumbprint() {
		t.Errorf("cnf is %v, want jkt %s", cnf, h.thumbprint())
	}
	if res := h.use(set.Access); res.StatusCode != http.StatusOK || !strings.Contains(res.body, `"sub":"user-jane"`) {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
	said := h.w.introspect(set.Access).body
	if !strings.Contains(said, `"token_type":"DPoP"`) || !strings.Contains(said, `"cnf":{"jkt":"`+h.thumbprint()+`"}`) {
		t.Error(said)
	}
	return set.Refresh
}

func TestProofsAreReadAsTheStandardHasThem(t *testing.T) {
	w := newWorld(t)
	for sentence, change := range map[string][]any{
		"a query and a fragment":    {"htu", tokenURL + "?a=b#c"},
		"upper case in the host":    {"htu", strings.Replace(tokenURL, "https://idp.example", "HTTPS://IDP.example", 1)},
		"the port that goes unsaid": {"htu", strings.Replace(tokenURL, "idp.example", "idp.example:443", 1)},
		"needless escapes":          {"htu", strings.Replace(tokenURL, "token", "%74oken", 1)},
		"dot segments":              {"htu", strings.Replace(tokenURL, "/token", "/./x/../token", 1)},
		"an iat with a fraction":    {"iat", float64(w.clock.Now().Unix()) - 0.5},
		"60 seconds old":            {"iat", w.clock.Now().Unix() - 60},
		"30 seconds ahead":          {"iat", w.clock.Now().Unix() + 30},
		"claims of its own":         {"exp", 1, "more", map[string]any{"a": "b"}, "nonce", "kept from elsewhere"},
		"a jti of 8 KiB":            {"jti", strings.Repeat("x", 8<<10)},
	} {
		if res := newHolder(w).redeem(w.code(), change...); res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", sentence, res.body)
		}
	}
}

func TestAClientThatNeedsANonceGetsOneAndThenTheNext(t *testing.T) {
	w := newWorld(t)
	h := newHolder(w)
	form, auth := bank(w.bankCode("scope", "openid"))
	send := func(nonce any) reply {
		return w.post(tokenURL, form, "Authorization", auth, "DPoP", h.proof(http.MethodPost, tokenURL, "nonce", nonce))
	}
	first := send(nil)
	nonce := first.Header.Values("DPoP-Nonce")
	if len(nonce) != 1 || !strings.Contains(first.body, `"error":"use_dpop_nonce"`) || first.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%v %s", first.Header, first.body)
	}
	second := send(nonce[0])
	set := tokensIn(t, second)
	if second.Header.Get("DPoP-Nonce") != nonce[0] {
		t.Errorf("the nonce changed at once: %v", second.Header)
	}
	res := h.use(set.Access)
	if got := res.Header.Get("WWW-Authenticate"); res.StatusCode != http.StatusUnauthorized ||
		!strings.Contains(got, `error="use_dpop_nonce"`) || res.Header.Get("DPoP-Nonce") != nonce[0] {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	w.clock.Advance(2 * time.Minute)
	res = h.use(set.Access, "nonce", nonce[0])
	if next := res.Header.Get("DPoP-Nonce"); res.StatusCode != http.StatusOK || next == nonce[0] || next == "" {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
}

func TestTheRealmSaysWhoNeedsANonce(t *testing.T) {
	for policy, want := range map[string]map[string]int{
		"":                      {"mobile-pkce-client": 200, "dpop-client": 400},
		mockidp.DPoPNonceAlways: {"mobile-pkce-client": 400, "dpop-client": 400},
		mockidp.DPoPNonceNever:  {"mobile-pkce-client": 200, "dpop-client": 200},
	} {
		realm := rulesRealm()
		realm.DPoPNonce = policy
		c := newClock()
		p := newProvider(t, mockidp.Config{Now: c.Now, Realms: []mockidp.Realm{realm}})
		w := &world{newBrowser(t, p), c, p}
		form, auth := bank(w.bankCode())
		h := newHolder(w)
		got := map[string]int{
			"mobile-pkce-client": h.redeem(w.code()).StatusCode,
			"dpop-client":        w.post(tokenURL, form, "Authorization", auth, "DPoP", h.proof(http.MethodPost, tokenURL)).StatusCode,
		}
		for client, status := range want {
			if got[client] != status {
				t.Errorf("policy %q: %s gets %d, want %d", policy, client, got[client], status)
			}
		}
	}
	realm := rulesRealm()
	realm.DPoPNonce = "sometimes"
	if _, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}}); err == nil ||
		!strings.Contains(err.Error(), "DPoPNonce") {
		t.Errorf("%v", err)
	}
}

// A thief who has the code, but not the key, gets nothing; nor does one who
// has a refresh token.
func TestAConfidentialClientMayChangeItsKey(t *testing.T) {
	w := newWorld(t)
	h := newHolder(w)
	set, nonce := h.bankTokens()
	other := newHolder(w)
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {set.Refresh}}.Encode()
	res := w.post(tokenURL, form, "Authorization", basic("dpop-client", "dpop-client-secret"),
		"DPoP", other.proof(http.MethodPost, tokenURL, "nonce", nonce))
	next := tokensIn(t, res)
	if res := other.use(next.Access, "nonce", nonce); res.StatusCode != http.StatusOK {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
	if res := h.use(next.Access, "nonce", nonce); res.check == nil || res.check.ID != "token-bound-key" {
		t.Errorf("the old key works with the new token: %d", res.StatusCode)
	}
}

func TestARefusedProofUsesNothingUp(t *testing.T) {
	w := newWorld(t)
	h := newHolder(w)
	code := w.code("client_id", "app-client")
	form := redeeming(code, "client_id", "app-client").Encode()
	proof := h.proof(http.MethodPost, tokenURL)
	if res := w.post(tokenURL, strings.Replace(form, "app-client", "nobody", 1), "DPoP", proof); res.StatusCode != http.StatusBadRequest {
		t.Errorf("nobody gets %d", res.StatusCode)
	}
	if res := w.post(tokenURL, form, "DPoP", h.proof(http.MethodPost, userInfoURL)); res.check == nil || res.check.ID != "dpop-uri" {
		t.Errorf("%+v", res.check)
	}
	set := tokensIn(t, w.post(tokenURL, form, "DPoP", proof))
	if res := newHolder(w).refresh(set.Refresh); res.check == nil || res.check.ID != "refresh-token-key" {
		t.Errorf("%+v", res.check)
	}
	if res := h.refresh(set.Refresh); res.StatusCode != http.StatusOK {
		t.Errorf("somebody without the key used the token up: %s", res.body)
	}
}

func TestAPublicClientCanBeginToUseDPoPWhenItRenews(t *testing.T) {
	w := newWorld(t)
	h := newHolder(w)
	set := tokensIn(t, h.refresh(w.app("openid").Refresh))
	if res := w.refresh(set.Refresh); res.check == nil || res.check.ID != "refresh-token-key" {
		t.Errorf("the new token is not bound: %d", res.StatusCode)
	}
	if res := h.refresh(set.Refresh); res.StatusCode != http.StatusOK {
		t.Error(res.body)
	}
}

func TestWhoSendsNothingHearsOfBothSchemes(t *testing.T) {
	w := newWorld(t)
	ways := w.get(userInfoURL).Header.Values("WWW-Authenticate")
	if len(ways) != 2 || ways[0] != `Bearer realm="demo"` || !strings.HasPrefix(ways[1], `DPoP realm="demo", algs="RS256 `) ||
		strings.Contains(strings.Join(ways, ""), "error") {
		t.Errorf("%q", ways)
	}
	h := newHolder(w)
	token := h.tokens("openid").Access
	if ways := w.userInfo(token).Header.Values("WWW-Authenticate"); len(ways) != 2 ||
		!strings.Contains(ways[0], `Bearer realm="demo", error="invalid_token"`) || strings.Contains(ways[1], "error") {
		t.Errorf("%q", ways)
	}
	if ways := h.use(token, "htm", "PUT").Header.Values("WWW-Authenticate"); len(ways) != 1 ||
		!strings.Contains(ways[0], `DPoP realm="demo", algs="`) || !strings.Contains(ways[0], `error="invalid_dpop_proof"`) {
		t.Errorf("%q", ways)
	}
}

func TestPagesOfABrowserAppCanUseDPoP(t *testing.T) {
	w := newWorld(t)
	for _, address := range []string{tokenURL, userInfoURL} {
		res := w.request(http.MethodOptions, address, "", "Origin", "https://travel.example", "Access-Control-Request-Method", "POST")
		if allowed := res.Header.Get("Access-Control-Allow-Headers"); !strings.Contains(allowed, "DPoP") {
			t.Errorf("%s: %s", address, allowed)
		}
		res = w.request(http.MethodPost, address, "", "Origin", "https://travel.example")
		if exposed := res.Header.Get("Access-Control-Expose-Headers"); exposed != "WWW-Authenticate, DPoP-Nonce" {
			t.Errorf("%s: %s", address, exposed)
		}
	}
}

// dpopTransport gives somebody else's client DPoP: a proof with every request,
// and a second try with the nonce that it is sent back for.
type dpopTransport struct {
	h     *holder
	base  http.RoundTripper
	nonce any
}

func (d *dpopTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(cmp.Or(r.Body, io.ReadCloser(http.NoBody)))
	if err != nil {
		return nil, err
	}
	send := func() (*http.Response, error) {
		again := r.Clone(r.Context())
		again.Body = io.NopCloser(bytes.NewReader(body))
		change := []any{"nonce", d.nonce}
		if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "DPoP "); ok {
			change = append(change, "ath", hashOf(token))
		}
		again.Header.Set("DPoP", d.h.proof(r.Method, r.URL.String(), change...))
		return d.base.RoundTrip(again)
	}
	res, err := send()
	if err == nil && res.Header.Get("DPoP-Nonce") != "" && res.StatusCode >= http.StatusBadRequest {
		_ = res.Body.Close()
		d.nonce = res.Header.Get("DPoP-Nonce")
		return send()
	}
	return res, err
}

func TestXOAuth2LogsInOverTLSWithAClientThatAlwaysUsesDPoP(t *testing.T) {
	p, client := mockidp.StartTLS(t, mockidp.Config{Keys: keys(t)})
	alone := &world{browser: &browser{t: t}, clock: mockidp.NewClock(time.Now())}
	h := &holder{tb: t, w: alone, alg: jose.ES256, key: newHolder(newWorld(t)).key}
	b := overTCP(t)
	b.client.Transport = client.Transport
	client.Transport = &dpopTransport{h: h, base: client.Transport}
	ctx := oidc.ClientContext(t.Context(), client)
	provider, err := oidc.NewProvider(ctx, p.Issuer("demo"))
	if err != nil {
		t.Fatal(err)
	}
	endpoint := provider.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	app := oauth2.Config{
		ClientID: "dpop-client", ClientSecret: "dpop-client-secret", Endpoint: endpoint,
		RedirectURL: "http://127.0.0.1:5555/callback", Scopes: []string{"openid", "offline_access"},
	}
	secret := oauth2.GenerateVerifier()
	res := b.submit(b.signIn(b.get(app.AuthCodeURL("s", oauth2.S256ChallengeOption(secret))), "jane"), "decision", "approve")
	token, err := app.Exchange(ctx, res.location().Query().Get("code"), oauth2.VerifierOption(secret))
	if err != nil || token.TokenType != "DPoP" {
		t.Fatalf("%+v %v", token, err)
	}
	token.Expiry = time.Now().Add(-time.Minute)
	again, err := app.TokenSource(ctx, token).Token()
	if err != nil || again.AccessToken == token.AccessToken || again.TokenType != "DPoP" {
		t.Fatalf("%+v %v", again, err)
	}
	// x/oauth2 writes the scheme that the token has.
	if info, err := provider.UserInfo(ctx, oauth2.StaticTokenSource(again)); err != nil || info.Subject != "user-jane" {
		t.Errorf("%+v %v", info, err)
	}
}

// Whoever adds a grant must not forget to bind what it gives out.
func TestEveryGrantBindsWhatItGivesOut(t *testing.T) {
	w := newWorld(t)
	bound := func(form string, headers ...string) bool {
		t.Helper()
		h := newHolder(w)
		res := w.post(tokenURL, form, append(headers, "DPoP", h.proof(http.MethodPost, tokenURL))...)
		cnf, _ := claimsOf(t, accessTokenOf(t, res))["cnf"].(map[string]any)
		return strings.Contains(res.body, `"token_type":"DPoP"`) && cnf["jkt"] == h.thumbprint()
	}
	tv := w.tv("scope", "openid")
	w.allowTV(tv.UserCode)
	got := map[string]bool{
		"authorization_code": bound(redeeming(w.code()).Encode()),
		"client_credentials": bound("grant_type=client_credentials", "Authorization", basic("my-service-client", "my-service-secret")),
		"refresh_token": bound(url.Values{
			"grant_type": {"refresh_token"}, "client_id": {"app-client"},
			"refresh_token": {w.app("openid").Refresh},
		}.Encode()),
		deviceGrant: bound(url.Values{"grant_type": {deviceGrant}, "client_id": {"tv-client"}, "device_code": {tv.DeviceCode}}.Encode()),
		"password": bound(url.Values{
			"grant_type": {"password"}, "client_id": {"legacy-password-client"}, "username": {"jane"},
			"password": {"jane"}, "scope": {"openid"},
		}.Encode()),
	}
	access := w.app("openid mail.read").Access
	got[exchangeGrant] = bound(url.Values{
		"grant_type": {exchangeGrant}, "subject_token": {access}, "subject_token_type": {kindAccess}, "audience": {mailboxAPI},
	}.Encode(), "Authorization", basic("exchange-client", "exchange-client-secret"))
	var doc struct {
		Grants []string `json:"grant_types_supported"`
	}
	if err := json.Unmarshal([]byte(w.get(realmURL+"/.well-known/openid-configuration").body), &doc); err != nil {
		t.Fatal(err)
	}
	for _, grant := range doc.Grants {
		if _, ok := got[grant]; !ok && grant != "implicit" { // from the authorization endpoint, where nobody can prove anything
			t.Errorf("nobody looked at %s", grant)
		}
	}
	for grant, ok := range got {
		if !ok {
			t.Errorf("%s gives out a token that is not bound", grant)
		}
	}
}
