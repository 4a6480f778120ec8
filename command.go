package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// run is the command without the process around it. It returns the exit status.
func run(args []string, in io.Reader, out, errOut io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.Execute()
	if err != nil && !errors.Is(err, errRefused) {
		fmt.Fprintf(errOut, "grantwalk: %v\n", err)
	}
	return exitStatus(err)
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "grantwalk",
		Short:         "See how “Log in with …” really works",
		Long:          "Grantwalk steps through OAuth 2.0 and OpenID Connect against an identity provider of its own.\nWithout a command it opens a window.",
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.CompletionOptions.HiddenDefaultCmd = true
	addWindow(root)
	root.AddCommand(newWalk(), newList(), newServe())
	return root
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

// oneOf checks a flag against what is allowed.
func oneOf(flag, got string, allowed []string) error {
	for _, a := range allowed {
		if got == a {
			return nil
		}
	}
	return usagef("--%s %q is not known; allowed: %s", flag, got, strings.Join(allowed, ", "))
}
