package usage

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/flows/spelling"
)

// Variable is the environment variable that says the same as a flag.
func Variable(flag string) string {
	return "GRANTWALK_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// FromEnvironment takes each flag that was not given from its variable, for
// containers and services. A flag that may be repeated takes several values
// with commas between them; an empty variable says nothing. A variable that is
// nearly one of a flag is refused, because it would change nothing without a word.
func FromEnvironment(cmd *cobra.Command, environ []string) error {
	set, variables := map[string]string{}, []string{}
	for _, one := range environ {
		name, value, _ := strings.Cut(one, "=")
		set[name] = value
	}
	var first error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		variables = append(variables, Variable(f.Name))
		value := set[Variable(f.Name)]
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
	if first != nil {
		return first
	}
	return misspelt(set, variables)
}

// misspelt refuses a variable that is a letter or two away from one that there is.
func misspelt(set map[string]string, variables []string) error {
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if !strings.HasPrefix(name, Variable("")) || set[name] == "" || slices.Contains(variables, name) {
			continue
		}
		if near := Nearest(name, variables); near != "" && spelling.Slips(name, near) <= 2 {
			return Slip("cli.slip.variable", "variable", name, "near", near)
		}
	}
	return nil
}
