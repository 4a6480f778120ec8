package cli

import (
	"flag"
	"os"
	"testing"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli/script"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
)

var update = flag.Bool("update", false, "accept what the command says now")

func newCommand() *cobra.Command {
	const version = "0.1.0"
	say := usage.Say(os.Args[1:])
	return usage.Root(say, version,
		Walk(say, version, onstage.Providers), List(say), Lesson(say), Quiz(say, onstage.Providers), CheckWords(say),
		Present(say, onstage.Providers, nil))
}

func TestMain(m *testing.M) { script.Main(m, newCommand) }

func TestTheCommand(t *testing.T) { script.Run(t, *update) }
