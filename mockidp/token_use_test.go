package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/grantwalk/grantwalk/mockidp"
)

const (
	revokeURL     = oidcURL + "/revoke"
	introspectURL = tokenURL + "/introspect"
)

// inactive is the kind of answer that says nothing of a token.
const inactive kind = "inactive"

// about returns the parameters of a request about a token, by the app unless
// changed.
func about(token string, change ...string) string {
	return changed(url.Values{"token": {token}, "client_id": {"app-client"}}, change...).Encode()
}

func (w *world) revoke(token string, change ...string) reply {
	w.t.Helper()
	return w.post(revokeURL, about(token, change...))
}

// introspect asks as the resource server that all tokens are for.
func (w *world) introspect(token string) reply {
	w.t.Helper()
	return w.post(introspectURL, about(token, "client_id", ""), "Authorization", basic("resource-server", "resource-secret"))
}

// clientCases break what all endpoints for clients have in common. Where
// always401 is set, a client that is not believed gets that status even if it
// did not try the header.
func clientCases(endpoint, address string, always401 bool) []ruleCase {
	c := func(rule, sentence string, status int, send func(*world) reply) ruleCase {
		return ruleCase{endpoint, rule, sentence, jsonError, status, send}
	}
	unheaded := http.StatusBadRequest
	if always401 {
		unheaded = http.StatusUnauthorized
	}
	spring := basic("spring-client-app", "spring-client-secret")
	return append([]ruleCase{
		c("method-post", "GET", 405, func(w *world) reply { return w.get(address + "?" + about("x")) }),
		c("body-is-form", "JSON", 400, func(w *world) reply {
			return w.request(http.MethodPost, address, `{"token":"x"}`, "Content-Type", "application/json")
		}),
		c("parameters-encoded", "a percent sign stands alone", 400, func(w *world) reply { return w.post(address, "token=%") }),
		c("parameters-once", "two tokens", 400, func(w *world) reply { return w.post(address, about("x")+"&token=y") }),
		c("parameters-in-body", "the token in the URL", 400, func(w *world) reply { return w.post(address+"?token=x", about("")) }),
		c("client-authenticates-once", "secret in header and body", 400, func(w *world) reply {
			return w.post(address, about("x", "client_id", "spring-client-app", "client_secret", "spring-client-secret"), "Authorization", spring)
		}),
		c("authorization-header-basic", "a bearer token", 401, func(w *world) reply {
			return w.post(address, about("x"), "Authorization", "Bearer x")
		}),
		c("client-known", "nobody", unheaded, func(w *world) reply { return w.post(address, about("x", "client_id", "")) }),
		c("client-auth-method", "a secret from a public client", unheaded, func(w *world) reply {
			return w.post(address, about("x", "client_secret", "x"))
		}),
		c("client-secret-matches", "a wrong secret", 401, func(w *world) reply {
			return w.post(address, about("x", "client_id", ""), "Authorization", basic("spring-client-app", "wrong"))
		}),
	}, assertionCases(endpoint, address, always401)...)
}

func revocationCases() []ruleCase {
	c := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"revocation", rule, sentence, jsonError, 400, send}
	}
	return append(clientCases("revocation", revokeURL, false),
		c("token-sent", "none", func(w *world) reply { return w.revoke("") }),
		c("token-revocable", "an ID token", func(w *world) reply { return w.revoke(w.app("openid").ID) }),
		c("token-issued-to-client", "an access token of the app next door", func(w *world) reply {
			return w.revoke(w.app("openid").Access, "client_id", "app-next-door")
		}),
		c("token-issued-to-client", "a refresh token of the app next door", func(w *world) reply {
			return w.revoke(w.app("openid").Refresh, "client_id", "app-next-door")
		}),
	)
}

