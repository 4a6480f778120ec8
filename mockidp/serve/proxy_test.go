package serve

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

const belowProxy = "/realms/demo/protocol/openid-connect"

// newProxy is TLS and a path in front of a server, as nginx would be; cut has it
// take the path off again.
func newProxy(t *testing.T, cut string) (front *httptest.Server, lead func(host string)) {
	t.Helper()
	var to atomic.Pointer[url.URL]
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to.Load())
		r.Out.URL.Path = strings.TrimPrefix(r.In.URL.Path, cut)
		r.SetXForwarded()
	}, Transport: &http.Transport{DisableKeepAlives: true}}
	front = httptest.NewTLSServer(proxy)
	t.Cleanup(front.Close)
	return front, func(host string) { to.Store(&url.URL{Scheme: "http", Host: host}) }
}

func TestALoginThroughAProxyThatAddsTLSAndAPath(t *testing.T) {
	ignored := goleak.IgnoreCurrent()
	for _, cut := range []string{"", "/idp"} {
		front, lead := newProxy(t, cut)
		base := front.URL + "/idp"
		s := startServe(t, "127.0.0.1:0", "--config", printedConfigAt(t, "base_url = \""+base+"\"\ntrusted_proxies = [\"127.0.0.1\"]\n"))
		lead(s.host)
		if s.issuer != base+"/realms/demo" {
			t.Errorf("the issuer is %s", s.issuer)
		}
		b := newBrowser(t)
		b.client.Transport = front.Client().Transport
		throughTheProxy(t, b, base)
		b.close()
		if status, log := s.stop(); status != usage.StatusOK || strings.Contains(log, "refused") {
			t.Errorf("exit status %d, and the log is\n%s", status, log)
		}
		front.Close()
	}
	goleak.VerifyNone(t, ignored)
}

// printedConfigAt is the printed config with more above its tables, and the realm demo alone.
func printedConfigAt(t *testing.T, more string) string {
	t.Helper()
	return file(t, more+`
[[realm]]
name = "demo"

[[realm.client]]
client_id = "app"
redirect_uris = ["https://app.example/cb"]

[[realm.person]]
username = "ann"
password = "ann"
`)
}

func throughTheProxy(t *testing.T, b *browser, base string) {
	t.Helper()
	const verifier, challenge = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
	for _, path := range []string{"/health", "/realms/demo/.well-known/openid-configuration"} {
		if b.open(base + path); !strings.Contains(b.page, "UP") && !strings.Contains(b.page, `"issuer":"`+base+`/realms/demo"`) {
			t.Errorf("%s answers %s", path, b.page)
		}
	}
	b.open(base + belowProxy + "/auth?" + url.Values{
		"response_type": {"code"}, "client_id": {"app"}, "redirect_uri": {"https://app.example/cb"}, "scope": {"openid"}, "state": {"s"},
		"code_challenge": {challenge}, "code_challenge_method": {"S256"},
	}.Encode())
	b.submit(url.Values{"username": {"ann"}, "password": {"ann"}, "action": {"sign-in"}})
	if b.location == "" {
		b.submit(url.Values{"decision": {"approve"}})
	}
	back, err := url.Parse(b.location)
	if err != nil || back.Query().Get("code") == "" || back.Query().Get("iss") != base+"/realms/demo" {
		t.Fatalf("the browser is sent to %q by\n%s", b.location, b.page)
	}
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {back.Query().Get("code")}, "client_id": {"app"}, "code_verifier": {verifier},
		"redirect_uri": {"https://app.example/cb"},
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+belowProxy+"/token", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	b.send(r)
	var got struct {
		IDToken string `json:"id_token"`
	}
	if err := json.Unmarshal([]byte(b.page), &got); err != nil || got.IDToken == "" {
		t.Errorf("the token endpoint answers %s", b.page)
	}
}
