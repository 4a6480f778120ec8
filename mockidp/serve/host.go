package serve

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/hold"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Host serves a provider for a command that looks on at what clients do with it
// and has something else to say than serve.
type Host struct{ flags serveFlags }

// Register adds the flags that say what is served and where: those of serve of
// the same names.
func (h *Host) Register(say *catalog.Catalog, cmd *cobra.Command) {
	var all cobra.Command
	h.flags.register(say, all.Flags())
	complete(&all, h.flags.apis)
	for _, name := range []string{
		"config", "realm", "listen", "base-url", "allow-remote", "language", "tls", "tls-ca-file", "tls-client-ca-file",
	} {
		if f := all.Flags().Lookup(name); f != nil {
			cmd.Flags().AddFlag(f)
		}
	}
}

// Hosted is a provider that is served.
type Hosted struct {
	Provider *mockidp.Provider
	Config   mockidp.Config // as it was asked for
	Tape     *tape.Tape
	CA       []byte // the certificate of its CA, as PEM; nil without TLS
	Trust    string // what clients have to know of that CA, in words
	End      func() error

	next *succession
}

// Begin serves until End. In is where --config - reads.
func (h *Host) Begin(ctx context.Context, in io.Reader) (*Hosted, error) {
	return h.flags.host(ctx, in)
}

func (f *serveFlags) host(ctx context.Context, in io.Reader) (*Hosted, error) {
	asked, err := f.load(in)
	if err != nil {
		return nil, err
	}
	ln, base, err := f.open(ctx, asked.host(), asked.others())
	if err != nil {
		return nil, err
	}
	front := newFront(asked.config.BaseURL)
	front.tape = tape.New(tape.Bounds{})
	front.gate = hold.New(hold.Options{Provider: front.provider.Load, Tape: front.tape})
	lines := newServerLog(logText, io.Discard)
	server := startServer(ln, front, f.tls.errorLog(lines))
	server.RegisterOnShutdown(front.end)
	provider, around, err := asked.provider(f, base, ln.Addr(), mockidp.New)
	if err != nil {
		return nil, errors.Join(err, server.stop(ctx))
	}
	front.show(provider, around, asked)
	return &Hosted{
		Provider: provider, Config: asked.config, Tape: front.tape, CA: f.tls.pem, Trust: f.tls.words().Message,
		next: &succession{flags: f, base: base, at: ln.Addr(), front: front, lines: lines, asked: asked},
		End: func() error {
			return errors.Join(server.stop(context.WithoutCancel(ctx)), front.provider.Load().Close())
		},
	}, nil
}
