package stage

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// classroomPort is the first of three fixed ports, so that a classroom run
// over TCP repeats wherever it is played; other runs let the system choose,
// and who plays beside others says where. It lies below the ports that systems
// choose from.
const classroomPort = 21217

// loopback carries requests through TCP on 127.0.0.1, one server a party.
type loopback struct {
	clock     *clock
	listeners map[trace.Role]net.Listener
	roles     map[string]trace.Role
	taken     []int // ports, in the order of the cast
	transport *http.Transport
	own       *tls.Certificate // of whoever asks for certificates; nil where nobody does
	servers   []*http.Server
	running   sync.WaitGroup // servers and handlers

	mu     sync.Mutex
	record func(trace.Check) // of the innermost request that is on its way
}

func newLoopback(c *clock, id *identities, o Options) (*loopback, addresses, error) {
	l := &loopback{
		clock: c, listeners: map[trace.Role]net.Listener{}, roles: map[string]trace.Role{},
		transport: &http.Transport{DisableCompression: true},
	}
	scheme := "http://"
	if o.Cast.Client.AuthMethod == AuthTLS {
		own, err := id.issue("grantwalk", "127.0.0.1")
		if err != nil {
			return nil, addresses{}, err
		}
		l.own, scheme = &own, "https://"
	}
	base := map[trace.Role]string{}
	for i, role := range roles() {
		if role == trace.OtherClient && o.Cast.Other.Host == "" {
			continue
		}
		ln, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp4", net.JoinHostPort("127.0.0.1", o.port(i)))
		if err != nil {
			return nil, addresses{}, errors.Join(fmt.Errorf("listen for the %s: %w", role, err), l.close())
		}
		l.listeners[role] = ln
		if at, ok := ln.Addr().(*net.TCPAddr); ok {
			l.taken = append(l.taken, at.Port)
		}
		l.roles[ln.Addr().String()] = role
		base[role] = scheme + ln.Addr().String()
	}
	return l, addresses{
		client: base[trace.Client], provider: base[trace.AuthorizationServer], api: base[trace.ResourceServer], other: base[trace.OtherClient],
	}, nil
}

func (l *loopback) role(host string) (trace.Role, bool) {
	r, ok := l.roles[host]
	return r, ok
}

func (l *loopback) hosts() []string { return slices.Sorted(maps.Keys(l.roles)) }

func (l *loopback) ports() []int { return l.taken }

// port returns where the i-th of the cast listens; "0" lets the system choose,
// as for who came later than the others were told where.
func (o Options) port(i int) string {
	switch {
	case i < len(o.Ports):
		return strconv.Itoa(o.Ports[i])
	case len(o.Ports) == 0 && o.Classroom:
		return strconv.Itoa(classroomPort + i)
	}
	return "0"
}

func (l *loopback) start(role trace.Role, h http.Handler) {
	server := &http.Server{Handler: l.serve(h), ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10}
	l.servers = append(l.servers, server)
	ln := l.listeners[role]
	if l.own != nil {
		ln = tls.NewListener(ln, serverTLS(l.own, l.clock.Now))
	}
	delete(l.listeners, role)                     // the server closes it now
	l.running.Go(func() { _ = server.Serve(ln) }) // always ends with ErrServerClosed
}

// serve answers over the wire exactly as memory does within the process.
func (l *loopback) serve(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		l.running.Add(1)
		defer l.running.Done()
		req.Body = http.MaxBytesReader(w, req.Body, MaxBody)
		l.mu.Lock()
		ctx := trace.WithRecorder(req.Context(), l.record)
		l.mu.Unlock()
		resp := serve(h, req.WithContext(ctx), l.clock) //nolint:bodyclose // its body is memory
		for name, values := range resp.Header {
			w.Header()[name] = values
		}
		w.WriteHeader(resp.StatusCode)
		_, _ = io.Copy(w, resp.Body) // the reader is memory; a writer that went away is not our fault
	})
}

func (l *loopback) roundTrip(req *http.Request, _ trace.Role, record func(trace.Check)) (*http.Response, error) {
	l.mu.Lock()
	outer := l.record
	l.record = record
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		l.record = outer
		l.mu.Unlock()
	}()
	transport := l.transport
	if l.own != nil { // each request shakes hands by itself: the next one may present another certificate
		transport = &http.Transport{
			DisableCompression: true, DisableKeepAlives: true, TLSClientConfig: clientTLS(certificateOf(req), l.own, l.clock.Now),
		}
	}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return nil, fmt.Errorf("over loopback: %w", err)
	}
	return resp, nil
}

func (l *loopback) close() error {
	l.transport.CloseIdleConnections()
	var errs []error
	for _, s := range l.servers {
		errs = append(errs, s.Close())
	}
	for _, ln := range l.listeners { // of whoever never came on stage
		errs = append(errs, ln.Close())
	}
	l.running.Wait()
	return errors.Join(errs...)
}