func introspectionCases() []ruleCase {
	c := func(rule, sentence string, kind kind, status int, send func(*world) reply) ruleCase {
		return ruleCase{"introspection", rule, sentence, kind, status, send}
	}
	return append(clientCases("introspection", introspectURL, true),
		c("client-confidential", "a public client asks", jsonError, 401, func(w *world) reply {
			return w.post(introspectURL, about("x"))
		}),
		c("token-sent", "none", jsonError, 400, func(w *world) reply { return w.introspect("") }),
		c("token-known-to-client", "a made-up token", inactive, 200, func(w *world) reply { return w.introspect("made-up") }),
		c("token-known-to-client", "an ID token", inactive, 200, func(w *world) reply { return w.introspect(w.app("openid").ID) }),
		c("token-known-to-client", "a changed token", inactive, 200, func(w *world) reply {
			parts := strings.Split(w.app("openid").Access, ".")
			return w.introspect(parts[0] + "." + parts[1] + "." + strings.Repeat("A", len(parts[2])))
		}),
		c("token-known-to-client", "an access token for another service, issued to somebody else", inactive, 200, func(w *world) reply {
			return w.post(introspectURL, about(w.app("openid").Access, "client_id", ""), "Authorization",
				basic("my-service-client", "my-service-secret"))
		}),
		c("token-known-to-client", "a refresh token of somebody else", inactive, 200, func(w *world) reply {
			return w.introspect(w.app("openid").Refresh)
		}),
		c("token-in-force", "an access token five minutes later", inactive, 200, func(w *world) reply {
			access := w.app("openid").Access
			w.clock.Advance(5 * time.Minute)
			return w.introspect(access)
		}),
		c("token-in-force", "a revoked access token", inactive, 200, func(w *world) reply {
			access := w.app("openid").Access
			w.revoke(access)
			return w.introspect(access)
		}),
	)
}

func isInactive(t *testing.T, res reply, rule mockidp.Rule) {
	t.Helper()
	if res.body != `{"active":false}` || res.Header.Get("Content-Type") != "application/json" || rule.Error != "" {
		t.Errorf("%s: %s", rule.ID, res.body)
	}
}

func TestRevokedAccessTokenGoesAlone(t *testing.T) {
	w := newWorld(t)
	set := w.app("openid")
	res := w.revoke(set.Access, "token_type_hint", "refresh_token")
	if res.StatusCode != http.StatusOK || res.body != "" || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %q %v", res.StatusCode, res.body, res.Header)
	}
	if res := w.userInfo(set.Access); res.check == nil || res.check.ID != "token-not-revoked" ||
		!strings.Contains(res.check.Reason, "its client gave it back") {
		t.Errorf("%d %+v", res.StatusCode, res.check)
	}
	if res := w.refresh(set.Refresh); res.StatusCode != http.StatusOK {
		t.Errorf("the refresh token is gone: %s", res.body)
	}
}

func TestRevokedRefreshTokenTakesAllWithIt(t *testing.T) {
	w := newWorld(t)
	first := w.app("openid")
	second := tokensIn(t, w.refresh(first.Refresh))
	if res := w.revoke(second.Refresh, "token_type_hint", "no such hint"); res.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", res.StatusCode, res.body)
	}
	for _, access := range []string{first.Access, second.Access} {
		if res := w.userInfo(access); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%d", res.StatusCode)
		}
	}
	if res := w.refresh(second.Refresh); res.check == nil || res.check.ID != "refresh-token-not-revoked" {
		t.Errorf("%+v", res.check)
	}
}

func TestRevokingWhatIsNotThereIsNoError(t *testing.T) {
	w := newWorld(t)
	old := w.app("openid")
	w.clock.Advance(24 * time.Hour)
	for _, token := range []string{"made-up", "a.b.c", "a.b", old.Access, old.Refresh} {
		for range 2 {
			if res := w.revoke(token); res.StatusCode != http.StatusOK || res.body != "" {
				t.Errorf("%s: %d %s", token, res.StatusCode, res.body)
			}
		}
	}
}

func TestIntrospectionTellsWhatTheTokenSays(t *testing.T) {
	w := newWorld(t)
	set := w.app("openid mail.read")
	res := w.introspect(set.Access)
	var said map[string]any
	if err := json.Unmarshal([]byte(res.body), &said); err != nil {
		t.Fatal(err)
	}
	claims := claimsOf(t, set.Access)
	for _, name := range []string{"iss", "sub", "aud", "exp", "iat", "jti", "client_id", "scope"} {
		a, _ := json.Marshal(said[name])
		b, _ := json.Marshal(claims[name])
		if string(a) != string(b) || said[name] == nil {
			t.Errorf("%s is %s, the token says %s", name, a, b)
		}
	}
	if said["active"] != true || said["token_type"] != "Bearer" || said["username"] != "jane" ||
		res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", said)
	}
	service := w.introspect(accessTokenOf(t, serviceWith()(w)))
	if !strings.Contains(service.body, `"active":true`) || strings.Contains(service.body, "username") {
		t.Error(service.body)
	}
}

