//go:build !race

package mockidp_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

func TestTokenAnswerIsToTheLetter(t *testing.T) {
	w := newWorld(t)
	res := w.token()
	for header, want := range map[string]string{
		"Cache-Control": "no-store", "Pragma": "no-cache", "Content-Type": "application/json", "Vary": "Origin",
	} {
		if got := res.Header.Get(header); got != want {
			t.Errorf("%s is %q, want %q", header, got, want)
		}
	}
	order := []string{`{"access_token":"`, `,"id_token":"`, `,"token_type":"Bearer"`, `,"expires_in":300`, `,"scope":"openid mail.read"}`}
	at := -1
	for _, member := range order {
		i := strings.Index(res.body, member)
		if i <= at {
			t.Fatalf("%s is missing or out of order in %s", member, res.body)
		}
		at = i
	}
}

func TestRefusalsOfTheTokenEndpointCarryTheirHeaders(t *testing.T) {
	w := newWorld(t)
	if got := w.get(tokenURL).Header.Get("Allow"); got != "POST, OPTIONS" {
		t.Errorf("Allow %q", got)
	}
	res := w.post(tokenURL, "", "Authorization", basic("spring-client-app", "x"))
	if got := res.Header.Get("WWW-Authenticate"); got != `Basic realm="demo", charset="UTF-8"` {
		t.Errorf("WWW-Authenticate %q", got)
	}
	if got := w.post(tokenURL, "client_id=nobody").Header.Get("WWW-Authenticate"); got != "" {
		t.Errorf("nobody tried the header, but is challenged: %q", got)
	}
	if res.Header.Get("Cache-Control") != "no-store" {
		t.Error("a refusal may be cached")
	}
}

func TestRedirectCarriesCodeStateAndIssuerInThisOrder(t *testing.T) {
	w := newWorld(t)
	res := w.submit(w.signIn(w.authorize(), "jane"), "decision", "approve")
	location := res.Header.Get("Location")
	rest, ok := strings.CutPrefix(location, callback+"?code=")
	if !ok || !strings.HasSuffix(rest, "&state=af0ifjsldkj&iss=https%3A%2F%2Fidp.example%2Frealms%2Fdemo") {
		t.Errorf("Location %s", location)
	}
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Referrer-Policy") != "no-referrer" ||
		res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
}

func TestRefusedConsentGoesBackWithStateAndIssuer(t *testing.T) {
	w := newWorld(t)
	q := w.submit(w.signIn(w.authorize(), "jane"), "decision", "refuse").location().Query()
	if q.Get("error") != "access_denied" || q.Get("state") != "af0ifjsldkj" || q.Get("iss") != realmURL {
		t.Errorf("%v", q)
	}
}

func TestStateThatWasSentTwiceIsNotEchoed(t *testing.T) {
	w := newWorld(t)
	q := w.get(authURL + "?" + with().Encode() + "&state=other").location().Query()
	if q.Get("error") != "invalid_request" || q.Has("state") {
		t.Errorf("%v", q)
	}
}

