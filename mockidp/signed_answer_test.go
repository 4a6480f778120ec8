package mockidp_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp"
)

// opened verifies a JWT with the keys that the provider publishes, and returns
// what its header and its payload say.
func (w *world) opened(token string) (header, claims map[string]any) {
	w.t.Helper()
	first, _, _ := strings.Cut(token, ".")
	header = said(w.t, string(decoded(w.t, first)))
	var keys jose.JSONWebKeySet
	if err := json.Unmarshal([]byte(w.get(oidcURL+"/certs").body), &keys); err != nil {
		w.t.Fatal(err)
	}
	alg, _ := header["alg"].(string)
	parsed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.SignatureAlgorithm(alg)})
	if err != nil {
		w.t.Fatalf("%s: %v", token, err)
	}
	if _, err := parsed.Verify(&keys); err != nil {
		w.t.Fatalf("not signed with a published key: %v", err)
	}
	return header, said(w.t, token)
}

func TestAnswersAreSignedWhereTheRequestAsksForIt(t *testing.T) {
	for _, c := range []struct {
		kind, mode string
		begins     string // of where the answer goes; empty for a form
	}{
		{"code", "jwt", callback + "?response="},
		{"code", "query.jwt", callback + "?response="},
		{"code", "fragment.jwt", callback + "#response="},
		{"code", "form_post.jwt", ""},
		{"code id_token token", "jwt", callback + "#response="},
		{"code id_token token", "form_post.jwt", ""},
	} {
		t.Run(c.kind+" "+c.mode, func(t *testing.T) {
			w := newWorld(t)
			res := w.walk(hybrid("response_type", c.kind, "response_mode", c.mode)...)
			if location := res.Header.Get("Location"); !strings.HasPrefix(location, c.begins) || (location == "") != (c.begins == "") {
				t.Fatalf("%d to %q", res.StatusCode, location)
			}
			fields := res.answer(t)
			if len(fields) != 1 {
				t.Errorf("more than the JWT is sent: %v", fields)
			}
			header, claims := w.opened(fields.Get("response"))
			answersInFull(t, w, claims, c.kind)
			if header["alg"] != "RS256" {
				t.Errorf("header %v", header)
			}
		})
	}
}

// answersInFull holds the claims of a signed answer to what it must say.
func answersInFull(t *testing.T, w *world, claims map[string]any, kind string) {
	t.Helper()
	now := w.clock.Now()
	want := map[string]any{"iss": realmURL, "aud": "hybrid-client", "state": "af0ifjsldkj", "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix()}
	if strings.Contains(kind, "token") {
		want["expires_in"], want["token_type"] = int64(300), "Bearer"
	}
	for name, value := range want {
		if got := fmt.Sprint(claims[name]); got != plain(value) {
			t.Errorf("%s is %s, want %s", name, got, plain(value))
		}
	}
	if code, _ := claims["code"].(string); code == "" || (claims["id_token"] != nil) != strings.Contains(kind, "id_token") {
		t.Errorf("claims %v", claims)
	}
}

// plain writes a value as fmt writes what encoding/json reads of it.
func plain(v any) string {
	if n, ok := v.(int64); ok {
		return fmt.Sprint(float64(n))
	}
	return fmt.Sprint(v)
}

func TestErrorsAreSignedToo(t *testing.T) {
	w := newWorld(t)
	res := w.authorize("response_mode", "jwt", "prompt", "none")
	_, claims := w.opened(res.answer(t).Get("response"))
	if claims["error"] != "login_required" || claims["error_description"] == "" || claims["state"] != "af0ifjsldkj" || claims["iss"] != realmURL {
		t.Errorf("at once: %v", claims)
	}
	res = w.submit(w.signIn(w.authorize("response_mode", "form_post.jwt"), "jane"), "decision", "refuse")
	if _, claims = w.opened(res.answer(t).Get("response")); claims["error"] != "access_denied" {
		t.Errorf("after the pages: %v", claims)
	}
	// A stranger's address is shown before anybody is sent there, and what they
	// would take along is signed.
	w = strangers(t)
	n := w.newcomer("authorization_signed_response_alg", "ES256")
	res = w.authorize("client_id", n.ID, "response_mode", "form_post.jwt", "scope", "nothing")
	if res.StatusCode != http.StatusBadRequest {
		t.Fatalf("%d %s", res.StatusCode, res.body)
	}
	_, fields := readForm(t, res.body)
	header, claims := w.opened(fields.Get("response"))
	if header["alg"] != "ES256" || claims["error"] != "invalid_scope" || claims["aud"] != n.ID {
		t.Errorf("%v %v", header, claims)
	}
}

// JARM section 2.3.1: a token in the query ends up in logs, signed or not.
func TestSignedTokensDoNotTravelInTheQuery(t *testing.T) {
	w := newWorld(t)
	res := w.authorize(hybrid("response_mode", "query.jwt")...)
	if res.check == nil || res.check.ID != "response-mode-fits" || !strings.HasPrefix(res.Header.Get("Location"), callback+"#error=") {
		t.Errorf("%d %s %+v", res.StatusCode, res.Header.Get("Location"), res.check)
	}
	if res := w.authorize("redirect_uri", "com.myapp:/callback", "response_mode", "form_post.jwt"); res.check == nil ||
		res.check.ID != "response-mode-fits" {
		t.Errorf("%d %+v", res.StatusCode, res.check)
	}
	for _, mode := range []string{"jwt.jwt", ".jwt", "query.jwt.jwt", "query."} {
		if res := w.authorize("response_mode", mode); res.check == nil || res.check.ID != "response-mode-known" {
			t.Errorf("%s: %d %+v", mode, res.StatusCode, res.check)
		}
	}
}

func TestASignedAnswerPassesForNoToken(t *testing.T) {
	w := newWorld(t)
	signed := w.walk(hybrid("response_mode", "jwt")...).answer(t).Get("response")
	if res := w.userInfo(signed); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("as an access token: %d", res.StatusCode)
	}
	if res := w.authorize("id_token_hint", signed); res.check == nil || res.check.ID != "id-token-hint-genuine" {
		t.Errorf("as an id_token_hint: %d %+v", res.StatusCode, res.check)
	}
	if res := w.introspect(signed); res.body != `{"active":false}` {
		t.Errorf("at introspection: %s", res.body)
	}
}

