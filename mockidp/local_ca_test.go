package mockidp_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"github.com/grantwalk/grantwalk/mockidp"
)

func TestAnIndependentLibraryTrustsTheIssuerOverTLS(t *testing.T) {
	p, client := mockidp.StartTLS(t, mockidp.Config{Keys: keys(t)})
	if _, err := oidc.NewProvider(oidc.ClientContext(t.Context(), client), p.Issuer("demo")); err != nil {
		t.Error(err)
	}
	if res, err := http.Get(p.Issuer("demo")); err == nil { //nolint:noctx // refused before anything is sent
		_ = res.Body.Close()
		t.Error("a CA that nobody knows is trusted")
	}
}

func certificates(t *testing.T, hosts ...string) (root, leaf *x509.Certificate) {
	t.Helper()
	ca, err := mockidp.NewLocalCA(hosts...)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(ca.PEM())
	if root, err = x509.ParseCertificate(block.Bytes); err != nil {
		t.Fatal(err)
	}
	return root, ca.ServerTLS().Certificates[0].Leaf
}

func TestTheCertificateIsGoodForItsHostsAlone(t *testing.T) {
	root, leaf := certificates(t, "IDP.test", "127.0.0.1", "192.0.2.7", "2001:db8::1", "fe80::1%eth0")
	pool := x509.NewCertPool()
	pool.AddCert(root)
	for host, good := range map[string]bool{
		"localhost": true, "127.0.0.1": true, "::1": true, "idp.test": true, "192.0.2.7": true, "2001:db8::1": true, "fe80::1": true,
		"evil.example": false, "192.0.2.8": false,
	} {
		if _, err := leaf.Verify(x509.VerifyOptions{Roots: pool, DNSName: host}); (err == nil) != good {
			t.Errorf("%s: %v", host, err)
		}
	}
	if len(leaf.IPAddresses) != 5 || leaf.IsCA || leaf.NotAfter.Sub(leaf.NotBefore) > 31*24*time.Hour {
		t.Errorf("%v %v %s", leaf.IPAddresses, leaf.IsCA, leaf.NotAfter)
	}
	if again, _ := certificates(t); again.Subject.String() == root.Subject.String() || again.SerialNumber.Cmp(root.SerialNumber) == 0 {
		t.Errorf("two CAs are both called %s", again.Subject)
	}
	if _, err := mockidp.NewLocalCA("ä.example"); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("a host that no certificate can name: %v", err)
	}
}

func TestTheServerAsksForACertificateAndSpeaksHTTP2(t *testing.T) {
	p, client := mockidp.StartTLS(t, mockidp.Config{Keys: keys(t)})
	res, err := client.Get(p.Issuer("demo") + "/.well-known/openid-configuration")
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.ProtoMajor != 2 || res.TLS.Version < tls.VersionTLS12 {
		t.Errorf("%s, TLS %x", res.Proto, res.TLS.Version)
	}
}

// handshakes is a server that agrees on how to talk and says nothing.
func handshakes(t *testing.T) (address string) {
	t.Helper()
	ca, err := mockidp.NewLocalCA()
	if err != nil {
		t.Fatal(err)
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", ca.ServerTLS())
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_ = conn.(*tls.Conn).HandshakeContext(t.Context()) // the client tells how it went
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() { _ = listener.Close(); <-done })
	return listener.Addr().String()
}

// Each suite is offered alone. The certificate's key decides which half of the
// four can be chosen at all.
func TestTLS12TakesNoSuiteOutsideOfBCP195(t *testing.T) {
	address := handshakes(t)
	good := []uint16{
		tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
		tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
	}
	taken, refused := 0, 0
	for _, suite := range slices.Concat(tls.CipherSuites(), tls.InsecureCipherSuites()) {
		if !slices.Contains(suite.SupportedVersions, tls.VersionTLS12) {
			continue
		}
		conn, err := tls.Dial("tcp", address, &tls.Config{
			InsecureSkipVerify: true,
			MaxVersion:         tls.VersionTLS12, CipherSuites: []uint16{suite.ID},
		})
		if err == nil {
			_ = conn.Close()
			taken++
		} else {
			refused++
		}
		if err == nil && !slices.Contains(good, suite.ID) {
			t.Errorf("%s is taken", suite.Name)
		}
	}
	if taken != len(good)/2 || refused < 15 {
		t.Errorf("%d suites are taken and %d refused; want 2, as the certificate has one kind of key, and all others", taken, refused)
	}
}
