package serve

import (
	"context"
	"net"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/mockidp"
)

// serveFlags are what the command line of serve says.
type serveFlags struct {
	config      string // a file, "-" for standard input, or empty
	realms      []string
	printConfig bool
	listen      string
	baseURL     string // instead of the file's; empty leaves it
	allowRemote bool
	accessLog   string // one of logFormats
	language    string
	explain     bool   // say in the log why a login fails
	control     string // where deliberate trouble can be asked for; empty: nowhere
	api         string // one of APIs.Ways; empty: only the provider answers
	tls         tlsFlags
	version     string
	apis        APIs
}

const serveWords = `Serve the identity provider, so that a browser or your own client can log in
through it: the clients and people of the lessons, or those of a config file.
Each request is one line, with the rule that it broke. Stop with Ctrl-C.

The config file is TOML; --print-config prints one that says what is served
without a file, with comments. Put your clients and people there. The file is
read again when it changes, and at SIGHUP; sessions, codes and tokens go on.

Each flag can also stand in the environment: GRANTWALK_LISTEN for --listen,
GRANTWALK_BASE_URL for --base-url, and so on; a flag is the stronger.`

const serveExamples = `  grantwalk serve
  grantwalk serve --print-config > idp.toml
  grantwalk serve --config idp.toml --access-log json
  grantwalk serve --realm shop --realm bank`

// Name is what the command is called.
const Name = "serve"

// Command is serve. It says at its start which version of the program it is.
func Command(version string, apis APIs) *cobra.Command {
	f := serveFlags{version: version, apis: apis}
	cmd := &cobra.Command{
		Use:     Name,
		Short:   "Serve the identity provider to other programs on this machine",
		Long:    serveWords,
		Example: serveExamples,
		Args:    f.spaced,
		PreRunE: func(cmd *cobra.Command, _ []string) error { return usage.FromEnvironment(cmd, os.Getenv) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop) // a second signal ends at once
			for _, err := range []error{usage.OneOf("access-log", f.accessLog, logFormats()), usage.Given("api", f.api, apis.Ways)} {
				if err != nil {
					return err
				}
			}
			return f.serve(ctx, cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.config, "config", "", "`FILE` that says what is served; - is standard input")
	flags.StringArrayVar(&f.realms, "realm", nil,
		"`NAME` of a realm; without a file, one with the clients and people of the lessons, otherwise one of the file, to serve only that; may "+
			"be repeated")
	flags.BoolVar(&f.printConfig, "print-config", false, "print what would be served as a config file, and end")
	flags.StringVar(&f.listen, "listen", "127.0.0.1:8180", "`ADDRESS:PORT` to serve at; port 0 is any that is free")
	flags.StringVar(&f.baseURL, "base-url", "",
		"`URL` by which browsers and clients reach the provider, where that is not the address it listens at; it stands in every issuer")
	flags.BoolVar(&f.allowRemote, "allow-remote", false,
		"let other machines in: the people and passwords of this provider are known to everybody")
	usage.LanguageFlag(usage.Say(os.Args[1:]), flags, &f.language)
	flags.StringVar(&f.accessLog, "access-log", logText, "`FORMAT` of the lines: text, or json for one object each")
	flags.BoolVar(&f.explain, "explain", false, "say below the line of a request that was refused why that login fails, and what to change")
	flags.StringVar(&f.control, "control", "",
		"let programs on this machine ask for deliberate trouble, at `ADDRESS:PORT`; the address and a key are printed")
	flags.Lookup("control").NoOptDefVal = anyPort
	f.apiFlag(flags)
	f.tls.register(flags)
	complete(cmd, apis)
	return cmd
}

// spaced takes what stands behind --control or --api with a space between as
// their value: a flag that can stand alone takes its value with = only.
func (f *serveFlags) spaced(cmd *cobra.Command, args []string) error {
	if len(args) == 1 && len(f.apis.Ways) > 0 && f.api == f.apis.Ways[0] && slices.Contains(f.apis.Ways, args[0]) {
		f.api = args[0]
		return nil
	}
	if _, _, err := net.SplitHostPort(strings.Join(args, " ")); err == nil && len(args) == 1 && f.control == anyPort {
		f.control = args[0]
		return nil
	}
	return usage.NoArgs(cmd, args)
}

// complete lets a shell complete the values of the flags.
func complete(cmd *cobra.Command, apis APIs) {
	if len(apis.Ways) > 0 {
		usage.Completes(cmd, "api", func() []string { return apis.Ways })
	}
	usage.Completes(cmd, "access-log", logFormats)
	usage.Completes(cmd, "language", usage.Languages)
	usage.Completes(cmd, "listen", func() []string { return []string{"127.0.0.1:8180", "127.0.0.1:0"} })
	usage.Completes(cmd, "control", func() []string { return []string{"127.0.0.1:8181", anyPort} })
	usage.Completes(cmd, "realm", func() []string {
		var names []string
		for _, realm := range mockidp.StoryRealms() {
			names = append(names, realm.Name)
		}
		return names
	})
	usage.Completes(cmd, "base-url", nil)
}