func TestOnlyTheClientOfARefreshTokenMayAskAboutIt(t *testing.T) {
	w := newWorld(t)
	const uri = "http://localhost:8080/login/oauth2/code/spring-client-app"
	spring := []string{"Authorization", basic("spring-client-app", "spring-client-secret")}
	ask := func(token string) string { return w.post(introspectURL, about(token, "client_id", ""), spring...).body }
	code := w.code("client_id", "spring-client-app", "redirect_uri", uri)
	set := tokensIn(t, w.post(tokenURL, redeeming(code, "client_id", "", "redirect_uri", uri).Encode(), spring...))
	w.clock.Advance(10 * time.Minute)
	want := `{"active":true,"scope":"openid mail.read","client_id":"spring-client-app","username":"jane","exp":1773484013,"iat":1773480413,"sub":"user-jane","iss":"` + realmURL + `"}`
	if got := ask(set.Refresh); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {set.Refresh}}.Encode()
	next := tokensIn(t, w.post(tokenURL, form, spring...))
	if old, now := ask(set.Refresh), ask(next.Refresh); old != `{"active":false}` || !strings.Contains(now, `"active":true`) {
		t.Errorf("%s, then %s", old, now)
	}
	if res := w.post(tokenURL, strings.Replace(form, set.Refresh, next.Refresh, 1), spring...); res.StatusCode != http.StatusOK {
		t.Errorf("asking about an old token ended the new one: %s", res.body)
	}
}

func TestMetadataSaysWhoMayRevokeAndIntrospect(t *testing.T) {
	var doc struct {
		Revocation    string   `json:"revocation_endpoint"`
		Introspection string   `json:"introspection_endpoint"`
		MayRevoke     []string `json:"revocation_endpoint_auth_methods_supported"`
		MayAsk        []string `json:"introspection_endpoint_auth_methods_supported"`
	}
	w := newWorld(t)
	if err := json.Unmarshal([]byte(w.get(realmURL+"/.well-known/openid-configuration").body), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Revocation != revokeURL || doc.Introspection != introspectURL || !slices.Contains(doc.MayRevoke, "none") ||
		slices.Contains(doc.MayAsk, "none") {
		t.Errorf("%+v", doc)
	}
}

func FuzzTokensAreOnlyToldOfAndRevokedByTheirClients(f *testing.F) {
	seeds := []string{
		"token=TOKEN&client_id=mobile-pkce-client", "token=TOKEN&token_type_hint=refresh_token&client_id=react-client",
		"token=TOKEN", "token=TOKEN&token=TOKEN", "", "%", "token=a.b", "token=TOKEN.&client_id=postman",
		"token=TOKEN&client_id=spring-client-app&client_secret=", "token=e30.e30.e30&client_id=mobile-pkce-client",
	}
	for _, seed := range seeds {
		f.Add(seed, "")
		f.Add(seed, basic("my-service-client", "guess"))
		f.Add(seed, basic("mobile-pkce-client", ""))
	}
	good := newBrowser(f, fuzzProvider(f))
	access := accessTokenOf(f, good.post(tokenURL, redeeming(good.code()).Encode()))
	if res := good.post(revokeURL, strings.ReplaceAll(seeds[0], "TOKEN", access)); res.StatusCode != http.StatusOK {
		f.Fatalf("no seed revokes: %s", res.body)
	}
	f.Fuzz(func(t *testing.T, body, authorization string) {
		if strings.Contains(body+authorization, "secret") || strings.ContainsFunc(authorization, unicode.IsControl) {
			return // somebody who knows a secret, which a fuzzer must not be
		}
		b := newBrowser(t, fuzzProvider(t))
		access := accessTokenOf(t, b.post(tokenURL, redeeming(b.code()).Encode()))
		body = strings.ReplaceAll(body, "TOKEN", access)
		asked := b.post(introspectURL, body, "Authorization", authorization)
		revoked := b.post(revokeURL, body)
		if asked.StatusCode >= http.StatusInternalServerError || revoked.StatusCode >= http.StatusInternalServerError {
			t.Fatalf("%d, %d", asked.StatusCode, revoked.StatusCode)
		}
		if strings.Contains(asked.body, "active") {
			t.Fatalf("a stranger is told %s", asked.body)
		}
		sent, _ := url.ParseQuery(body)
		used := b.post(oidcURL+"/userinfo", "", "Authorization", "Bearer "+access)
		if used.StatusCode != http.StatusOK && sent.Get("client_id") != "mobile-pkce-client" {
			t.Fatalf("revoked by %q", body)
		}
	})
}
