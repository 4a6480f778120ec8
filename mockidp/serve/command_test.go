package serve

import (
	"context"
	"flag"
	"io"
	"testing"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli/script"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

var update = flag.Bool("update", false, "accept what the command says now")

func newCommand() *cobra.Command { return commandIn(usage.Say(nil)) }

func commandIn(say *catalog.Catalog) *cobra.Command {
	return usage.Root(say, "0.1.0", Command(say, "0.1.0", apis()))
}

// apis are those that main hands over.
func apis() APIs { return APIs{Ways: onstage.Ways(), Paths: onstage.Paths(), Ready: onstage.APIs} }

func TestMain(m *testing.M) { script.Main(m, newCommand) }

func TestTheCommand(t *testing.T) { script.Run(t, *update) }

// run is the command inside the test.
func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	return usage.Run(ctx, newCommand(), args, out, errOut)
}
