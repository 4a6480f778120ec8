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
	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
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
	health      bool   // only ask a server with the same flags whether it is well
	explain     bool   // say in the log why a login fails
	control     string // where deliberate trouble can be asked for; empty: nowhere
	api         string // one of APIs.Ways; empty: only the provider answers
	tls         tlsFlags
	version     string
	apis        APIs
}

const serveExamples = `  grantwalk serve
  grantwalk serve --print-config > idp.toml
  grantwalk serve --config idp.toml --access-log json
  grantwalk serve --realm shop --realm bank`

// Name is what the command is called.
const Name = "serve"

// Command is serve. It speaks the language of the catalog, and says at its start
// which version of the program it is.
func Command(say *catalog.Catalog, version string, apis APIs) *cobra.Command {
	f := serveFlags{version: version, apis: apis}
	cmd := &cobra.Command{
		Use:   Name,
		Short: say.Text("serving.help.short"),
		Long: strings.Join([]string{
			say.Text("serving.help.what"), say.Text("serving.help.config"), say.Text("serving.help.environment"),
		}, "\n\n"),
		Example: serveExamples,
		Args:    f.spaced,
		PreRunE: func(cmd *cobra.Command, _ []string) error { return usage.FromEnvironment(cmd, os.Environ()) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop) // a second signal ends at once
			for _, err := range []error{usage.OneOf("access-log", f.accessLog, logFormats()), usage.Given("api", f.api, apis.Ways)} {
				if err != nil {
					return err
				}
			}
			if f.health {
				return f.askHealth(ctx, cmd.OutOrStdout())
			}
			return f.serve(ctx, cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	f.register(say, cmd.Flags())
	complete(cmd, apis)
	return cmd
}

// Build is [Command] for whoever has no words yet.
func Build(version string, apis APIs) func(say *catalog.Catalog) *cobra.Command {
	return func(say *catalog.Catalog) *cobra.Command { return Command(say, version, apis) }
}

// register adds the flags.
func (f *serveFlags) register(say *catalog.Catalog, flags *pflag.FlagSet) {
	is := func(flag string) string { return say.Text("serving.flag." + flag) }
	flags.StringVar(&f.config, "config", "", is("config"))
	flags.StringArrayVar(&f.realms, "realm", nil, is("realm"))
	flags.BoolVar(&f.printConfig, "print-config", false, is("print-config"))
	flags.StringVar(&f.listen, "listen", "127.0.0.1:8180", is("listen"))
	flags.StringVar(&f.baseURL, "base-url", "", is("base-url"))
	flags.BoolVar(&f.allowRemote, "allow-remote", false, is("allow-remote"))
	usage.LanguageFlag(say, flags, &f.language)
	flags.StringVar(&f.accessLog, "access-log", logText, is("access-log"))
	flags.BoolVar(&f.health, "health", false, is("health"))
	flags.BoolVar(&f.explain, "explain", false, is("explain"))
	flags.StringVar(&f.control, "control", "", is("control"))
	flags.Lookup("control").NoOptDefVal = anyPort
	f.apiFlag(say, flags)
	f.tls.register(say, flags)
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