func TestAClientMayBeHeldToItsResponseModes(t *testing.T) {
	w := newWorld(t)
	for mode, ok := range map[string]bool{"": true, "query": true, "query.jwt": true, "jwt": false, "fragment": false} {
		res := w.authorize("client_id", "timed-signer", "response_mode", mode)
		if refused := res.check != nil && res.check.ID == "response-mode-allowed"; refused == ok {
			t.Errorf("%q: %d %+v", mode, res.StatusCode, res.check)
		}
	}
	_, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{{Name: "r", Clients: []mockidp.Client{
		{ClientID: "c", RedirectURIs: []string{callback}, ResponseModes: []string{"pigeon"}},
	}}}})
	if err == nil || !strings.Contains(err.Error(), `response_modes (Client.ResponseModes): "pigeon"`) {
		t.Errorf("%v", err)
	}
}

// asked introspects a token as the resource server, with an Accept header.
func (w *world) asked(token, accept string) reply {
	w.t.Helper()
	return w.post(introspectURL, url.Values{"token": {token}}.Encode(),
		"Authorization", basic("resource-server", "resource-secret"), "Accept", accept)
}

func TestIntrospectionIsSignedForWhoAsksForIt(t *testing.T) {
	w := newWorld(t)
	access, _ := w.tokens("openid mail.read")
	res := w.asked(access, "application/token-introspection+jwt")
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "application/token-introspection+jwt" ||
		res.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %v %s", res.StatusCode, res.Header, res.body)
	}
	header, claims := w.opened(res.body)
	about, _ := claims["token_introspection"].(map[string]any)
	if header["typ"] != "token-introspection+jwt" || claims["iss"] != realmURL || claims["aud"] != "resource-server" ||
		plain(w.clock.Now().Unix()) != fmt.Sprint(claims["iat"]) || len(claims) != 4 {
		t.Errorf("header %v, claims %v", header, claims)
	}
	if about["active"] != true || about["sub"] != "user-jane" || about["scope"] != "openid mail.read" {
		t.Errorf("said of it: %v", about)
	}
	// What it holds is what is said plainly.
	if plainly := said(t, w.asked(access, "application/json").body); fmt.Sprint(plainly) != fmt.Sprint(about) {
		t.Errorf("signed %v, plainly %v", about, plainly)
	}
	_, claims = w.opened(w.asked("made-up", "application/token-introspection+jwt").body)
	if got := fmt.Sprint(claims["token_introspection"]); got != "map[active:false]" {
		t.Errorf("of a token that was made up: %s", got)
	}
	for _, accept := range []string{"", "*/*", "application/json, application/token-introspection+jwt;q=0.1"} {
		if got := w.asked(access, accept).Header.Get("Content-Type"); got != "application/json" {
			t.Errorf("Accept: %s gets %s", accept, got)
		}
	}
	res = w.post(introspectURL, "token=x", "Authorization", basic("resource-server", "wrong"), "Accept", "application/token-introspection+jwt")
	if res.StatusCode != http.StatusUnauthorized || said(t, res.body)["error"] != "invalid_client" {
		t.Errorf("an error: %d %s", res.StatusCode, res.body)
	}
}

// RFC 9701 section 8.1: what is said of a token must not pass for the token.
func TestASignedIntrospectionPassesForNoToken(t *testing.T) {
	w := newWorld(t)
	access, _ := w.tokens("openid")
	signed := w.asked(access, "application/token-introspection+jwt").body
	if res := w.userInfo(signed); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("as an access token: %d", res.StatusCode)
	}
	if res := w.authorize("id_token_hint", signed); res.check == nil || res.check.ID != "id-token-hint-genuine" {
		t.Errorf("as an id_token_hint: %d %+v", res.StatusCode, res.check)
	}
}

func TestMetadataSayWhatAnswersAreSignedWith(t *testing.T) {
	meta := said(t, newWorld(t).get(realmURL+"/.well-known/openid-configuration").body)
	for _, name := range []string{"authorization_signing_alg_values_supported", "introspection_signing_alg_values_supported"} {
		if got := fmt.Sprint(meta[name]); got != "[RS256 PS256 ES256 EdDSA]" {
			t.Errorf("%s: %s", name, got)
		}
	}
	modes, _ := meta["response_modes_supported"].([]any)
	for _, mode := range []string{"jwt", "query.jwt", "fragment.jwt", "form_post.jwt"} {
		if !slices.Contains(modes, any(mode)) {
			t.Errorf("no %s in %v", mode, modes)
		}
	}
}
