//go:build headless

package launch

import (
	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Window says that this build has none.
func Window(say *catalog.Catalog, root *cobra.Command, _ string, _ cli.Providers, _ tape.Serve) {
	root.Long = say.Text("cli.root.without-window")
	root.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 && cli.IsWalk(args[0]) {
			return nil
		}
		return usage.NoArgs(cmd, args)
	}
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 { // what lessons say that one can see
			return cli.WalkTo(cmd.Context(), root, args[0])
		}
		return usage.Slip("cli.slip.no-window")
	}
}

// Talk says that nobody can give one here.
func Talk(string, cli.Providers) func(cli.Given) error { return nil }
