package mockidp

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// TB is what [Start] needs of a *testing.T.
type TB interface {
	Helper()
	Cleanup(func())
	Fatal(args ...any)
}

// Start serves a provider on a free loopback port until the test ends. It
// sets BaseURL and Hosts, and ends the test where cfg has one of its own: serve
// what [New] returns then. The rest of cfg is the caller's, and the zero value
// gives the realm of [StoryRealm]. [Provider.Realm] says where everything is.
//
// What it starts ends with the test.
func Start(tb TB, cfg Config) *Provider {
	tb.Helper()
	if err := checkAddressFree(&cfg); err != nil {
		tb.Fatal(err)
		return nil
	}
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
	if err := checkAddressFree(&cfg); err != nil {
		tb.Fatal(err)
		return nil, nil
	}
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

// checkAddressFree refuses an address that Start would have to overwrite.
func checkAddressFree(cfg *Config) error {
	if cfg.BaseURL == "" && len(cfg.Hosts) == 0 {
		return nil
	}
	return fmt.Errorf("Start chooses the address by itself, so BaseURL %q and Hosts %q must be empty; "+
		"to serve at an address of your own, hand what mockidp.New returns to an http.Server", cfg.BaseURL, cfg.Hosts)
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
	p.tb, p.crossed = tb, newTape()
	server := &http.Server{Handler: p.crossed.Around(p, trace.AuthorizationServer), ReadHeaderTimeout: 10 * time.Second}
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
