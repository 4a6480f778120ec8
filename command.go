package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// run is the command without the process around it. It returns the exit status.
func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	if err != nil && !errors.Is(err, errRefused) {
		fmt.Fprintf(errOut, "grantwalk: %s\n", oneLine(err))
	}
	return exitStatus(err)
}

// oneLine keeps joined errors on one line, so that whoever greps for it finds it whole.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "grantwalk",
		Short:         "See how “Log in with …” really works",
		Long:          "Grantwalk steps through OAuth 2.0 and OpenID Connect against an identity\nprovider of its own. Without a command it opens a window.",
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(flagError)
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages ", ".FlagUsagesWrapped 80 "))
	root.CompletionOptions.HiddenDefaultCmd = true
	addWindow(root)
	root.AddCommand(newWalk(), newList(), newServe())
	root.SetHelpCommand(newHelp(root))
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if !c.Runnable() { // completion, which would greet an unknown shell with its help and status 0
			c.Args, c.RunE = noArgs, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
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
				return usageError{err}
			case len(rest) > 0 && cmd == root:
				return noArgs(root, rest)
			case len(rest) > 0:
				return usagef("help explains one command, got %q", strings.Join(args, " "))
			}
			cmd.InitDefaultHelpFlag() // it lists itself only once it is asked for
			return cmd.Help()
		},
	}
}

// noArgs refuses arguments and names what there is instead.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	if len(names) == 0 {
		return usagef("%s takes no argument, got %q", cmd.Name(), args[0])
	}
	return usagef("there is no command %q; the commands are %s", args[0], strings.Join(names, ", "))
}

// flagError says what is wrong with a flag, and what would be right.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
		return usagef("%w; the flags of %s are %s", err, cmd.CommandPath(), strings.Join(names, ", "))
	case errors.As(err, &missing):
		_, usage := pflag.UnquoteUsage(missing.GetFlag())
		return usagef("--%s needs a value: %s", missing.GetFlag().Name, usage)
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "bool":
		return usagef("--%s %q is not known; allowed: true, false", invalid.GetFlag().Name, invalid.GetValue())
	}
	return usageError{err}
}

// oneOf checks a flag against what is allowed.
func oneOf(flag, got string, allowed []string) error {
	if slices.Contains(allowed, got) {
		return nil
	}
	return usagef("--%s %q is not known; allowed: %s", flag, got, strings.Join(allowed, ", "))
}

// given is oneOf for a flag that may be left out.
func given(flag, got string, allowed []string) error {
	if got == "" {
		return nil
	}
	return oneOf(flag, got, allowed)
}
