// Package serve is the command that serves the provider to other programs: the
// port, TLS, the config file, the log, and the port at which trouble is asked
// for. It decides nothing of the protocol, and knows neither flow nor stage.
package serve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"runtime"
	"sync"
	"time"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// Limits for clients that are slow or send too much.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 64 << 10
	// stopTimeout is what requests in flight get after Ctrl-C. A browser keeps
	// connections open on which it never sent anything; they must not hold us.
	stopTimeout = 500 * time.Millisecond
)

// serve runs until ctx ends, or prints the config. in is where --config - reads.
func (f *serveFlags) serve(ctx context.Context, in io.Reader, out io.Writer) error {
	asked, err := f.load(in)
	if err != nil {
		return err
	}
	if f.printConfig {
		return asked.print(out)
	}
	ln, base, err := f.open(ctx, asked.host())
	if err != nil {
		return err
	}
	control, err := startControl(ctx, f.control)
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	lines := newServerLog(f.accessLog, out)
	asked.config.OnLogoutCall = lines.logoutCall
	provider, err := asked.provider(f, base, ln.Addr())
	if err != nil {
		return errors.Join(err, ln.Close(), control.stop(ctx))
	}
	control.serve(provider, lines)
	for _, notice := range provider.Notices() {
		lines.line(notice)
	}
	if words := f.tls.words(); words != "" {
		lines.line(words)
	}
	lines.welcome(asked.welcome(provider, ln.Addr(), f.version))
	var logging sync.WaitGroup
	watch := provider.Watch(maxWaiting)
	logging.Go(func() { lines.follow(watch) })
	err = answer(ctx, ln, provider, f.tls.errorLog(lines))
	err = errors.Join(err, control.stop(context.WithoutCancel(ctx)), provider.Close())
	logging.Wait() // closing the provider ended the watch
	lines.line("stopped")
	return err
}

// answer serves until ctx ends.
func answer(ctx context.Context, ln net.Listener, handler http.Handler, errorLog *log.Logger) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ErrorLog: errorLog,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(ln) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	err := stop(context.WithoutCancel(ctx), server)
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// open listens, and returns the host and port by which clients get there, unless
// they know it by that name of the config.
func (f *serveFlags) open(ctx context.Context, name string) (ln net.Listener, base string, err error) {
	if runtime.GOOS == "js" { // where Go only pretends to listen
		return nil, "", usage.Mistakef("nobody can reach a port in here, in a browser or under Node.js; use grantwalk walk, or serve from a " +
			"program of its own")
	}
	host, port, err := f.listenAddress()
	if err != nil {
		return nil, "", err
	}
	ln, err = (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, "", usage.Mistakef("--listen %s: %w", f.listen, listenError(err))
	}
	// A machine can call anything localhost; what counts is where we ended up.
	if at, ok := ln.Addr().(*net.TCPAddr); ok && !at.IP.IsLoopback() && !f.allowRemote {
		return nil, "", errors.Join(f.remoteError(), ln.Close())
	}
	base = baseHost(host, ln.Addr(), f.tls.usualPort())
	ln, err = f.secure(ln, cmp.Or(name, base))
	return ln, base, err
}

// stop lets requests in flight end, and after a moment ends them.
func stop(ctx context.Context, server *http.Server) error {
	ctx, cancel := context.WithTimeout(ctx, stopTimeout)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return err
}
