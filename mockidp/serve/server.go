package serve

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// Limits for clients that are slow or send too much.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 64 << 10
	// stopTimeout is what requests in flight get at the end: less than the ten
	// seconds after which a container is killed.
	stopTimeout = 8 * time.Second
)

// server is a port that is served until it is stopped, and then lets the
// requests in flight end.
type server struct {
	http.Server

	failed chan error

	mu     sync.Mutex
	unused map[net.Conn]struct{} // connections on which nothing was sent yet, as browsers keep them
}

// startServer serves a listener, and owns it.
func startServer(ln net.Listener, handler http.Handler, errorLog *log.Logger) *server {
	s := &server{failed: make(chan error, 1), unused: map[net.Conn]struct{}{}}
	s.Handler, s.ErrorLog, s.MaxHeaderBytes, s.ConnState = handler, errorLog, maxHeader, s.note
	s.ReadHeaderTimeout, s.ReadTimeout, s.WriteTimeout, s.IdleTimeout = headerTimeout, readTimeout, writeTimeout, idleTimeout
	go func() { s.failed <- s.Serve(ln) }()
	return s
}

func (s *server) note(conn net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if state == http.StateNew {
		s.unused[conn] = struct{}{}
	} else {
		delete(s.unused, conn)
	}
}

// until serves until ctx ends, and then stops; or until it fails.
func (s *server) until(ctx context.Context) error {
	select {
	case err := <-s.failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
		return s.stop(context.WithoutCancel(ctx))
	}
}

// stop takes no more requests, lets those in flight end, and after a while ends
// them. What waits on a connection without having asked for anything is hung up
// on at once.
func (s *server) stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, stopTimeout)
	defer cancel()
	s.RegisterOnShutdown(s.hangUp)
	err := s.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.Close()
	}
	if served := <-s.failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

func (s *server) hangUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for conn := range s.unused {
		_ = conn.Close() // nobody on it has anything to lose
	}
}
