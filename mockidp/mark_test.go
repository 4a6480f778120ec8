//go:build !race

package mockidp

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// What a log has of a secret is the same for the same secret, and has nothing of it.
func TestAMarkIsTheSameForTheSameSecretAndTellsNothingOfIt(t *testing.T) {
	m := newMarker()
	const code, token = "s3cr3t-code-of-this-login", "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl"
	if again := m.mark(code); m.mark(code) != again || again == m.mark(code+"x") || again == newMarker().mark(code) {
		t.Error("a mark is not the same for the same secret in one process alone")
	}
	for value, want := range map[string]string{
		"Bearer " + token: "Bearer " + m.mark(token), token: m.mark(token), `Bearer "` + token + `"`: `Bearer "` + m.mark(token) + `"`,
		"Bearer Bearer " + token: "Bearer Bearer " + m.mark(token), "Bearer undefined": "Bearer undefined", "Basic YTpi": "", "": "",
	} {
		if got := m.shown(value); got != want {
			t.Errorf("%s is shown as %q, want %q", value, got, want)
		}
	}
	if got := m.mark(token); !strings.HasPrefix(got, "eyJ#") || strings.Contains(got, "hbGci") {
		t.Errorf("the mark of a JWT is %q", got)
	}
}

// Nothing that a request or an answer brings as a secret is in what joins it to others.
func TestATrailHasNoSecret(t *testing.T) {
	p, err := New(Config{BaseURL: "https://example.com"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	watch := p.Watch(8).WithTrails()
	secrets := []string{"the-password-of-jane", "code-that-nobody-knows", "state-that-nobody-knows", "bearer-that-nobody-knows", "in-json-alone"}
	for _, body := range []string{
		"grant_type=password&username=jane&password=" + secrets[0] + "&code=" + secrets[1] + "&state=" + secrets[2] + "&client_secret=" + secrets[1],
		`{"grant_type":"authorization_code","code":"` + secrets[4] + `"}`,
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/realms/demo/protocol/openid-connect/token", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Authorization", "Bearer "+secrets[3])
		p.ServeHTTP(httptest.NewRecorder(), r)
	}
	watch.Stop()
	for e := range watch.Exchanges() {
		told := strings.Join([]string{e.Trail.Sent, e.Trail.Header, e.Trail.Came, e.Trail.Location}, " ")
		if e.Trail.Sent == "" {
			t.Errorf("nothing is told of what was sent: %+v", e)
		}
		for _, secret := range secrets {
			if strings.Contains(told, secret) || strings.Contains(told, secret[:10]) {
				t.Errorf("%s is told in %s", secret, told)
			}
		}
	}
}
