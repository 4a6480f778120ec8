package usage

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Variable is the environment variable that says the same as a flag.
func Variable(flag string) string {
	return "GRANTWALK_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// FromEnvironment takes each flag that was not given from its variable, for
// containers and services. A flag that may be repeated takes several values
// with commas between them; an empty variable says nothing.
func FromEnvironment(cmd *cobra.Command, getenv func(string) string) error {
	var first error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		value := getenv(Variable(f.Name))
		if f.Changed || value == "" || f.Name == "help" || first != nil {
			return
		}
		values := []string{value}
		if f.Value.Type() == "stringArray" {
			values = strings.Split(value, ",")
		}
		for _, one := range values {
			if err := cmd.Flags().Set(f.Name, one); err != nil {
				first = Slip("cli.slip.environment", "variable", Variable(f.Name), "value", Quote(value), "flag", f.Name)
			}
		}
	})
	return first
}
