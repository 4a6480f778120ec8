//go:build headless

package launch

import (
	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// Window says that this build has none.
func Window(root *cobra.Command, _ string, _ cli.Providers) {
	root.Args = usage.NoArgs
	root.RunE = func(*cobra.Command, []string) error {
		return usage.Mistakef("this build has no window; use grantwalk walk, list or serve, or build without -tags headless")
	}
}
