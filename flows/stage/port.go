package stage

import (
	"fmt"
	"net/http"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// port returns one party's connection to the network.
func (n *network) port(from trace.Role, ch trace.Channel) http.RoundTripper {
	return &port{network: n, from: from, channel: ch}
}

// offstage returns a connection that leaves no trace, for what a party did before the curtain rose.
func (n *network) offstage() http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		to, ok := n.carry.role(req.URL.Host)
		if !ok {
			return nil, &NoSuchHostError{Host: req.URL.Host}
		}
		return n.carry.roundTrip(req, to, nil)
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

// RoundTrip calls f.
func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

type port struct {
	network     *network
	from        trace.Role
	channel     trace.Channel
	certificate string // that it presents, by what a message says of it; "" for none
}

// RoundTrip sends a request onto the stage. Redirects are answers like any other.
func (p *port) RoundTrip(req *http.Request) (*http.Response, error) {
	m, err := requestMessage(req)
	if err != nil {
		return nil, fmt.Errorf("send %s %s: %w", req.Method, req.URL.Redacted(), err)
	}
	m.From, m.Channel, m.Certificate = p.from, p.channel, p.certificate
	return p.network.exchange(&m)
}
