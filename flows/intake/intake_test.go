package intake_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/intake"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func now() time.Time { return time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC) }

func read(t *testing.T, text string) *intake.Brought {
	t.Helper()
	b, err := intake.Read(strings.NewReader(text), now())
	if err != nil {
		t.Fatalf("%.60s: %v", text, err)
	}
	return b
}

func diagnosed(b *intake.Brought) []diagnosis.Diagnosis {
	return diagnosis.Of(logins.Join(b.Trace), b.Known)
}

// first is the cause that comes first of what was brought.
func first(t *testing.T, text string) string {
	t.Helper()
	c := diagnosis.First(diagnosed(read(t, text)))
	if c == nil {
		return ""
	}
	return c.ID + " " + string(c.Sure)
}

// firstOfEach holds texts to the cause that comes first of each.
func firstOfEach(t *testing.T, wanted map[string]string) {
	t.Helper()
	for text, want := range wanted {
		if got := first(t, text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

const token = "eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjE5MDAwMDAwMDAsImF1ZCI6ImFwcCIsImF6cCI6ImFwcCJ9." +
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

func TestWhatIsBroughtIsKnownByItsLooks(t *testing.T) {
	for text, want := range map[string]intake.Kind{
		"https://app.example/cb?error=access_denied&state=x":                                       intake.Address,
		"com.example.app://callback?code=abc&state=x":                                              intake.Address,
		"Authorization: Bearer " + token:                                                           intake.Token,
		token + "\nHTTP/1.1 401\nWWW-Authenticate: Bearer error=\"invalid_token\"":                 intake.Token,
		"invalid_grant: Code not valid":                                                            intake.Words,
		`{"error":"invalid_client","error_description":"x"}`:                                       intake.Words,
		`{"time":"2026-11-29T12:00:00.000Z","event":"request","path":"/realms/demo","status":200}`: intake.Log,
		`{"log":{"entries":[{"request":{"method":"GET","url":"https://a.example/"}}]}}`:            intake.HAR,
	} {
		if got := read(t, text).Kind; got != want {
			t.Errorf("%.50s is taken for %q, want %q", text, got, want)
		}
	}
}

// Windows PowerShell writes UTF-16 where somebody keeps a log or a message in a file.
func TestATextIsReadInTheEncodingThatItsMarkTells(t *testing.T) {
	const words = "invalid_grant: Code not valid"
	little, big := "\xff\xfe", "\xfe\xff"
	for _, c := range []byte(words) {
		little, big = little+string([]byte{c, 0}), big+string([]byte{0, c})
	}
	for _, text := range []string{words, "\ufeff" + words, little, big} {
		if got := first(t, text); got != "code-not-redeemable possible" {
			t.Errorf("%q: the first cause is %q", text, got)
		}
	}
}

func TestWhatCannotBeLookedAtSaysWhy(t *testing.T) {
	for text, want := range map[string]error{
		"": intake.ErrEmpty, "hello": intake.ErrUnknown, "a picture\x00 of it": intake.ErrUnknown, `{"log":{"entries":[]}}`: intake.ErrNoHTTP, strings.Repeat("a b ",
			1<<16): intake.ErrUnknown,
	} {
		if _, err := intake.Read(strings.NewReader(text), now()); !errors.Is(err, want) {
			t.Errorf("%.20q: %v, want %v", text, err, want)
		}
	}
	if _, err := intake.Read(strings.NewReader(`{"log":{"entries":[`), now()); err == nil {
		t.Error("half a HAR file was read")
	}
}

// The recordings of browsers differ in what they leave out.
func TestAHARIsReadAsEachBrowserWritesIt(t *testing.T) {
	const chromium = `{"log":{"version":"1.2","entries":[
		{"startedDateTime":"2026-11-29T12:00:00.000Z","time":5,"_resourceType":"document","request":{"method":"GET",
		 "url":"https://idp.example/authorize?client_id=app&response_type=code&redirect_uri=https://app.example/cb&state=state-1",
		 "headers":[{"name":":authority","value":"idp.example"},{"name":"sec-fetch-mode","value":"navigate"}]},
		 "response":{"status":302,"headers":[{"name":"location","value":"https://app.example/cb?code=code-one&state=state-1"}],
		 "content":{"mimeType":"x-unknown"},"redirectURL":"https://app.example/cb?code=code-one&state=state-1"}},
		{"startedDateTime":"2026-11-29T12:00:01.000Z","time":5,"_resourceType":"image","request":{
			"method":"GET","url":"https://app.example/x.png"},
		 "response":{"status":200,"content":{"mimeType":"image/png"}}},
		{"startedDateTime":"2026-11-29T12:00:02.000Z","time":5,"_resourceType":"fetch","request":{
			"method":"POST","url":"https://idp.example/oauth/token",
		 "headers":[{"name":"content-type","value":"application/json"},{"name":"origin","value":"https://app.example"}],
		 "postData":{"mimeType":"application/json","text":"{\"grant_type\":\"authorization_code\",\"code\":\"code-one\"}"}},
		 "response":{"status":400,"headers":[{"name":"content-type","value":"application/json"},{
			"name":"access-control-allow-origin","value":"*"}],
		 "content":{"mimeType":"application/json","encoding":"base64","text":"eyJlcnJvciI6ImludmFsaWRfcmVxdWVzdCJ9"}}}]}}`
	b := read(t, chromium)
	if n := len(b.Trace.Messages); n != 4 {
		t.Fatalf("%d messages, want 4: pictures are left out", n)
	}
	if got := b.Trace.Messages[3].Body; string(got) != `{"error":"invalid_request"}` {
		t.Errorf("the body is %q", got)
	}
	if got := first(t, chromium); got != "token-json certain" {
		t.Errorf("the first cause is %q", got)
	}
	const firefox = `{"log":{"entries":[{"startedDateTime":"2026-11-29T12:00:00.000+01:00","request":{"method":"POST","url":"https://idp.example/token",
		"headers":[{"name":"Content-Type","value":"application/x-www-form-urlencoded"}],"cookies":[{"name":"sid","value":"1"}],
		"postData":{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"grant_type","value":"client_credential"}]}},
		"response":{"status":400,"headers":[{"name":"Content-Type","value":"application/json"}],"content":{
			"text":"{\"error\":\"unsupported_grant_type\"}"}}}]}}`
	if got := first(t, firefox); got != "grant-type-mistyped certain" {
		t.Errorf("the first cause is %q", got)
	}
	if m := read(t, firefox).Trace.Messages[0]; m.HeaderValue("Cookie") != "sid=1" || string(m.Body) != "grant_type=client_credential" {
		t.Errorf("the request is read as %+v", m)
	}
}

// What a HAR tells of a refusal that no status tells.
func TestARefusalWithoutAStatusIsSeenInAHAR(t *testing.T) {
	const asked = `"request":{"method":"GET","url":"https://idp.example/authorize?client_id=app&response_type=code&state=state-%d` +
		`&redirect_uri=https://app.example/cb"}`
	entry := func(second int, rest string) string {
		return fmt.Sprintf(`{"startedDateTime":"2026-11-29T12:00:%02d.000Z",%s}`, second, rest)
	}
	sent := func(n int) string {
		return entry(n, fmt.Sprintf(asked,
			n)+fmt.Sprintf(`,"response":{"status":302,"redirectURL":"https://app.example/cb?code=code-%d&state=state-%d"}`, n, n))
	}
	back := func(n int) string {
		return entry(n, fmt.Sprintf(`"request":{"method":"GET","url":"https://app.example/cb?code=code-%d&state=state-%d"},
			"response":{"status":302,"redirectURL":"https://app.example/"}`, n, n))
	}
	for want, entries := range map[string][]string{
		"redirect-uri-unregistered likely": {entry(1, fmt.Sprintf(asked, 1)+
			`,"response":{"status":200,"content":{"mimeType":"text/html","text":"<p>AADSTS50011: The redirect URI does not match</p>"}}`)},
		"origin-unregistered likely": {sent(1), entry(2, `"request":{"method":"POST","url":"https://idp.example/token",
			"headers":[{"name":"Origin","value":"https://app.example"}],"postData":{"mimeType":"application/x-www-form-urlencoded",
			"text":"grant_type=authorization_code&code=code-1"}},
			"response":{"status":0}`)},
		"login-loop likely": {sent(1), back(1), sent(2), back(2), sent(3), back(3)},
		"mixed-content likely": {
			entry(1, `"request":{"method":"GET","url":"https://sso.example/console"},"response":{"status":200}`),
			entry(2, `"request":{"method":"GET","url":"http://sso.example/check.html","headers":[{"name":"Sec-Fetch-Mode","value":"navigate"}]},
			"response":{"status":0,"_error":"net::ERR_BLOCKED_BY_CSP"}`),
		},
		"callback-other-host certain": {
			entry(1, `"request":{"method":"POST","url":"https://shop.example/auth/idp"},"response":{"status":302,
			"headers":[{"name":"Set-Cookie","value":"session=one; path=/"}],"redirectURL":"https://idp.example/authorize?client_id=app`+
				`&response_type=code&state=one&redirect_uri=https://www.shop.example/auth/idp/callback"}`),
			entry(2, `"request":{"method":"GET","url":"https://idp.example/authorize?client_id=app`+
				`&response_type=code&state=one&redirect_uri=https://www.shop.example/auth/idp/callback"},
			"response":{"status":302,"redirectURL":"https://www.shop.example/auth/idp/callback?code=code-1&state=one"}`),
			entry(3, `"request":{"method":"GET","url":"https://www.shop.example/auth/idp/callback?code=code-1&state=one",
			"headers":[{"name":"Cookie","value":"seen=1"}]},
			"response":{"status":302,"redirectURL":"https://www.shop.example/auth/failure?message=csrf_detected&strategy=idp"}`),
		},
	} {
		if got := first(t, `{"log":{"entries":[`+strings.Join(entries, ",")+`]}}`); got != want {
			t.Errorf("the first cause is %q, want %q", got, want)
		}
	}
}

// The browser says itself why there is no answer.
func TestABrowserThatTiredOfRedirectsTellsOfALoop(t *testing.T) {
	const tired = `{"log":{"entries":[{"startedDateTime":"2026-11-29T12:00:00.000Z","request":{"method":"GET",
		"url":"https://app.example/dashboard"},"response":{"status":0,"_error":"net::ERR_TOO_MANY_REDIRECTS"}}]}}`
	if got := first(t, tired); got != "login-loop likely" {
		t.Errorf("the first cause is %q", got)
	}
}

func TestTooManyEntriesAreCounted(t *testing.T) {
	one := `{"request":{"method":"GET","url":"https://a.example/"}},`
	b := read(t, `{"log":{"entries":[`+strings.TrimSuffix(strings.Repeat(one, 20_003), ",")+`]}}`)
	if b.Left != 3 || len(b.Trace.Messages) != 20_000 {
		t.Errorf("%d were left out, and %d read", b.Left, len(b.Trace.Messages))
	}
}

func TestTheWordsOfAnErrorAreEnoughForALikelyCause(t *testing.T) {
	firstOfEach(t, map[string]string{
		"AADSTS50011: The redirect URI specified in the request does not match":                   "redirect-uri-unregistered likely",
		"Error 400: redirect_uri_mismatch":                                                        "redirect-uri-unregistered likely",
		"[authorization_request_not_found]":                                                       "session-lost likely",
		"Microsoft.AspNetCore.Authentication.AuthenticationFailureException: Correlation failed.": "session-lost likely",
		"oauth2: \"invalid_grant\" \"PKCE verification failed: Code mismatch\"":                   "verifier-lost likely",
		"invalid_client": "secret-wrong likely",
		`{"error":"invalid_grant","error_description":"Code not valid"}`:                                "code-not-redeemable possible",
		"oidc: expected audience \"api\" got [\"app\"]":                                                 "token-audience-other likely",
		"JWT error: unexpected \"iss\" claim value":                                                     "api-issuer-differs likely",
		"Maximum allowed refresh token reuse exceeded (invalid_grant)":                                  "refresh-used-twice likely",
		"IATError: Issued in the future":                                                                "clock-skew likely",
		"oidc: issuer did not match, expected \"https://a.example/o/x\" got \"https://a.example/o/x/\"": "issuer-slash likely",
		"issuer did not match, expected \"http://a.example\" got \"https://a.example\"":                 "issuer-scheme likely",
		"Access to fetch at 'https://a.example/token' has been blocked by CORS policy":                  "origin-unregistered likely",
		"Access to fetch at 'https://a.example/authorize?client_id=x' blocked by CORS policy":           "authorize-by-fetch likely",
		"Access to fetch at 'https://a.example/v1/x' has been blocked by CORS policy":                   "api-preflight-refused possible",
		"AADSTS9002326: Cross-origin token redemption is permitted only for (invalid_request)":          "spa-platform likely",
		"AADSTS9002327: Tokens may only be redeemed via cross-origin requests (invalid_request)":        "web-platform likely",
		"AADSTS501481: The Code_Verifier does not match the code_challenge":                             "verifier-lost likely",
		"invalid_request: Missing parameter: code_challenge_method":                                     "pkce-missing likely",
		"invalid_request: client must not use multiple authentication methods":                          "secret-in-two-places likely",
		"InvalidCheck: pkceCodeVerifier value could not be parsed":                                      "session-lost likely",
		"decode the Jwt: Invalid JWT serialization: Missing dot delimiter(s)":                           "token-opaque likely",
		"x509: certificate signed by unknown authority":                                                 "certificate-untrusted likely",
		"{\"error\":\"invalid_request\",\"error_description\":\"HTTPS required\"}":                      "https-required likely",
		"Refused to display a page because it set 'X-Frame-Options' to 'deny'":                          "page-in-frame likely",
		"OAuthLogin(missing saved state)":                                                               "session-lost likely",
		"ID token not issued by expected OpenID provider.":                                              "id-token-issuer likely",
		"An error occurred: The required audience is missing":                                           "token-audience-other likely",
		"Response state param did not match request state":                                              "session-lost likely",
		"https://a.example/cb?state=x does not match":                                                   "",
		"State could not be decoded":                                                                    "session-lost likely",
		"The redirect URI included is not valid.":                                                       "redirect-uri-unregistered likely",
		"oauth2: cannot fetch token: 401 Unauthorized\nBad credentials":                                 "secret-wrong likely",
		"Invalid token audience (invalid_client)":                                                       "assertion-audience likely",
		"BadJWTException: Invalid token audience. Provided value [api://x]":                             "token-audience-other likely",
		"error=bad_verification_code: the code passed is incorrect or expired":                          "code-not-redeemable possible",
		"Error: replay detected for user 1":                                                             "refresh-used-twice likely",
		"UnexpectedValueException: Wrong number of segments":                                            "token-opaque possible",
		"Grant validation failed. Reason: failed to load public key":                                    "jwks-missing likely",
		"app://callback?code=1&state=2 is not there: ERR_UNKNOWN_URL_SCHEME":                            "callback-not-found likely",
		"Blocked loading mixed active content \"http://a.example/x.js\"":                                "mixed-content likely",
		`WARN [org.keycloak.events] type="CODE_TO_TOKEN_ERROR", error="expired_code"`:                   "code-expired likely",
		`WARN [org.keycloak.events] type="LOGIN_ERROR", error="expired_code"`:                           "form-stale likely",
		`type="CODE_TO_TOKEN_ERROR", clientId="web", error="pkce_verification_failed"`:                  "verifier-lost likely",
		`type="LOGIN_ERROR", clientId="wbe", error="client_not_found"`:                                  "client-unknown likely",
		`"GET /cb?code=c&state=s" 500 {"error":"invalid_grant","error_description":"Code not valid"}`:   "code-not-redeemable possible",
		"Error 403: disallowed_useragent":                                                               "browser-embedded likely",
		"IDX20803: Unable to obtain configuration from the address":                                     "no-answer-to-server likely",
	})
}

func TestAnAddressIsFoundInWhatWasCopiedAroundIt(t *testing.T) {
	for _, text := range []string{
		`"https://app.example/cb?error=invalid_scope&state=x"`,
		"<https://app.example/cb?error=invalid_scope&state=x>",
		"https://app.example/cb?error=inva\nlid_scope&state=x",
		"https%3A%2F%2Fapp.example%2Fcb%3Ferror%3Dinvalid_scope%26state%3Dx",
		"https://app.example/cb#error=invalid_scope&error_description=no+such+scope",
		"https://app.example/cb?error=invalid_scope&amp;error_description=x&amp;state=y",
	} {
		if b := read(t, text); b.Kind != intake.Address {
			t.Errorf("%q is taken for %q", text, b.Kind)
		}
		if got := first(t, text); got != "scope-unknown likely" {
			t.Errorf("%q: the first cause is %q", text, got)
		}
	}
}

// Nothing is known of a request when only the words of an error were brought.
func TestOfARequestThatNobodyBroughtNothingIsQuoted(t *testing.T) {
	b := read(t, "invalid_client: Client authentication failed")
	for _, d := range diagnosis.Of(logins.Join(b.Trace), b.Known) {
		for _, c := range d.Causes {
			for _, e := range c.Evidence {
				if e.Where != "answer" {
					t.Errorf("%s quotes %+v", c.ID, e)
				}
			}
		}
	}
}

func TestATokenComesWithWhatTheAPIAnswered(t *testing.T) {
	const answer = "\n> GET /v1 HTTP/1.1\n< HTTP/1.1 401 Unauthorized\n< WWW-Authenticate: Bearer error=\"invalid_token\", " +
		"error_description=\"The aud claim is not valid\"\n"
	if got := first(t, token+answer); got != "token-audience-is-client likely" {
		t.Errorf("the first cause is %q", got)
	}
	if got := first(t, `Authorization: Bearer "`+token+`"`); got != "token-in-quotes certain" {
		t.Errorf("in quotation marks: %q", got)
	}
	if got := first(t, "Bearer "+token[:60]+"\n"+token[60:]+answer); got != "token-audience-is-client likely" {
		t.Errorf("broken into lines: %q", got)
	}
	if got := first(t, "Bearer "+token[:60]); got != "token-truncated likely" {
		t.Errorf("cut: %q", got)
	}
}

func TestTheLogOfServeTellsTheRuleThatWasBroken(t *testing.T) {
	const log = `{"time":"2026-11-29T12:00:00.000Z","event":"serving","realm":"demo","issuer":"http://127.0.0.1:8180/realms/demo"}
{"time":"2026-11-29T12:00:01.000Z","event":"request","realm":"demo","method":"POST","path":"/realms/demo/protocol/openid-connect/token","status":400,"client":"react-client","rule":"code-verifier-present","spec":"RFC 7636 §4.6","error":"invalid_grant","reason":"code_verifier is missing"}
not json
`
	if got := first(t, log); got != "verifier-missing certain" {
		t.Errorf("the first cause is %q", got)
	}
	b := read(t, log)
	if m := b.Trace.Messages[0]; m.To != trace.AuthorizationServer || !strings.HasPrefix(m.URL, "http://127.0.0.1:8180/realms/demo/") {
		t.Errorf("the request is read as %+v", m)
	}
}

// FuzzRead holds for whatever is brought: it is read or refused, and diagnosed, in bounds.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		token, `{"log":{"entries":[{"request":{"method":"GET","url":"https://a/?code=1&state=22222"},"response":{"status":400}}]}}`,
		"https://a/?error=x&state=y", "invalid_grant x", `{"event":"request","path":"/x"}`,
		"curl -d a=$B https://a/token\nHTTP/1.1 400\n\n{", "> POST /token HTTP/1.1\n>\n< HTTP/2 401\n", "curl '", "GET /a\n&b",
		`{"grantwalk":1,"flow":"x","outcome":{"state":"running"},"messages":[]}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b, err := intake.Read(strings.NewReader(text), now())
		if err != nil {
			return
		}
		for _, d := range diagnosis.Of(logins.Join(b.Trace), b.Known) {
			for _, c := range d.Causes {
				if c.At == nil || len(c.Evidence) == 0 {
					t.Errorf("%s shows nothing", c.ID)
				}
			}
		}
	})
}
