package serve

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"net/netip"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/amend"
	"github.com/grantwalk/grantwalk/mockidp/hold"
)

// Where the control server tells what crosses, as it does, and who is served.
const (
	pathExchanges = "/exchanges"
	pathRealms    = "/realms"
)

// anyPort is what --control means without an address.
const anyPort = "127.0.0.1:0"

// control is the server by which other programs on this machine ask for
// deliberate trouble, and look at what crosses. It has a port of its own, so
// that nothing of it can be reached through the provider.
type control struct {
	ln      net.Listener
	key     string
	server  *server
	crosses *tape.Tape
	gate    *hold.Gate
	life    context.Context // of the streams, which would never end by themselves
	end     context.CancelFunc
}

// startControl listens where --control says, or returns nil where it was not
// asked for.
func startControl(ctx context.Context, listen string) (*control, error) {
	if listen == "" {
		return nil, nil
	}
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return nil, usage.Slip("serving.slip.control", "address", listen, "example", anyPort)
	}
	if ip, err := netip.ParseAddr(host); err != nil || !ip.IsLoopback() {
		return nil, usage.Slip("serving.slip.control-remote", "address", listen)
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		return nil, listenSlip("--control=", listen, err)
	}
	c := &control{ln: ln, key: rand.Text(), crosses: tape.New(tape.Bounds{})}
	c.life, c.end = context.WithCancel(context.WithoutCancel(ctx))
	return c, nil
}

// tape is where what crosses is kept, or nil.
func (c *control) tape() *tape.Tape {
	if c == nil {
		return nil
	}
	return c.crosses
}

// gateOf is where requests can be held, or nil.
func (c *control) gateOf(front *front) *hold.Gate {
	if c == nil {
		return nil
	}
	c.gate = hold.New(hold.Options{Provider: front.provider.Load, Tape: c.crosses})
	return c.gate
}

// stream tells of what crosses until the client or the server ends.
func (c *control) stream(w http.ResponseWriter, r *http.Request) {
	ctx, stop := context.WithCancel(r.Context())
	defer stop()
	defer context.AfterFunc(c.life, stop)()
	c.crosses.Stream(w, r.WithContext(ctx))
}

// handler is all that the control server answers.
func (c *control) handler(front *front, language string, desk *amend.Desk) http.Handler {
	mux := http.NewServeMux()
	inside := http.NewServeMux()
	inside.HandleFunc("GET "+pathExchanges, c.stream)
	newDiagnoses(c.crosses, front, language).register(inside)
	mux.Handle(pathExchanges, mockidp.ControlDoor(c.key, inside))
	for _, path := range diagnosisPaths() {
		mux.Handle(path, mockidp.ControlDoor(c.key, inside))
	}
	mux.Handle("/", orders(front, c.gate, desk, c.key))
	return mux
}

// serve answers for whichever provider there is, until stop; nil serves nobody.
// What it says in words it says in a language.
func (c *control) serve(front *front, language string, desk *amend.Desk) {
	if c == nil {
		return
	}
	c.server = startServer(c.ln, c.handler(front, language, desk), nil)
}

// address is where it answers; empty for nil.
func (c *control) address() string {
	if c == nil {
		return ""
	}
	return "http://" + c.ln.Addr().String()
}

// orders answers whatever else is asked of the control server, and writes down
// on the tape what was done.
func orders(front *front, gate *hold.Gate, desk *amend.Desk, key string) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+pathRealms, mockidp.ControlDoor(key, http.HandlerFunc(front.tellRealms)))
	held := mockidp.ControlDoor(key, gate.Control())
	mux.Handle("/hold", held)
	mux.Handle("/hold/{id}", held)
	setup := mockidp.ControlDoor(key, desk.Control())
	mux.Handle("/setup/", setup)
	mux.Handle("/config", setup)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		front.provider.Load().Control(key).ServeHTTP(w, r.WithContext(tape.WithEvents(r.Context(), front.tape)))
	})
	return mux
}

// words say where it is, and by which key; nothing where it is not.
func (c *control) words() logged {
	if c == nil {
		return logged{}
	}
	address := c.address() + "/trouble"
	return logged{Event: "control", URL: address, ControlKey: c.key, Message: "control    " + address + "  key " + c.key}
}

// stop ends it; nil has nothing to end.
func (c *control) stop(ctx context.Context) error {
	switch {
	case c == nil:
		return nil
	case c.server == nil:
		c.end()
		return c.ln.Close()
	}
	c.end()
	return c.server.stop(ctx)
}
