// Package usage is how every command of the program behaves at its edge: what
// it says of a slip on the command line, in one line that names what is
// allowed, and with which status it ends. It knows no flow, no provider and no
// window; the commands bring their own flags.
package usage

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// mistake is a slip on the command line; its text says what is allowed.
type mistake struct{ error }

// Mistakef makes the command end with StatusUsage.
func Mistakef(format string, args ...any) error { return mistake{fmt.Errorf(format, args...)} }

// Unwrap lets the cause be found.
func (e mistake) Unwrap() error { return e.error }

// NoArgs refuses arguments and names what there is instead.
func NoArgs(cmd *cobra.Command, args []string) error {
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
		return Mistakef("%s takes no argument, got %q", cmd.Name(), args[0])
	}
	return Mistakef("there is no command %q; the commands are %s", args[0], strings.Join(names, ", "))
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
		return Mistakef("%w; the flags of %s are %s", err, cmd.CommandPath(), strings.Join(names, ", "))
	case errors.As(err, &missing):
		_, usage := pflag.UnquoteUsage(missing.GetFlag())
		return Mistakef("--%s needs a value: %s", missing.GetFlag().Name, usage)
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "bool":
		return Mistakef("--%s %q is not known; allowed: true, false", invalid.GetFlag().Name, invalid.GetValue())
	}
	return Mistakef("%w", err)
}

// OneOf checks a flag against what is allowed.
func OneOf(flag, got string, allowed []string) error {
	if slices.Contains(allowed, got) {
		return nil
	}
	return Mistakef("--%s %q is not known; allowed: %s", flag, got, strings.Join(allowed, ", "))
}

// Given is OneOf for a flag that may be left out.
func Given(flag, got string, allowed []string) error {
	if got == "" {
		return nil
	}
	return OneOf(flag, got, allowed)
}

// Cause takes the name of the file out of an error, for who said it already.
func Cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
