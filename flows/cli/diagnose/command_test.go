package diagnose_test

import (
	"os"
	"testing"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli/diagnose"
	"github.com/grantwalk/grantwalk/flows/cli/script"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

func TestMain(m *testing.M) {
	script.Main(m, func() *cobra.Command {
		say := usage.Say(os.Args[1:])
		return usage.Root(say, "test", diagnose.Command(say))
	})
}

func TestTheCommand(t *testing.T) { script.Run(t, *update) }
