package mockidp

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Whoever reads a log sees which parameter came, and which was meant; what is the name of nothing may be a secret.
func TestTheNameOfAParameterIsShownWhereItIsOne(t *testing.T) {
	for name, want := range map[string]string{
		"redirect_uri": "redirect_uri", "redirectUri": "redirectUri", "redirect-uri": "redirect-uri", "redirect_url": "redirect_url",
		"grant_tpye": "grant_tpye", "CODE": "CODE", "kc_idp_hint": "kc_idp_hint", "code_verifer": "code_verifer",
		"horse": "ho...", "Tr0ub4dor": "Tr...", `{"client_secret":"hunter2`: `{"...`, "state\n": "st...", "codex": "co...", "x": "x...", "é": "?...",
		strings.Repeat("redirect_uri", 9): "re...",
	} {
		if got := nameShown(name); got != want {
			t.Errorf("%q is shown as %q, want %q", name, got, want)
		}
	}
}

// A secret that was not encoded goes on as the name of another parameter, and JSON under the header of a form is one name.
func TestNoExchangeShowsASecretThatBecameAName(t *testing.T) {
	p, err := New(Config{BaseURL: "https://example.com"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	const secret = "correct-horse-battery"
	for _, body := range []string{
		"grant_type=password&username=jane&password=x&" + secret + "=staple",
		"grant_type=password&" + secret + "=1&" + secret + "=2",
		`{"client_secret":"` + secret + `=","pad":"` + strings.Repeat("=", 5000) + `"}`,
		url.QueryEscape(`{"client_secret":"`+secret) + "=" + strings.Repeat("x", 5000),
	} {
		for _, path := range []string{"token", "auth", "logout"} {
			watch := p.Watch(1).WithTrails()
			address := "https://example.com/realms/demo/protocol/openid-connect/" + path
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			p.ServeHTTP(httptest.NewRecorder(), r)
			watch.Stop()
			said, err := json.Marshal(<-watch.Exchanges())
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(said), `"Sent":"`) || strings.Contains(string(said), secret) {
				t.Errorf("%.60s at %s is told as\n%s", body, path, said)
			}
		}
	}
}
