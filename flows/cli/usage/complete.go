package usage

import (
	"strings"

	"github.com/spf13/cobra"
)

// Completes lets a shell complete the value of a flag; nil completes nothing,
// not even the name of a file.
func Completes(cmd *cobra.Command, flag string, values func() []string) {
	CompletesBy(cmd, flag, func([]string) []string {
		if values == nil {
			return nil
		}
		return values()
	})
}

// CompletesBy is Completes where the values depend on the arguments before. A
// value that ends in a sign waits for more.
func CompletesBy(cmd *cobra.Command, flag string, values func(args []string) []string) {
	complete := func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		found := values(args)
		directive := cobra.ShellCompDirectiveNoFileComp
		if len(found) > 0 && strings.HasSuffix(found[0], ".") || len(found) > 0 && strings.HasSuffix(found[0], "=") {
			directive |= cobra.ShellCompDirectiveNoSpace
		}
		return found, directive
	}
	if err := cmd.RegisterFlagCompletionFunc(flag, complete); err != nil {
		return // there is no such flag, which a test would notice
	}
}
