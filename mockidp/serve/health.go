package serve

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// healthTimeout is less than what a container gives its health check.
const healthTimeout = 3 * time.Second

// askHealth asks the server that the same flags start, on this machine, whether
// it is well. It is for images that hold this program and no other. An error
// ends the program with status 1, which a container takes for unhealthy.
func (f *serveFlags) askHealth(ctx context.Context, out io.Writer) error {
	host, port, err := f.listenAddress()
	if err != nil {
		return err
	}
	if port == "0" {
		return usage.Slip("serving.slip.health-port")
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	address := f.tls.scheme() + "://" + net.JoinHostPort(host, port) + pathReady
	ctx, stop := context.WithTimeout(ctx, healthTimeout)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return fmt.Errorf("--health: %w", err)
	}
	transport := &http.Transport{ // of its own: no proxy has to know
		// Nothing is sent that is worth anything, and the CA of the other process is in its memory.
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, //nolint:gosec // see above
	}
	defer transport.CloseIdleConnections()
	resp, err := transport.RoundTrip(r)
	if err != nil {
		return fmt.Errorf("--health: %w", err)
	}
	defer func() { _ = resp.Body.Close() }() // read as far as we wanted
	said, _ := io.ReadAll(io.LimitReader(resp.Body, 200))
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("--health: %s answers %d %s", address, resp.StatusCode, said)
	}
	_, err = fmt.Fprintf(out, "%s\n", said)
	return err //nolint:wrapcheck // of standard output
}
