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
	"strings"
	"sync"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/mockidp"
)

// serveFlags are what the command line of serve says.
type serveFlags struct {
	listen      string
	allowRemote bool
}

func newServe() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the identity provider to other programs on this machine",
		Long:  "Serve the identity provider of the lessons, so that a browser or your own client can log in through it.\nEach request is one line, with the rule that it broke. Stop with Ctrl-C.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return f.serve(ctx, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&f.listen, "listen", "127.0.0.1:8180", "address and port")
	cmd.Flags().BoolVar(&f.allowRemote, "allow-remote", false, "let other machines in: the people and passwords of this provider are known to everybody")
	return cmd
}

// Limits for clients that are slow or send too much.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 64 << 10
	stopTimeout   = 5 * time.Second
)

func (f *serveFlags) serve(ctx context.Context, out io.Writer) error {
	if err := f.check(); err != nil {
		return err
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", f.listen)
	if err != nil {
		return usagef("--listen %s: %w", f.listen, listenError(err))
	}
	base := "http://" + baseHost(f.listen, ln.Addr())
	log := &accessLog{out: out}
	realm := mockidp.StoryRealm()
	provider, err := mockidp.New(mockidp.Config{
		BaseURL: base, Realms: []mockidp.Realm{realm}, Hosts: f.hosts(ln.Addr()), OnExchange: log.write,
		Relaxed: mockidp.Relaxed{PlainHTTP: f.allowRemote},
	})
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	log.welcome(provider.Issuer(realm.Name), realm)
	server := &http.Server{
		Handler: provider, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(ln) }()
	select {
	case err := <-failed:
		return errors.Join(fmt.Errorf("serve: %w", err), provider.Close())
	case <-ctx.Done():
	}
	log.line("stopping")
	stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	err = server.Shutdown(stopCtx)
	<-failed
	return errors.Join(err, provider.Close())
}

// check refuses an address that other machines can reach, unless that was asked for.
func (f *serveFlags) check() error {
	host, _, err := net.SplitHostPort(f.listen)
	if err != nil {
		return usagef("--listen %q is not ADDRESS:PORT, e.g. 127.0.0.1:8180", f.listen)
	}
	ip := net.ParseIP(host)
	loopback := host == "localhost" || (ip != nil && ip.IsLoopback())
	if !loopback && !f.allowRemote {
		return usagef("--listen %s lets other machines in, and everybody knows the passwords; use 127.0.0.1, or add --allow-remote if you mean it", f.listen)
	}
	return nil
}

// listenError says it in one line.
func listenError(err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return errors.New("another program uses this port; choose another one with --listen 127.0.0.1:PORT, or PORT 0 for any")
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// baseHost is the host and port by which clients reach the provider.
func baseHost(listen string, at net.Addr) string {
	host, _, _ := net.SplitHostPort(listen)
	_, port, _ := net.SplitHostPort(at.String())
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
		if name, err := os.Hostname(); err == nil {
			host = name
		}
	}
	return net.JoinHostPort(host, port)
}

// hosts are the Host headers that are answered, against DNS rebinding. With
// --allow-remote any name is: this machine may have many.
func (f *serveFlags) hosts(at net.Addr) []string {
	if f.allowRemote {
		return nil
	}
	_, port, _ := net.SplitHostPort(at.String())
	var hosts []string
	for _, h := range []string{"127.0.0.1", "localhost", "::1"} {
		hosts = append(hosts, net.JoinHostPort(h, port))
	}
	return hosts
}

// accessLog writes a line for each request.
type accessLog struct {
	mu  sync.Mutex
	out io.Writer
}

func (l *accessLog) line(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintf(l.out, format+"\n", args...)
}

// write logs an exchange; the provider made its values fit for a line.
func (l *accessLog) write(e mockidp.Exchange) {
	parts := []string{time.Now().Format("15:04:05"), fmt.Sprint(e.Status), e.Method, e.Path}
	if e.Client != "" {
		parts = append(parts, "client="+e.Client)
	}
	parts = append(parts, e.Took.Round(100*time.Microsecond).String())
	if e.Check != nil {
		parts = append(parts, fmt.Sprintf("refused: %s (%s, %s)", e.Check.Rule, e.Check.Spec, e.Check.ID))
	}
	l.line("%s", strings.Join(parts, "  "))
}

// welcome says everything that a client needs.
func (l *accessLog) welcome(issuer string, realm mockidp.Realm) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintf(l.out, "Grantwalk identity provider %s\n\nissuer     %s\ndiscovery  %s/.well-known/openid-configuration\n\n", version(), issuer, issuer)
	w := tabwriter.NewWriter(l.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CLIENT\tSECRET\tREDIRECT URIS")
	for _, c := range realm.Clients {
		secret := c.ClientSecret
		if c.Public() {
			secret = "none (public)"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", c.ClientID, secret, strings.Join(c.RedirectURIs, "  "))
	}
	fmt.Fprintln(w, "\nPERSON\tPASSWORD\tABOUT")
	for _, p := range realm.People {
		fmt.Fprintf(w, "%s\t%s\t%s\n", p.Username, p.Password, p.About)
	}
	_ = w.Flush() // a log that cannot be written can't say so either
	fmt.Fprintln(l.out, "\nLog in from your own client, or stop with Ctrl-C. One line a request follows.")
}
