package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/mockidp"
)

// serveFlags are what the command line of serve says.
type serveFlags struct {
	listen      string
	allowRemote bool
	control     string // where deliberate trouble can be asked for; empty: nowhere
	tls         tlsFlags
}

func newServe() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the identity provider to other programs on this machine",
		Long:  "Serve the identity provider of the lessons, so that a browser or your own client\ncan log in through it. Each request is one line, with the rule that it broke.\nStop with Ctrl-C.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return f.serve(ctx, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&f.listen, "listen", "127.0.0.1:8180", "`ADDRESS:PORT` to serve at; port 0 is any that is free")
	cmd.Flags().BoolVar(&f.allowRemote, "allow-remote", false, "let other machines in: the people and passwords of this provider are known to everybody")
	cmd.Flags().StringVar(&f.control, "control", "", "let programs on this machine ask for deliberate trouble, at `ADDRESS:PORT`; the address and a key are printed")
	cmd.Flags().Lookup("control").NoOptDefVal = anyPort
	f.tls.register(cmd.Flags())
	return cmd
}

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

func (f *serveFlags) serve(ctx context.Context, out io.Writer) error {
	clientCAs, err := f.tls.clientCAs()
	if err != nil {
		return err
	}
	ln, base, err := f.open(ctx)
	if err != nil {
		return err
	}
	control, err := startControl(ctx, f.control)
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	log := &accessLog{out: out}
	realm := mockidp.StoryRealm()
	provider, err := mockidp.New(mockidp.Config{
		BaseURL: f.tls.scheme() + "://" + base, Realms: []mockidp.Realm{realm}, Hosts: f.hosts(base, ln.Addr()),
		Relaxed: mockidp.Relaxed{PlainHTTP: f.allowRemote}, ClientCertificates: f.tls.on, ClientCAs: clientCAs,
	})
	if err != nil {
		return errors.Join(err, ln.Close(), control.stop(ctx))
	}
	control.serve(provider, log)
	for _, notice := range provider.Notices() {
		log.line(notice)
	}
	if words := f.tls.words(); words != "" {
		log.line(words)
	}
	log.welcome(provider.Issuer(realm.Name), realm)
	var logging sync.WaitGroup
	defer logging.Wait() // the provider is closed by then, which ends the watch
	watch := provider.Watch(maxWaiting)
	logging.Go(func() { log.follow(watch) })
	server := &http.Server{
		Handler: provider, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ErrorLog: f.tls.errorLog(log),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(ln) }()
	select {
	case err := <-failed:
		return errors.Join(fmt.Errorf("serve: %w", err), control.stop(context.WithoutCancel(ctx)), provider.Close())
	case <-ctx.Done():
	}
	log.line("stopping")
	err = stop(context.WithoutCancel(ctx), server)
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return errors.Join(err, control.stop(context.WithoutCancel(ctx)), provider.Close())
}

// open listens, and returns the host and port by which clients get there.
func (f *serveFlags) open(ctx context.Context) (ln net.Listener, base string, err error) {
	host, port, err := f.listenAddress()
	if err != nil {
		return nil, "", err
	}
	ln, err = (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, "", usagef("--listen %s: %w", f.listen, listenError(err))
	}
	// A machine can call anything localhost; what counts is where we ended up.
	if at, ok := ln.Addr().(*net.TCPAddr); ok && !at.IP.IsLoopback() && !f.allowRemote {
		return nil, "", errors.Join(f.remoteError(), ln.Close())
	}
	base = baseHost(host, ln.Addr(), f.tls.usualPort())
	ln, err = f.secure(ln, base)
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