func TestPlainOAuthMayLeaveTheOnlyRedirectURIOut(t *testing.T) {
	w := newWorld(t)
	change := []string{"client_id", "one-uri-client", "redirect_uri", "", "scope", "mail.read"}
	res := w.post(tokenURL, redeeming(w.code(change...), "client_id", "one-uri-client", "redirect_uri", "").Encode())
	if res.StatusCode != http.StatusOK || strings.Contains(res.body, "id_token") {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestPlainPKCEWorksOnlyWhenRelaxed(t *testing.T) {
	p := newProvider(t, mockidp.Config{Relaxed: mockidp.Relaxed{PlainPKCE: true}})
	b := newBrowser(t, p)
	for _, method := range []string{"plain", ""} {
		code := b.code("code_challenge", verifier, "code_challenge_method", method)
		if res := b.post(tokenURL, redeeming(code).Encode()); res.StatusCode != http.StatusOK {
			t.Errorf("method %q: %d %s", method, res.StatusCode, res.body)
		}
		code = b.code("code_challenge", verifier, "code_challenge_method", method)
		res := b.post(tokenURL, redeeming(code, "code_verifier", strings.Repeat("x", 43)).Encode())
		if res.check == nil || res.check.ID != "code-verifier-matches" ||
			strings.Contains(res.check.Expected+res.check.Reason+res.body, verifier) {
			t.Errorf("method %q: %+v %s", method, res.check, res.body)
		}
	}
	if doc := b.get(realmURL + "/.well-known/openid-configuration"); !strings.Contains(doc.body,
		`"code_challenge_methods_supported":["S256","plain"]`) {
		t.Errorf("metadata hides what is on: %s", doc.body)
	}
}

func TestMetadataIsTheSameUnderBothAddressesAndNamesItsOwnIssuer(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/realms/demo", "/auth/realms/demo"} {
		oidc := w.get("https://idp.example" + path + "/.well-known/openid-configuration")
		oauth := w.get("https://idp.example/.well-known/oauth-authorization-server" + path)
		var doc map[string]any
		if err := json.Unmarshal([]byte(oidc.body), &doc); err != nil {
			t.Fatal(err)
		}
		if oidc.body != oauth.body || doc["issuer"] != "https://idp.example"+path {
			t.Errorf("%s: %s\n%s", path, oidc.body, oauth.body)
		}
		for _, member := range []string{
			"authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "revocation_endpoint",
			"introspection_endpoint", "end_session_endpoint",
		} {
			address, _ := doc[member].(string)
			if res := w.get(address); res.StatusCode == http.StatusNotFound {
				t.Errorf("%s %s is not there", member, address)
			}
		}
	}
}

func TestHeadAnswersAsGetDoesWithoutABody(t *testing.T) {
	w := newWorld(t)
	for _, address := range []string{oidcURL + "/certs", realmURL + "/.well-known/openid-configuration"} {
		get, head := w.get(address), w.request(http.MethodHead, address, "")
		if head.StatusCode != get.StatusCode || head.body != "" || head.Header.Get("Content-Length") != get.Header.Get("Content-Length") {
			t.Errorf("%s: %d %q", address, head.StatusCode, head.body)
		}
	}
}

func TestOnlyPagesOfRegisteredClientsMayReadAnswers(t *testing.T) {
	w := newWorld(t)
	for origin, allowed := range map[string]bool{
		"https://travel.example": true, "http://localhost:3000": true, "http://127.0.0.1:51004": true,
		"https://evil.example": false, "http://localhost:3001": false, "null": false, "": false,
		"http://127.0.0.1:51004@evil.example": false,
	} {
		for _, address := range []string{tokenURL, revokeURL, oidcURL + "/userinfo"} {
			mayRead(t, w.request(http.MethodGet, address, "", "Origin", origin), origin, allowed)
			pre := w.request(http.MethodOptions, address, "", "Origin", origin, "Access-Control-Request-Method", "POST")
			mayRead(t, pre, origin, allowed)
			if pre.StatusCode != http.StatusNoContent || pre.Header.Get("Allow") == "" {
				t.Errorf("preflight %d", pre.StatusCode)
			}
		}
	}
	if got := w.request(http.MethodGet, authURL, "", "Origin", "https://travel.example").Header.Get("Access-Control-Allow-Origin"); got != "" {
		t.Error("the sign-in page may be read by a script")
	}
}

func mayRead(t *testing.T, res reply, origin string, allowed bool) {
	t.Helper()
	got := res.Header.Get("Access-Control-Allow-Origin")
	if (got != "") != allowed || allowed && got != origin || res.Header.Get("Vary") != "Origin" {
		t.Errorf("%s from %q: %v", res.Request.URL, origin, res.Header)
	}
}

func TestUnknownPathsAnswerWithAPageThatHelps(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{
		"/", "/realms", "/realms/", "/realms/demo", "/realms/other/protocol/openid-connect/auth", "/auth",
		"/auth/auth/realms/demo", "/realms/demo/../demo/protocol/openid-connect/auth", "/.well-known/oauth-authorization-server",
	} {
		res := w.get("https://idp.example" + path)
		if res.StatusCode != http.StatusNotFound || !strings.Contains(res.body, realmURL+"/.well-known/openid-configuration") {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
}

func TestUserInfoReleasesWhatTheScopesAllow(t *testing.T) {
	w := newWorld(t)
	for scope, want := range map[string]string{
		"openid":               `{"sub":"user-jane"}`,
		"openid email":         `{"sub":"user-jane","email":"jane@example.com","email_verified":true}`,
		"openid profile email": `{"sub":"user-jane","name":"Jane Doe","given_name":"Jane","family_name":"Doe","middle_name":"Maria","nickname":"Jane","preferred_username":"jane","profile":"https://people.example.com/jane","picture":"https://people.example.com/jane/picture.png","website":"https://people.example.com/jane/","gender":"female","birthdate":"1990-05-17","zoneinfo":"America/Los_Angeles","locale":"en","updated_at":1735689600,"email":"jane@example.com","email_verified":true}`,
	} {
		access, _ := w.tokens(scope)
		for how, res := range map[string]reply{
			"GET":  w.userInfo(access),
			"POST": w.post(oidcURL+"/userinfo", "", "Authorization", "bearer "+access),
			"body": w.post(oidcURL+"/userinfo", "access_token="+access),
		} {
			if res.StatusCode != http.StatusOK || res.body != want {
				t.Errorf("%s by %s: %d %s", scope, how, res.StatusCode, res.body)
			}
		}
	}
}

func TestTokenWithAnyByteChangedIsRefused(t *testing.T) {
	w := newWorld(t)
	access, _ := w.tokens("openid")
	if res := w.userInfo(access); res.StatusCode != http.StatusOK {
		t.Fatalf("unchanged: %d", res.StatusCode)
	}
	for i := range access {
		for _, other := range []byte{'A', access[i] ^ 1} {
			changed := []byte(access)
			if changed[i] = other; string(changed) == access {
				continue
			}
			if res := w.userInfo(string(changed)); res.StatusCode != http.StatusUnauthorized {
				t.Fatalf("byte %d from %q to %q: %d", i, access[i], other, res.StatusCode)
			}
		}
	}
}

func TestKeySetHoldsPublicHalvesOnly(t *testing.T) {
	res := newWorld(t).get(oidcURL + "/certs")
	var set struct {
		Keys []map[string]any `json:"keys"`
	}
	if err := json.Unmarshal([]byte(res.body), &set); err != nil || len(set.Keys) < 3 {
		t.Fatalf("%v %s", err, res.body)
	}
	for _, key := range set.Keys {
		for _, private := range []string{"d", "p", "q", "dp", "dq", "qi", "k"} {
			if _, there := key[private]; there {
				t.Errorf("%v holds %s", key["kid"], private)
			}
		}
		if key["kid"] == "" || key["use"] != "sig" || key["alg"] == "" {
			t.Errorf("%v", key)
		}
	}
}

func TestExchangesAreReportedAndCannotForgeALogLine(t *testing.T) {
	p := newProvider(t, mockidp.Config{})
	watch := p.Watch(16)
	b := newBrowser(t, p)
	b.code()
	b.post(tokenURL, redeeming("made-up").Encode())
	b.get("https://idp.example/%0aGET%20/forged%1b[31m")
	got := watched(watch)
	for _, e := range got {
		if strings.ContainsAny(e.Path+e.Method+e.Client, "\r\n\x1b") || strings.Contains(e.Path, "code=") || e.Took < 0 {
			t.Errorf("%+v", e)
		}
	}
	refused := got[len(got)-2]
	if refused.Check == nil || refused.Check.ID != "code-known" || refused.Client != "mobile-pkce-client" ||
		refused.Status != http.StatusBadRequest {
		t.Errorf("%+v", refused)
	}
	if got[0].Check != nil || got[0].Client != "mobile-pkce-client" {
		t.Errorf("%+v", got[0])
	}
	if len(b.checks) != 0 && b.checks[0].Result == trace.Fail {
		t.Error("a path that is not there broke a rule")
	}
}

func TestUsedCodeInTheHandsOfAnotherClientRevokesToo(t *testing.T) {
	w := newWorld(t)
	code := w.code()
	access := accessTokenOf(t, w.post(tokenURL, redeeming(code).Encode()))
	if res := w.post(tokenURL, redeeming(code, "client_id", "react-client").Encode()); res.check == nil ||
		res.check.ID != "code-issued-to-client" {
		t.Fatalf("%+v", res.check)
	}
	if res := w.userInfo(access); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("the token still works: %d", res.StatusCode)
	}
}

func TestAnotherClientCannotUseACodeUp(t *testing.T) {
	w := newWorld(t)
	code := w.code()
	w.post(tokenURL, redeeming(code, "client_id", "react-client").Encode())
	if res := w.post(tokenURL, redeeming(code).Encode()); res.StatusCode != http.StatusOK {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

// A program cannot read a page, whichever rule it broke.
func TestProgramsAreTurnedAwayInJSON(t *testing.T) {
	w := everythingOn(t)
	for _, e := range mockidp.EndpointsForTest() {
		reads := e.CORS || e.Name == "introspection"
		res := w.post(realmURL+e.Path, strings.Repeat("a", 65<<10))
		if got := res.Header.Get("Content-Type"); res.StatusCode != http.StatusRequestEntityTooLarge || (got == "application/json") != reads ||
			reads && errorOf(res) != "invalid_request" {
			t.Errorf("%s: %d %s %.80s", e.Name, res.StatusCode, got, res.body)
		}
	}
}

// RFC 9110 section 9.2.1: whoever only looks brings nothing about.
func TestHeadOpensNoFormGivesNoCodeAndUsesNothingUp(t *testing.T) {
	w := newWorld(t)
	w.code() // signed in, and agreed
	uri := w.pushedURI()
	asked := authURL + "?client_id=mobile-pkce-client&request_uri=" + uri
	before := w.p.Kept("demo")
	for _, address := range []string{asked, authURL + "?" + with().Encode(), authURL + "?" + with("prompt", "login").Encode()} {
		res := w.request(http.MethodHead, address, "")
		if res.StatusCode != http.StatusOK || res.Header.Get("Location") != "" || res.Header.Get("Set-Cookie") != "" ||
			res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%d %v", res.StatusCode, res.Header)
		}
	}
	if after := w.p.Kept("demo"); !maps.Equal(after, before) {
		t.Errorf("kept before: %v, after: %v", before, after)
	}
	if res := w.get(asked); res.location().Query().Get("code") == "" {
		t.Errorf("the pushed request was used up: %d %+v", res.StatusCode, res.check)
	}
	if res := w.request(http.MethodHead, authURL+"?"+with("client_id", "nobody").Encode(), ""); res.StatusCode != http.StatusBadRequest {
		t.Errorf("a bad request: %d", res.StatusCode)
	}
}

// A client that mistyped a realm reads why, and a person still gets the page.
func TestAnUnknownRealmIsToldInTheFormThatIsRead(t *testing.T) {
	w := newWorld(t)
	for name, res := range map[string]reply{
		"discovery of a mistyped realm": w.get("https://idp.example/realms/dmeo/.well-known/openid-configuration"),
		"a token request to one": w.post("https://idp.example/auth/realms/dmeo/protocol/openid-connect/token",
			"grant_type=client_credentials"),
		"keys by a client that says nothing of what it takes": w.get("https://idp.example/realms/dmeo/protocol/openid-connect/certs"),
		"UserInfo of whoever takes all": w.request(http.MethodGet, "https://idp.example/realms/dmeo/protocol/openid-connect/userinfo", "",
			"Accept", "*/*"),
		"whoever asks for JSON": w.request(http.MethodGet, "https://idp.example/realms/dmeo/x", "", "Accept", "application/json"),
	} {
		var said struct{ Error, Error_description string } //nolint:revive // as it is written
		if err := json.Unmarshal([]byte(res.body), &said); err != nil || res.StatusCode != http.StatusNotFound ||
			!strings.Contains(said.Error_description, "dmeo; the realms are demo") {
			t.Errorf("%s: %d %s", name, res.StatusCode, res.body)
		}
	}
	page := w.request(http.MethodGet, "https://idp.example/realms/dmeo/.well-known/openid-configuration", "", "Accept",
		"text/html,application/json")
	if page.StatusCode != http.StatusNotFound || !strings.Contains(page.body, "There is no realm <strong>dmeo</strong> here.") {
		t.Errorf("a person is answered %d %s", page.StatusCode, page.body)
	}
}
