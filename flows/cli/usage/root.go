package usage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Run is the command without the process around it. It returns the exit status.
func Run(ctx context.Context, root *cobra.Command, args []string, out, errOut io.Writer) int {
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	if err != nil && !errors.Is(err, ErrRefused) {
		fmt.Fprintf(errOut, "grantwalk: %s\n", oneLine(told(err, Say(args))))
	}
	return Status(err)
}

// oneLine keeps joined errors on one line, so that whoever greps for it finds it whole.
func oneLine(text string) string { return strings.ReplaceAll(text, "\n", "; ") }

// Root is the command that the others hang on. It speaks the language of the catalog.
func Root(say *catalog.Catalog, version string, commands ...*cobra.Command) *cobra.Command {
	root := &cobra.Command{
		Use:           "grantwalk",
		Short:         say.Text("cli.root.short"),
		Long:          say.Text("cli.root.long"),
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(commands...)
	root.AddCommand(newVersion(say, version))
	root.SetHelpCommand(newHelp(say, root))
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if !c.Runnable() { // completion, which would greet an unknown shell with its help and status 0
			c.Short = say.Text("cli.root.completion")
			c.Args, c.RunE = NoArgs, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
	speakHelp(say, root)
	return root
}

func newVersion(say *catalog.Catalog, version string) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: say.Text("cli.of-version.short"),
		Args:  NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "grantwalk %s, %s, %s/%s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

func newHelp(say *catalog.Catalog, root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: say.Text("cli.of-help.short"),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, c := range root.Commands() {
				if c.IsAvailableCommand() {
					names = append(names, c.Name()+"\t"+c.Short)
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			switch {
			case err != nil:
				return Mistakef("%w", err)
			case len(rest) > 0 && cmd == root:
				return NoArgs(root, rest)
			case len(rest) > 0:
				return Slip("cli.slip.explains", "words", Quote(strings.Join(args, " ")))
			}
			return cmd.Help()
		},
	}
}
