package usage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// Run is the command without the process around it. It returns the exit status.
func Run(ctx context.Context, root *cobra.Command, args []string, out, errOut io.Writer) int {
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	if err != nil && !errors.Is(err, ErrRefused) {
		fmt.Fprintf(errOut, "grantwalk: %s\n", oneLine(err))
	}
	return Status(err)
}

// oneLine keeps joined errors on one line, so that whoever greps for it finds it whole.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }

// Root is the command that the others hang on.
func Root(version string, commands ...*cobra.Command) *cobra.Command {
	root := &cobra.Command{
		Use:   "grantwalk",
		Short: "See how “Log in with …” really works",
		Long: "Grantwalk steps through OAuth 2.0 and OpenID Connect against an identity\nprovider of its own. Without a command it " +
			"opens a window.",
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(flagError)
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages ", ".FlagUsagesWrapped 80 "))
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(commands...)
	root.SetHelpCommand(newHelp(root))
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if !c.Runnable() { // completion, which would greet an unknown shell with its help and status 0
			c.Args, c.RunE = NoArgs, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
	return root
}

func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Explain a command",
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			switch {
			case err != nil:
				return Mistakef("%w", err)
			case len(rest) > 0 && cmd == root:
				return NoArgs(root, rest)
			case len(rest) > 0:
				return Mistakef("help explains one command, got %q", strings.Join(args, " "))
			}
			cmd.InitDefaultHelpFlag() // it lists itself only once it is asked for
			return cmd.Help()
		},
	}
}
