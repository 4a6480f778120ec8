package mockidp

import (
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
