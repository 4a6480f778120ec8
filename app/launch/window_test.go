//go:build !headless

package launch

import (
	"flag"
	"testing"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli/script"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
)

var update = flag.Bool("update", false, "accept what the command says now")

func newCommand() *cobra.Command {
	root := usage.Root(usage.Say(nil), "0.1.0")
	Window(root, "0.1.0", onstage.Providers)
	return root
}

func TestMain(m *testing.M) { script.Main(m, newCommand) }

func TestTheCommand(t *testing.T) { script.Run(t, *update) }
