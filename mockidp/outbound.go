package mockidp

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"
)

// outboundTimeout is how long whoever is called may take for all of its answer.
const outboundTimeout = 5 * time.Second

var errNotLoopback = errors.New("only this machine may be called, unless remote_fetch = true stands in [relaxed]")

// newOutbound returns the client for what clients are registered with by
// address. Its addresses may have been chosen by a stranger, so it calls this
// machine only, whatever a name resolves to, and neither follows redirects nor
// uses a proxy (RFC 7591 section 5 warns of such fetches). It keeps no
// connection open, so there is nothing to close.
func newOutbound(cfg *Config) *http.Client {
	if cfg.Outbound != nil {
		return cfg.Outbound
	}
	dialer := &net.Dialer{Timeout: outboundTimeout}
	if !cfg.Relaxed.RemoteFetch {
		dialer.Control = loopbackOnly
	}
	return &http.Client{
		Timeout:       outboundTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: dialer.DialContext, DisableKeepAlives: true,
			TLSHandshakeTimeout: outboundTimeout, MaxResponseHeaderBytes: 16 << 10,
		},
	}
}

// loopbackOnly looks at the address that is really dialled, after the name was
// resolved: what a name said a moment ago proves nothing.
func loopbackOnly(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("call %s: %w", address, errNotLoopback)
	}
	return nil
}
