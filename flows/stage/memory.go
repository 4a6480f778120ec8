package stage

import (
	"crypto/tls"
	"net/http"
	"slices"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// addresses are the base URLs of the cast.
type addresses struct{ client, provider, api, other string }

// providerHost is the provider's in memory, under the top-level domain that RFC 2606 keeps for examples.
const providerHost = "idp.example"

// memory carries requests within the process.
type memory struct {
	clock  *clock
	own    *tls.Certificate // of whoever asks for certificates; nil where nobody does
	at     []string         // hosts, in the order of roles
	answer map[trace.Role]http.Handler
}

func newMemory(c *clock, id *identities, cast Cast) (*memory, addresses, error) {
	m := &memory{clock: c, at: []string{cast.Client.Host, providerHost, cast.API.Host}, answer: map[trace.Role]http.Handler{}}
	at := addresses{client: "https://" + m.at[0], provider: "https://" + m.at[1], api: "https://" + m.at[2]}
	if cast.Other.Host != "" {
		m.at = append(m.at, cast.Other.Host)
		at.other = "https://" + cast.Other.Host
	}
	if cast.Client.AuthMethod != AuthTLS {
		return m, at, nil
	}
	own, err := id.issue("grantwalk", m.at...)
	m.own = &own
	return m, at, err
}

func (m *memory) role(host string) (trace.Role, bool) {
	if i := slices.Index(m.at, host); i >= 0 {
		return roles()[i], true
	}
	return "", false
}

func (m *memory) hosts() []string { return m.at }

func (m *memory) ports() []int { return nil }

func (m *memory) start(role trace.Role, h http.Handler) { m.answer[role] = h }

func (m *memory) roundTrip(req *http.Request, to trace.Role, record func(trace.Check)) (*http.Response, error) {
	in := asServed(req, record)
	if m.own != nil {
		state, err := shakeHands(certificateOf(req), m.own, req.URL.Hostname(), m.clock.Now)
		if err != nil {
			return nil, err
		}
		in.TLS = state
	}
	return serve(m.answer[to], in, m.clock), nil
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
