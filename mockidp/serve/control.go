package serve

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"net/netip"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// anyPort is what --control means without an address.
const anyPort = "127.0.0.1:0"

// control is the server by which other programs on this machine ask for
// deliberate trouble. It has a port of its own, so that nothing of it can be
// reached through the provider.
type control struct {
	ln     net.Listener
	key    string
	server *server
}

// startControl listens where --control says, or returns nil where it was not
// asked for.
func startControl(ctx context.Context, listen string) (*control, error) {
	if listen == "" {
		return nil, nil
	}
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return nil, usage.Mistakef("--control=%s is not ADDRESS:PORT, e.g. %s", listen, anyPort)
	}
	if ip, err := netip.ParseAddr(host); err != nil || !ip.IsLoopback() {
		return nil, usage.Mistakef("--control=%s lets other machines in; use 127.0.0.1 or [::1]", listen)
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		return nil, usage.Mistakef("--control=%s: %w", listen, listenError(err))
	}
	return &control{ln: ln, key: rand.Text()}, nil
}

// serve answers for whichever provider there is, until stop; nil serves nobody.
func (c *control) serve(front *front, log *serverLog) {
	if c == nil {
		return
	}
	c.server = startServer(c.ln, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		front.provider.Load().Control(c.key).ServeHTTP(w, r)
	}), nil)
	log.line("control    http://" + c.ln.Addr().String() + "/trouble  key " + c.key)
}

// stop ends it; nil has nothing to end.
func (c *control) stop(ctx context.Context) error {
	switch {
	case c == nil:
		return nil
	case c.server == nil:
		return c.ln.Close()
	}
	return c.server.stop(ctx)
}
