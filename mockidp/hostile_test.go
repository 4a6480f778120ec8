//go:build !race

package mockidp_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// Every endpoint, with every method: what is not allowed is refused with 405
// and the list of what is (RFC 9110 section 15.5.6), and nothing breaks.
func TestEachEndpointSaysWhichMethodsItTakes(t *testing.T) {
	w := everythingOn(t)
	for _, e := range mockidp.EndpointsForTest() {
		for _, method := range []string{"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get"} {
			res := w.request(method, realmURL+e.Path, "", "Content-Type", "application/x-www-form-urlencoded")
			checkAllowed(t, e, method, res)
		}
	}
}

func checkAllowed(t *testing.T, e mockidp.EndpointForTest, method string, res reply) {
	t.Helper()
	refused := res.StatusCode == http.StatusMethodNotAllowed
	allowed := slices.Contains(strings.Split(e.Methods, ", "), method)
	switch {
	case res.StatusCode >= http.StatusInternalServerError, refused == allowed:
		t.Errorf("%s %s: %d, allowed are %s", method, e.Name, res.StatusCode, e.Methods)
	case refused && res.Header.Get("Allow") != e.Methods:
		t.Errorf("%s %s: Allow is %q, not %q", method, e.Name, res.Header.Get("Allow"), e.Methods)
	case method == http.MethodHead && res.body != "":
		t.Errorf("HEAD %s has a body", e.Name)
	}
}

func TestNoEndpointLetsAStrangersPageReadIt(t *testing.T) {
	w := everythingOn(t)
	for _, e := range mockidp.EndpointsForTest() {
		for _, origin := range []string{
			"https://evil.example", "null", "http://localhost:3000.evil.example", "https://travel.example.evil.example", "http://localhost:30000",
			"https://TRAVEL.example", "https://travel.example/", "https://travel.example:444", "http://127.0.0.1@evil.example", "file://", "*", "",
		} {
			for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodOptions} {
				res := w.request(method, realmURL+e.Path, "", "Origin", origin, "Access-Control-Request-Method", "POST")
				if open := opened(res); open != "" && !e.Open {
					t.Errorf("%s %s, origin %q: %s", method, e.Name, origin, open)
				}
			}
		}
		if open := opened(w.request(http.MethodGet, realmURL+e.Path, "", "Origin", "https://travel.example")); (open != "") != e.CORS {
			t.Errorf("%s and a page of a client: %q", e.Name, open)
		}
	}
}

// What is public is public for pages too: discovery, the keys, and, where it is
// on, registration. No cookie and no certificate may come with such a request.
func TestAnyPageMayReadWhatIsPublicWithoutCredentials(t *testing.T) {
	w := everythingOn(t)
	open := 0
	for _, e := range mockidp.EndpointsForTest() {
		if !e.Open {
			continue
		}
		open++
		for _, origin := range []string{"https://anybody.example", "https://travel.example", "null"} {
			for _, method := range []string{http.MethodGet, http.MethodOptions} {
				res := w.request(method, realmURL+e.Path, "", "Origin", origin, "Access-Control-Request-Method", "GET")
				if res.Header.Get("Access-Control-Allow-Origin") != "*" || res.Header.Get("Access-Control-Allow-Credentials") != "" {
					t.Errorf("%s %s from %s: %v", method, e.Name, origin, res.Header)
				}
			}
		}
	}
	if open != 4 {
		t.Errorf("%d endpoints are open; discovery, certs, registration and client-configuration should be", open)
	}
}

func TestAPreflightGetsTheHeadersBackThatALibrarySends(t *testing.T) {
	w := newWorld(t)
	for asked, want := range map[string]string{
		"":                                    "Authorization, Content-Type, DPoP",
		"x-okta-user-agent-extended":          "Authorization, Content-Type, DPoP, x-okta-user-agent-extended",
		"authorization, auth0-client, DPOP":   "Authorization, Content-Type, DPoP, auth0-client",
		"bad name, x\r\ny: z, ok-one, ok-one": "Authorization, Content-Type, DPoP, ok-one",
	} {
		res := w.request(http.MethodOptions, tokenURL, "", "Origin", "https://travel.example", "Access-Control-Request-Method", "POST",
			"Access-Control-Request-Headers", asked)
		if got := res.Header.Get("Access-Control-Allow-Headers"); got != want {
			t.Errorf("asked for %q: %q, want %q", asked, got, want)
		}
	}
}

// opened returns a header that lets a page of another origin in, or "".
func opened(res reply) string {
	for name := range res.Header {
		if strings.HasPrefix(name, "Access-Control-") {
			return name + ": " + res.Header.Get(name)
		}
	}
	return ""
}

