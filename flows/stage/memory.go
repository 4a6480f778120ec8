package stage

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// addresses are the base URLs of the cast.
type addresses struct{ client, provider, mailbox string }

// Hosts of the cast in memory, under the top-level domain that RFC 2606 keeps for examples.
const (
	clientHost   = "travel.example"
	providerHost = "idp.example"
	mailboxHost  = "mailbox.example"
)

// memory carries requests within the process.
type memory struct {
	clock *clock
	cast  map[trace.Role]http.Handler
}

func newMemory(c *clock) (*memory, addresses) {
	return &memory{clock: c}, addresses{
		client: "https://" + clientHost, provider: "https://" + providerHost, mailbox: "https://" + mailboxHost,
	}
}

func (m *memory) role(host string) (trace.Role, bool) {
	switch host {
	case clientHost:
		return trace.Client, true
	case providerHost:
		return trace.AuthorizationServer, true
	case mailboxHost:
		return trace.ResourceServer, true
	}
	return "", false
}

func (m *memory) hosts() []string { return []string{clientHost, providerHost, mailboxHost} }

func (m *memory) ports() []int { return nil }

func (m *memory) start(cast map[trace.Role]http.Handler) { m.cast = cast }

func (m *memory) roundTrip(req *http.Request, to trace.Role, record func(trace.Check)) (*http.Response, error) {
	return serve(m.cast[to], asServed(req, record), m.clock), nil
}

func (m *memory) close() error { return nil }

// asServed turns a client's request into the one that a server sees.
func asServed(req *http.Request, record func(trace.Check)) *http.Request {
	in := req.Clone(trace.WithRecorder(req.Context(), record))
	in.RequestURI = req.URL.RequestURI()
	in.RemoteAddr = "192.0.2.1:1234" // RFC 5737: kept for documentation
	if req.Host != "" {
		in.Host = req.Host
	}
	if in.Header.Get("User-Agent") == "" {
		in.Header.Del("User-Agent")
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	return in
}
