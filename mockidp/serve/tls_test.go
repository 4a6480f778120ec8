package serve

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// trusting is a client that trusts the CA in a file, and no other.
func trusting(t *testing.T, file string) (*browser, *x509.Certificate) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	block, rest := pem.Decode(text)
	if block == nil || len(rest) > 0 {
		t.Fatalf("not one certificate:\n%s", text)
	}
	ca, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(ca)
	b := newBrowser(t)
	b.client.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}
	return b, ca
}

func TestServeOverTLS(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for _, listen := range loopbacks() {
		t.Run(listen, func(t *testing.T) { serveOverTLS(t, listen) })
	}
}

func serveOverTLS(t *testing.T, listen string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ca.pem")
	s := startServe(t, listen, "--tls", "--tls-ca-file", file)
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o644 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	b, ca := trusting(t, file)
	b.open(s.issuer + "/.well-known/openid-configuration")
	if !strings.HasPrefix(s.issuer, "https://") || !strings.Contains(b.page, `"issuer":"`+s.issuer+`"`) ||
		strings.Contains(b.page, `"http://`) {
		t.Errorf("the issuer is %s: %s", s.issuer, b.page)
	}
	if left := time.Until(ca.NotAfter); left > 31*24*time.Hour || !ca.PermittedDNSDomainsCritical || len(ca.PermittedIPRanges) < 2 {
		t.Errorf("the CA can do too much: %s, %v, %v", left, ca.PermittedDNSDomains, ca.PermittedIPRanges)
	}
	b.open(s.issuer + "/protocol/openid-connect/auth?" + askingForLogin())
	b.submit(url.Values{"username": {"jane"}, "password": {"jane"}})
	if !strings.Contains(b.page, `name="decision"`) {
		t.Errorf("jane is not asked:\n%s", b.page)
	}
	b.close()
	if status, log := s.stop(); status != usage.StatusOK || strings.Contains(log, "TLS handshake") {
		t.Errorf("exit status %d, and the log is\n%s", status, log)
	}
}

func askingForLogin() string {
	return url.Values{
		"client_id": {"mobile-pkce-client"}, "redirect_uri": {"http://127.0.0.1:7777/callback"}, "response_type": {"code"}, "scope": {"openid"},
		"code_challenge": {"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, "code_challenge_method": {"S256"},
	}.Encode()
}

func TestCookiesOverTLSAreSecure(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ca.pem")
	s := startServe(t, "localhost:0", "--tls", "--tls-ca-file", file)
	b, _ := trusting(t, file)
	defer b.close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.issuer+"/protocol/openid-connect/auth?"+askingForLogin(),
		http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := b.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	cookies := resp.Cookies()
	for _, c := range cookies {
		if !c.Secure || !c.HttpOnly {
			t.Errorf("%s", c)
		}
	}
	if len(cookies) == 0 {
		t.Error("no cookie")
	}
	s.stop()
}

func TestTheLogTellsOfAClientThatDoesNotTrustTheCA(t *testing.T) {
	s := startServe(t, "127.0.0.1:0", "--tls")
	b := newBrowser(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.issuer, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := b.client.Do(req); err == nil {
		_ = resp.Body.Close()
		t.Error("a CA that nobody knows is trusted")
	}
	conn := dial(t, s.host)
	say(t, conn, "GET / HTTP/1.1\r\nHost: "+s.host+"\r\n\r\n") // no TLS at all
	_ = conn.Close()
	_, log := s.stop()
	lines := strings.Split(strings.TrimSuffix(log, "\n"), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], "TLS handshake error") || !strings.Contains(lines[1], "TLS handshake error") {
		t.Errorf("the log is\n%s", log)
	}
}

func TestTheCADoesNotReplaceAnotherFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "notes")
	if err := os.WriteFile(file, []byte("dear diary"), 0o600); err != nil {
		t.Fatal(err)
	}
	f := tlsFlags{on: true, caFile: file}
	if err := f.writeCA([]byte("x")); err == nil || !strings.Contains(err.Error(), "holds no certificate") {
		t.Errorf("%v", err)
	}
	text, err := os.ReadFile(file)
	if err != nil || string(text) != "dear diary" {
		t.Errorf("%q %v", text, err)
	}
}

func TestTheCertificateIsForEveryAddressWhenAllAreLetIn(t *testing.T) {
	own := ownAddresses()
	if len(own) == 0 {
		t.Fatal("this machine has no address")
	}
	f := tlsFlags{on: true, caFile: filepath.Join(t.TempDir(), "ca.pem")}
	if _, err := f.wrap(nil, "a-machine:8180", []string{"idp:8443"}, true); err != nil {
		t.Fatal(err)
	}
	_, ca := trusting(t, f.caFile)
	names := strings.Join(ca.PermittedDNSDomains, " ")
	if len(ca.PermittedIPRanges) < len(own) || !strings.Contains(names, "a-machine") || !strings.Contains(names, "idp") {
		t.Errorf("%v, %v", ca.PermittedDNSDomains, ca.PermittedIPRanges)
	}
}

func TestTheAPIsAreCalledOverTLSWithTheTokensOfTheServer(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for _, way := range []string{"jwt", "introspection"} {
		file := filepath.Join(t.TempDir(), "ca.pem")
		s := startServe(t, "127.0.0.1:0", "--api="+way, "--tls", "--tls-ca-file", file)
		base := strings.TrimSuffix(s.issuer, "/realms/demo")
		if !strings.HasPrefix(base, "https://") || !strings.Contains(s.head, "api        "+base+"/user/profile") {
			t.Errorf("--api=%s: the start does not say that the APIs are at %s:\n%s", way, base, s.head)
		}
		b, _ := trusting(t, file)
		token := b.service(s.issuer, "my-service-client", "my-service-secret", oauth2.AuthStyleInHeader, "read:invoices").AccessToken
		if got := b.call(http.MethodGet, base+"/invoices", token); got.status != http.StatusOK {
			t.Errorf("--api=%s: the service is answered %d %s", way, got.status, got.body)
		}
		if got := b.call(http.MethodGet, base+"/invoices", token+"x"); got.status != http.StatusUnauthorized || got.challenge == "" {
			t.Errorf("--api=%s: a token that was changed is answered %d %q", way, got.status, got.challenge)
		}
		stranger := newBrowser(t)
		if resp, err := stranger.client.Get(base + "/invoices"); err == nil { //nolint:noctx // it ends at the handshake
			_ = resp.Body.Close()
			t.Errorf("--api=%s: who does not trust the CA is answered %d", way, resp.StatusCode)
		}
		stranger.client.CloseIdleConnections()
		b.client.CloseIdleConnections()
		if status, log := s.stop(); status != usage.StatusOK || !strings.Contains(log, "/invoices") {
			t.Errorf("--api=%s: exit status %d, and the log is\n%s", way, status, log)
		}
	}
}