// awkward lists values that have broken servers.
func awkward() []string {
	return []string{
		"", " ", "\x00", "a\x00b", "\xff\xfe", "\r\nSet-Cookie: a=b", "\n", "%0d%0a", "../../etc/passwd", "<script>alert(1)</script>",
		`"><img src=x onerror=alert(1)>`, "{{.}}", "${jndi:ldap://x}", "' OR 1=1 --", "\u202eexe", "é", "🦊", strings.Repeat("x", 5000),
		strings.Repeat("a ", 2000), "e30.e30.e30", "eyJhbGciOiJub25lIn0.e30.", "..", ".", "a.b", "[]", "{}", "null", "-1", "99999999999999999999",
		"1e9", "NaN",
		"javascript:alert(1)", "https://evil.example/", "//evil.example", "https://travel.example\\@evil.example",
		"https://travel.example/callback#x",
	}
}

// hostileNames lists the parameters of all endpoints.
func hostileNames() []string {
	return []string{
		"acr_values", "access_token", "actor_token", "actor_token_type", "audience", "authorization_details", "claims", "client_assertion",
		"client_assertion_type", "client_id", "client_secret", "code", "code_challenge", "code_challenge_method", "code_verifier", "csrf_token",
		"decision", "device_code", "display", "dpop_jkt", "fill", "form", "grant_type", "id_token_hint", "login_hint", "logout_token", "max_age",
		"nonce",
		"password", "post_logout_redirect_uri", "prompt", "redirect_uri", "refresh_token", "registration", "request", "request_uri",
		"requested_token_type", "resource", "response_mode", "response_type", "scope", "state", "subject_token", "subject_token_type",
		"token", "token_type_hint", "ui_locales", "user_code", "username", "logout_hint",
	}
}

func isHarmless(t *testing.T, what string, res reply) {
	t.Helper()
	if res.StatusCode >= http.StatusInternalServerError || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%s: %d %v %s", what, res.StatusCode, res.Header, res.body)
	}
	for name, values := range res.Header {
		all := strings.Join(values, " ")
		if strings.ContainsAny(all, "\r\n\x00") || name == "Set-Cookie" && strings.Contains(all, "a=b") {
			t.Errorf("%s: header %s: %q", what, name, all)
		}
	}
	if to := res.Header.Get("Location"); to != "" && !registered(to) && !strings.HasPrefix(to, realmURL) {
		t.Errorf("%s: sent to %s", what, to)
	}
	// One page is for any page to frame, see keycloak.go, and always the same.
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") && res.body != cookieCheckPage {
		isHarmlessPage(t, what, res)
	}
}

func isHarmlessPage(t *testing.T, what string, res reply) {
	t.Helper()
	for _, evil := range []string{"<script", "<img", "onerror=alert(1)>"} {
		if strings.Contains(res.body, evil) {
			t.Errorf("%s: the page holds %s", what, evil)
		}
	}
	for _, part := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} {
		if policy := res.Header.Get("Content-Security-Policy"); !strings.Contains(policy, part) {
			t.Errorf("%s: Content-Security-Policy %q", what, policy)
		}
	}
	if res.Header.Get("X-Frame-Options") != "DENY" || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: %v", what, res.Header)
	}
}

// goodRequest returns what an endpoint would take.
func goodRequest(endpoint string) map[string][]string {
	switch endpoint {
	case "authorization":
		return with()
	case "token":
		return redeeming("code")
	case "revocation", "introspection":
		return map[string][]string{"token": {"x"}, "client_id": {"mobile-pkce-client"}}
	case "logout":
		return map[string][]string{"client_id": {"mobile-pkce-client"}, "post_logout_redirect_uri": {goodbye}, "state": {"x"}}
	}
	return map[string][]string{"client_id": {"mobile-pkce-client"}, "scope": {"openid"}}
}

func TestNoParameterBreaksAnyEndpoint(t *testing.T) {
	t.Parallel()
	w := everythingOn(t)
	for _, e := range mockidp.EndpointsForTest() {
		for _, name := range hostileNames() {
			for _, value := range awkward() {
				v := changed(cloned(goodRequest(e.Name)), name, value)
				what := e.Name + " " + name + "=" + value[:min(len(value), 40)]
				isHarmless(t, "POST "+what, w.post(realmURL+e.Path, v.Encode()))
				if len(value) < 1000 && strings.HasPrefix(e.Methods, "GET") {
					isHarmless(t, "GET "+what, w.get(realmURL+e.Path+"?"+v.Encode()))
				}
			}
		}
	}
}

