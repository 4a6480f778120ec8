package mockidp_test

import (
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

const (
	realmURL  = "https://idp.example/realms/demo"
	oidcURL   = realmURL + "/protocol/openid-connect"
	authURL   = oidcURL + "/auth"
	tokenURL  = oidcURL + "/token"
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" // RFC 7636 appendix B
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
	callback  = "https://travel.example/callback"
)

// newClock stands still at a moment of March 2026.
func newClock() *mockidp.Clock {
	return mockidp.NewClock(time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC))
}

//nolint:gochecknoglobals // keys take long to make, and every test may share them
var sharedKeys = sync.OnceValues(mockidp.GenerateKeys)

func keys(tb testing.TB) *mockidp.KeySet {
	tb.Helper()
	k, err := sharedKeys()
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

// handlerTransport sends requests to a handler without a network.
type handlerTransport struct {
	handler http.Handler
	checks  *[]trace.Check // of the last request
}

func (h handlerTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	*h.checks = nil
	served := r.Clone(trace.WithRecorder(r.Context(), func(c trace.Check) { *h.checks = append(*h.checks, c) }))
	if served.Body == nil {
		served.Body = http.NoBody
	}
	served.Host = r.URL.Host
	served.RemoteAddr = "192.0.2.1:1234"
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, served)
	res := w.Result()
	res.Request = r
	return res, nil
}

// browser keeps cookies and follows no redirect by itself.
type browser struct {
	t      testing.TB
	client *http.Client
	checks []trace.Check
	// pushes sends what is meant for the authorization endpoint to the one for
	// pushed requests, as the client would.
	pushes bool
}

func newBrowser(tb testing.TB, p http.Handler) *browser {
	tb.Helper()
	b := &browser{t: tb}
	b.client = &http.Client{Transport: handlerTransport{p, &b.checks}}
	b.reset()
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return b
}

// reset forgets all cookies.
func (b *browser) reset() {
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.t.Fatal(err)
	}
	b.client.Jar = jar
}

// reply is a response, read to its end.
type reply struct {
	*http.Response
	body  string
	check *trace.Check // the one that failed, if any
	all   []trace.Check
}

func (b *browser) do(r *http.Request) reply {
	b.t.Helper()
	if b.pushes && r.URL.Path == "/realms/demo/protocol/openid-connect/auth" {
		r = pushing(b.t, r)
	}
	res, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	out := reply{Response: res, body: string(body), all: b.checks}
	for i := range b.checks {
		if b.checks[i].Result == trace.Fail {
			out.check = &b.checks[i]
		}
	}
	return out
}

func (b *browser) get(address string) reply {
	b.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do(r)
}

func (b *browser) post(address, body string, headers ...string) reply {
	b.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return b.do(r)
}

// submit posts the page's form with these fields changed; the empty string
// removes one.
func (b *browser) submit(page reply, change ...string) reply {
	b.t.Helper()
	action, fields := readForm(b.t, page.body)
	for i := 0; i+1 < len(change); i += 2 {
		fields.Set(change[i], change[i+1])
		if change[i+1] == "" {
			fields.Del(change[i])
		}
	}
	target, err := page.Request.URL.Parse(action)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.post(target.String(), fields.Encode())
}

func (b *browser) signIn(page reply, who string) reply {
	b.t.Helper()
	return b.submit(page, "username", who, "password", who)
}

// readForm returns the action and the input fields of the only form.
func readForm(tb testing.TB, page string) (string, url.Values) {
	tb.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		tb.Fatal(err)
	}
	action, fields := "", url.Values{}
	for n := range root.Descendants() {
		switch n.Data {
		case "form":
			action = attribute(n, "action")
		case "input":
			fields.Set(attribute(n, "name"), attribute(n, "value"))
		}
	}
	if action == "" {
		tb.Fatalf("no form in the page:\n%s", page)
	}
	return action, fields
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func decoded(tb testing.TB, part string) []byte {
	tb.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

func encoded(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// with returns the parameters of a good authorization request, changed.
func with(change ...string) url.Values {
	v := url.Values{
		"response_type": {"code"}, "client_id": {"mobile-pkce-client"}, "redirect_uri": {callback},
		"scope": {"openid mail.read"}, "state": {"af0ifjsldkj"}, "nonce": {"n-0S6_WzA2Mj"},
		"code_challenge": {challenge}, "code_challenge_method": {"S256"},
	}
	return changed(v, change...)
}

func changed(v url.Values, change ...string) url.Values {
	for i := 0; i+1 < len(change); i += 2 {
		v.Set(change[i], change[i+1])
		if change[i+1] == "" {
			v.Del(change[i])
		}
	}
	return v
}

// authorize opens the authorization endpoint.
func (b *browser) authorize(change ...string) reply {
	b.t.Helper()
	return b.get(authURL + "?" + with(change...).Encode())
}

// code walks to a code as jane.
func (b *browser) code(change ...string) string {
	b.t.Helper()
	res := b.authorize(change...)
	if res.StatusCode == http.StatusOK {
		if strings.Contains(res.body, `name="password"`) {
			res = b.signIn(res, "jane")
		}
		if res.StatusCode == http.StatusOK {
			res = b.submit(res, "decision", "approve")
		}
	}
	code := res.location().Query().Get("code")
	if code == "" {
		b.t.Fatalf("no code: %d %s %s", res.StatusCode, res.Header.Get("Location"), res.body)
	}
	return code
}

func (r reply) location() *url.URL {
	u, err := url.Parse(r.Header.Get("Location"))
	if err != nil {
		return &url.URL{}
	}
	return u
}

// redeeming returns the parameters of a good token request, changed.
func redeeming(code string, change ...string) url.Values {
	v := url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {callback},
		"client_id": {"mobile-pkce-client"}, "code_verifier": {verifier},
	}
	return changed(v, change...)
}

func newProvider(tb testing.TB, cfg mockidp.Config) *mockidp.Provider {
	tb.Helper()
	if cfg.BaseURL == "" {
		cfg.BaseURL = "https://idp.example"
	}
	if cfg.Keys == nil {
		cfg.Keys = keys(tb)
	}
	p, err := mockidp.New(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}
