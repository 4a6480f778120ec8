package mockidp

import (
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

// TB is what [Start] needs of a *testing.T.
type TB interface {
	Helper()
	Cleanup(func())
	Fatal(args ...any)
}

// Start serves a provider on a free loopback port until the test ends. It
// sets BaseURL and Hosts; the rest of cfg is the caller's, and the zero value
// gives the realm of [StoryRealm]. [Provider.Issuer] says where it is.
//
// What it starts ends with the test.
func Start(tb TB, cfg Config) *Provider {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
		return nil
	}
	cfg.BaseURL = "http://" + listener.Addr().String()
	return startAt(tb, cfg, listener)
}

// StartTLS is [Start] over TLS, with a [LocalCA] that the client which it
// returns trusts. It sets ClientCertificates as well: a copy of that client's
// Transport with a certificate in TLSClientConfig can use what RFC 8705 is
// about.
func StartTLS(tb TB, cfg Config) (*Provider, *http.Client) {
	tb.Helper()
	ca, err := NewLocalCA()
	if err != nil {
		tb.Fatal(err)
		return nil, nil
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", ca.ServerTLS())
	if err != nil {
		tb.Fatal(err)
		return nil, nil
	}
	cfg.BaseURL = "https://" + listener.Addr().String()
	cfg.ClientCertificates = true
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: ca.Pool(), MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2: true,
	}
	tb.Cleanup(transport.CloseIdleConnections)
	return startAt(tb, cfg, listener), &http.Client{Transport: transport}
}

func startAt(tb TB, cfg Config, listener net.Listener) *Provider {
	tb.Helper()
	cfg.Hosts = []string{listener.Addr().String()}
	p, err := New(cfg)
	if err != nil {
		_ = listener.Close()
		tb.Fatal(err)
		return nil
	}
	server := &http.Server{Handler: p, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener) // ends when Close is called
	}()
	tb.Cleanup(func() {
		_ = server.Close()
		<-done
		_ = p.Close()
	})
	return p
}