func cloned(v url.Values) url.Values {
	out := url.Values{}
	for name, values := range v {
		out[name] = slices.Clone(values)
	}
	return out
}

// A parameter that is sent twice is refused at every endpoint that reads
// parameters (RFC 6749 sections 3.1 and 3.2), in the query, in the body, and
// one here and one there.
func TestNoEndpointTakesAParameterTwice(t *testing.T) {
	w := everythingOn(t)
	for _, e := range mockidp.EndpointsForTest() {
		switch e.Name {
		case "certs", "discovery", "userinfo", "registration", "client-configuration", "cookie-check":
			continue // they read none; UserInfo reads access_token, see token-sent-once
		}
		for name := range cloned(goodRequest(e.Name)) {
			for where, res := range sendTwice(w, e, name) {
				if res.check == nil || !strings.HasSuffix(res.check.ID, "-once") {
					t.Errorf("%s: %s twice in %s: %d %+v", e.Name, name, where, res.StatusCode, res.check)
				}
			}
		}
	}
}

// sendTwice sends a good request with one of its parameters twice, in each way
// that the endpoint reads.
func sendTwice(w *world, e mockidp.EndpointForTest, name string) map[string]reply {
	good := cloned(goodRequest(e.Name))
	twice := good.Encode() + "&" + name + "=other"
	sent := map[string]reply{"body": w.post(realmURL+e.Path, twice)}
	if strings.HasPrefix(e.Methods, "GET") {
		sent["query"] = w.get(realmURL + e.Path + "?" + twice)
	}
	if e.Name == "authorization" || e.Name == "logout" { // the others read the body of a POST and nothing else
		sent["query and body"] = w.post(realmURL+e.Path+"?"+name+"=other", good.Encode())
	}
	return sent
}

func TestHeadersThatAreOutOfTheOrdinaryBreakNothing(t *testing.T) {
	t.Parallel()
	w := everythingOn(t)
	for _, e := range mockidp.EndpointsForTest() {
		for _, h := range [][]string{
			{"Authorization", "Basic"},
			{"Authorization", "Basic " + strings.Repeat("=", 5000)},
			{"Authorization", "Basic /w=="},
			{"Authorization", "Basic AA=="},
			{"Authorization", "Bearer"},
			{"Authorization", "Bearer a b c"},
			{"Authorization", "Bearer ..."},
			{"Authorization", "DPoP x"},
			{"Authorization", "\x01"},
			{"Authorization", "Bearer x", "Authorization", "Basic eA=="},
			{"Content-Type", "application/x-www-form-urlencoded; charset=utf-16"},
			{"Content-Type", "multipart/form-data; boundary=x"},
			{"Content-Type", "application/json"},
			{"Content-Type", ";;;"},
			{"Content-Type", "application/x-www-form-urlencoded, text/plain"},
			{"Cookie", "__Host-mockidp_session.demo=" + strings.Repeat("a", 9000)},
			{"Cookie", "__Host-mockidp_browser.demo=\"; x"},
			{"Cookie", ";;=;="},
			{"DPoP", "x"},
			{"DPoP", "e30.e30.e30"},
			{"DPoP", "a", "DPoP", "b"},
			{"X-Forwarded-For", "x"},
			{"Origin", "http://[::1"},
		} {
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				isHarmless(t, method+" "+e.Name+" "+h[0]+": "+h[1][:min(40, len(h[1]))],
					w.request(method, realmURL+e.Path, cloned(goodRequest(e.Name)).Encode(), h...))
			}
		}
	}
}

func TestPathsThatAreOutOfTheOrdinaryLeadNowhere(t *testing.T) {
	w := everythingOn(t)
	for _, path := range []string{
		"/", "//", "/realms", "/realms/", "/realms//", "/realms/demo", "/realms/demo/", "/realms/demo//protocol",
		"/realms/DEMO/protocol/openid-connect/certs",
		"/realms/demo/protocol/openid-connect/certs/", "/realms/demo/../demo/protocol/openid-connect/certs", "/auth", "/auth/",
		"/auth/auth/realms/demo/protocol/openid-connect/certs",
		"/realms/demo/protocol/openid-connect/%61uth/../certs", "/%00", "/.well-known", "/.well-known/oauth-authorization-server",
		"/.well-known/openid-configuration",
		"/.well-known/oauth-authorization-server/realms/demo/", "/realms/%2e%2e/", "/realms/demo%2fprotocol", "/favicon.ico", "/debug/pprof",
		"/trouble",
	} {
		res := w.get("https://idp.example" + path)
		isHarmless(t, path, res)
		if res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
}
