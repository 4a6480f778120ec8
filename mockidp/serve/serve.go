// Package serve is the command that serves the provider to other programs: the
// port, TLS, the config file, the log, and the port at which trouble is asked
// for. It decides nothing of the protocol, and knows neither flow nor stage.
package serve

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"runtime"
	"sync"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/mockidp"
)

// serve runs until ctx ends, or prints the config. in is where --config - reads.
func (f *serveFlags) serve(ctx context.Context, in io.Reader, out io.Writer) error {
	asked, err := f.load(in)
	if err != nil {
		return err
	}
	if f.printConfig {
		return asked.print(f, out)
	}
	ln, base, err := f.open(ctx, asked.host(), asked.others())
	if err != nil {
		return err
	}
	control, err := startControl(ctx, f.control)
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	lines := newServerLog(f.accessLog, out)
	front := newFront(asked.config.BaseURL)
	front.tape, front.gate = f.tape(control), control.gateOf(front)
	asked.config.OnLogoutCall = front.logoutCall(lines)
	front.root = f.rootPage(front, control, base)
	server := startServer(ln, front, f.tls.errorLog(lines))
	server.RegisterOnShutdown(front.end)
	provider, around, err := asked.provider(f, base, ln.Addr(), mockidp.New)
	if err != nil {
		return errors.Join(err, server.stop(ctx), control.stop(ctx))
	}
	watch := provider.Watch(maxWaiting)
	if f.accessLog == logJSON { // whose lines are joined into logins
		watch.WithTrails()
	}
	front.show(provider, around, asked)
	next := &succession{flags: f, base: base, at: ln.Addr(), front: front, lines: lines, asked: asked}
	again := (&reloader{succession: next}).begin()
	control.serve(front, f.language, next.desk())
	explained, err := f.explainer(front, lines)
	if err != nil {
		return errors.Join(err, server.stop(ctx), control.stop(ctx), provider.Close())
	}
	words := asked.welcome(provider, ln.Addr(), f.version,
		asked.manyWords(f), f.tls.words(), f.apiWords(asked.base(f, base)), control.words())
	words.page = asked.rootAddress(f, base, ln.Addr())
	lines.welcome(words)
	var background sync.WaitGroup
	background.Go(func() { lines.follow(watch, front.root.Add) })
	reading, stopReading := context.WithCancel(ctx)
	background.Go(func() { again(reading) })
	if explained != nil {
		background.Go(func() { explained.follow(reading) })
	}
	err = server.until(ctx)
	stopReading()
	err = errors.Join(err, control.stop(context.WithoutCancel(ctx)), front.provider.Load().Close())
	background.Wait() // closing the provider ended the watch
	lines.line(logged{Event: "stopped", Message: "stopped"})
	return err
}

// open listens, and returns the host and port by which clients get there, unless
// they know it by that name of the config; some may come by others.
func (f *serveFlags) open(ctx context.Context, name string, others []string) (ln net.Listener, base string, err error) {
	if runtime.GOOS == "js" { // where Go only pretends to listen
		return nil, "", usage.Slip("serving.slip.unreachable")
	}
	host, port, err := f.listenAddress()
	if err != nil {
		return nil, "", err
	}
	ln, err = (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, "", listenSlip("--listen ", f.listen, err)
	}
	// A machine can call anything localhost; what counts is where we ended up.
	if at, ok := ln.Addr().(*net.TCPAddr); ok && !at.IP.IsLoopback() && !f.allowRemote {
		return nil, "", errors.Join(f.remoteError(), ln.Close())
	}
	base = baseHost(host, ln.Addr(), f.tls.usualPort())
	ln, err = f.secure(ln, cmp.Or(name, base), others)
	return ln, base, err
}
