package mockidp_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/grantwalk/grantwalk/mockidp"
)

//nolint:gochecknoglobals // read once, shared by every round
var sharedDemoKeys = sync.OnceValues(mockidp.DemoKeys)

// fuzzProvider is the story's provider with keys that cost nothing to make.
func fuzzProvider(tb testing.TB) *mockidp.Provider {
	tb.Helper()
	demo, err := sharedDemoKeys()
	if err != nil {
		tb.Fatal(err)
	}
	return newProvider(tb, mockidp.Config{Keys: demo, Rand: &counter{}})
}

// authorizationSeeds are queries; each kind of answer is among them.
func authorizationSeeds() []string {
	change := [][]string{
		nil,
		{"redirect_uri", "https://evil.example/"},
		{"redirect_uri", "http://127.0.0.1:51004/callback"},
		{"redirect_uri", "http://127.0.0.1:80@evil.example/callback"},
		{"redirect_uri", "com.myapp:/callback"},
		{"redirect_uri", ""},
		{"client_id", "nobody"},
		{"scope", "openid openid"},
		{"prompt", "none"},
		{"max_age", "0"},
		{"state", "\r\nSet-Cookie: a=b"},
		{"response_type", "token"},
		{"response_type", "id_token token", "client_id", "legacy-implicit-client", "redirect_uri", "http://localhost:4300/callback"},
		{"response_type", "token", "client_id", "legacy-implicit-client", "redirect_uri", "http://localhost:4300/callback", "prompt", "none"},
		{"response_mode", "form_post", "prompt", "none"},
		{"response_mode", "fragment", "prompt", "none"},
		{"response_mode", "form_post", "redirect_uri", "com.myapp:/callback"},
		{"id_token_hint", "e30.e30.e30"},
		{"login_hint", "<b>"},
	}
	var seeds []string
	for _, c := range change {
		seeds = append(seeds, with(c...).Encode())
	}
	return append(seeds, "", "&&&==", "client_id=%", with().Encode()+"&redirect_uri=https://evil.example/",
		with().Encode()+"&state=x&state=y", strings.Repeat("a=b&", 5000))
}

// registered reads the redirection URI in another way than the provider does.
func registered(location string) bool {
	location, _, _ = strings.Cut(location, "#") // none is registered with a fragment, so it is part of the answer
	u, err := url.Parse(location)
	if err != nil || u.User != nil || u.Fragment != "" {
		return false
	}
	switch u.Scheme {
	case "https":
		return u.Host == "travel.example" && u.Path == "/callback" || u.Host == "oauth.pstmn.io" && u.Path == "/v1/callback"
	case "http":
		host := u.Hostname()
		return host == "127.0.0.1" || host == "localhost"
	case "com.myapp":
		return u.Path == "/callback" && u.Host == ""
	}
	return false
}

func FuzzAuthorizationNeverRedirectsToAnUnregisteredURI(f *testing.F) {
	seeds := authorizationSeeds()
	pages, redirects := 0, 0
	for _, seed := range seeds {
		f.Add(seed, false)
		f.Add(seed, true)
		res := newBrowser(f, fuzzProvider(f)).get(authURL + "?" + strings.ReplaceAll(seed, "client_id=%", "client_id="))
		if res.StatusCode == http.StatusSeeOther {
			redirects++
		} else {
			pages++
		}
	}
	if pages == 0 || redirects == 0 {
		f.Fatalf("the seeds give %d pages and %d redirects", pages, redirects)
	}
	f.Fuzz(func(t *testing.T, query string, post bool) {
		checkAuthorization(t, sendQuery(t, query, post))
	})
}

// sendQuery sends parameters as they are, by GET or by POST.
func sendQuery(t *testing.T, query string, post bool) reply {
	t.Helper()
	b := newBrowser(t, fuzzProvider(t))
	if post {
		return b.post(authURL, query)
	}
	req := &http.Request{
		Method: http.MethodGet, Header: http.Header{},
		URL: &url.URL{Scheme: "https", Host: "idp.example", Path: "/realms/demo/protocol/openid-connect/auth", RawQuery: query},
	}
	return b.do(req.WithContext(t.Context()))
}

func checkAuthorization(t *testing.T, res reply) {
	t.Helper()
	location := res.Header.Get("Location")
	switch {
	case res.StatusCode >= http.StatusInternalServerError:
		t.Fatalf("%d: %s", res.StatusCode, res.body)
	case (res.StatusCode == http.StatusSeeOther) != (location != ""):
		t.Fatalf("%d with Location %q", res.StatusCode, location)
	case location != "" && !registered(location):
		t.Fatalf("redirects to %s", location)
	case strings.Contains(res.body, "document.forms[0]"):
		if action, _ := readForm(t, res.body); !registered(action) {
			t.Fatalf("posts to %s", action)
		}
		fallthrough
	case location != "":
		for name := range res.answer(t) {
			if name == "code" || strings.HasSuffix(name, "token") {
				t.Fatalf("a %s for nobody", name)
			}
		}
	}
}

