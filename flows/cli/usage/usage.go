// Package usage is how every command of the program behaves at its edge: what
// it says of itself and of a slip on the command line, in one line that names
// what is allowed, in which language, and with which status it ends. It knows
// no flow, no provider and no window; the commands bring their own flags.
package usage

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// AtMostOne refuses more than one argument, in the words of what the one is.
func AtMostOne(cmd *cobra.Command, args []string) error {
	if len(args) < 2 {
		return nil
	}
	what := strings.Trim(strings.TrimPrefix(cmd.Use, cmd.Name()), " []")
	return Slip("cli.slip.arguments", "command", cmd.Name(), "what", what, "names", Quote(strings.Join(args, " ")))
}

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
		return Slip("cli.slip.argument", "command", cmd.Name(), "name", Quote(args[0]))
	}
	return NearSlip("command", args[0], names, "name", Quote(args[0]), "commands", strings.Join(names, ", "))
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
		return NearSlip("flag", "--"+unknown.GetSpecifiedName(), names,
			"problem", err.Error(), "command", cmd.CommandPath(), "flags", strings.Join(names, ", "))
	case errors.As(err, &missing):
		_, usage := pflag.UnquoteUsage(missing.GetFlag())
		return Slip("cli.slip.value", "flag", missing.GetFlag().Name, "is", usage)
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "bool":
		return Slip("cli.slip.one-of", "flag", invalid.GetFlag().Name, "value", Quote(invalid.GetValue()), "allowed", "true, false")
	}
	return Mistakef("%w", err)
}

// Cause takes the name of the file out of an error, for who said it already.
func Cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