func FuzzTokenEndpointGivesTokensAtMostOncePerCode(f *testing.F) {
	seeds := []string{
		redeeming("CODE").Encode(), redeeming("CODE", "code_verifier", strings.Repeat("x", 43)).Encode(),
		redeeming("CODE", "client_id", "react-client").Encode(), redeeming("CODE").Encode() + "&code=CODE",
		redeeming("CODE", "grant_type", "password").Encode(), redeeming("").Encode(), "", "%", "code=CODE&code_verifier=%00",
	}
	for _, seed := range seeds {
		f.Add(seed, "")
		f.Add(seed, basic("spring-client-app", "spring-client-secret"))
	}
	f.Add("grant_type=refresh_token&refresh_token=CODE&scope=openid+gold", basic("spring-client-app", "spring-client-secret"))
	f.Add("grant_type=refresh_token&refresh_token=a.b.c&client_id=mobile-pkce-client", "")
	f.Add("grant_type=password&client_id=legacy-password-client&username=jane&password=guess&scope=offline_access", "")
	f.Add("grant_type=password&client_id=legacy-password-client&username=%ff&password=jane", "")
	for _, seed := range []string{
		asService().Encode(), asService("scope", "read:invoices openid").Encode(),
		asService("scope", " ").Encode(),
	} {
		f.Add(seed, basic("my-service-client", "my-service-secret"))
	}
	good := newBrowser(f, fuzzProvider(f))
	if res := good.post(tokenURL, strings.ReplaceAll(seeds[0], "CODE", good.code())); res.StatusCode != http.StatusOK {
		f.Fatalf("no seed gives tokens: %s", res.body)
	}
	f.Fuzz(func(t *testing.T, body, authorization string) {
		b := newBrowser(t, fuzzProvider(t))
		body = strings.ReplaceAll(body, "CODE", b.code())
		var headers []string
		if authorization != "" && !strings.ContainsFunc(authorization, unicode.IsControl) {
			headers = []string{"Authorization", authorization}
		}
		answered := redeemThrice(t, b, body, headers)
		if answered > 1 {
			t.Fatalf("%d answers with tokens to %q", answered, body)
		}
	})
}

// redeemThrice sends a token request three times and counts the answers that
// gave tokens for a code. Other grants may be answered as often as they like.
func redeemThrice(t *testing.T, b *browser, body string, headers []string) int {
	t.Helper()
	sent, _ := url.ParseQuery(body)
	answered := 0
	for range 3 {
		res := b.post(tokenURL, body, headers...)
		if res.StatusCode >= http.StatusInternalServerError {
			t.Fatalf("%d: %s", res.StatusCode, res.body)
		}
		if res.StatusCode == http.StatusOK && sent.Get("grant_type") == "authorization_code" {
			answered++
		}
	}
	return answered
}

func FuzzFormsNeverSignAnybodyInWithoutTheirPassword(f *testing.F) {
	seeds := [][2]string{
		{"form=FORM&csrf_token=CSRF&username=jane&password=wrong", "__Host-mockidp_browser.demo=COOKIE"},
		{"form=FORM&csrf_token=CSRF&fill=jane", "__Host-mockidp_browser.demo=COOKIE"},
		{"form=FORM&csrf_token=CSRF&decision=approve", "__Host-mockidp_browser.demo=COOKIE; __Host-mockidp_session.demo="},
		{"form=FORM&csrf_token=CSRF&username=jane&password=jane", "__Host-mockidp_browser.demo=other"},
		{"form=&csrf_token=&username=&password=", ""},
		{"%", "=;=;"},
		{"decision=approve", "__Host-mockidp_session.demo=COOKIE"},
		{
			"form=FORM&csrf_token=CSRF&decision=approve&choice=ticked&allow_profile=yes&allow_=yes",
			"__Host-mockidp_browser.demo=COOKIE; __Host-mockidp_session.demo=",
		},
	}
	for _, s := range seeds {
		f.Add(s[0], s[1], false)
		f.Add(s[0], s[1], true)
	}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, body, cookies string, consent bool) {
		b := newBrowser(t, fuzzProvider(t))
		page := b.authorize()
		_, fields := readForm(t, page.body)
		cookie := page.Cookies()[0].Value
		fill := strings.NewReplacer("FORM", fields.Get("form"), "CSRF", fields.Get("csrf_token"), "COOKIE", cookie)
		body, cookies = fill.Replace(body), fill.Replace(cookies)
		address := authURL + "/sign-in"
		if consent {
			address = authURL + "/consent"
		}
		b.client.Jar = nil
		res := b.post(address, body, "Cookie", cookies)
		if res.StatusCode >= http.StatusInternalServerError {
			t.Fatalf("%d: %s", res.StatusCode, res.body)
		}
		if res.Header.Get("Location") != "" {
			t.Fatalf("sent on to %s by %q", res.Header.Get("Location"), body)
		}
		sent, err := url.ParseQuery(body)
		knows := err != nil || sent.Get("username") != "" && sent.Get("username") == sent.Get("password")
		if strings.Contains(res.Header.Get("Set-Cookie"), "mockidp_session") && !knows {
			t.Fatalf("signed in by %q", body)
		}
	})
}
