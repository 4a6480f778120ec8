package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/tutorials"
)

// complete lets a shell complete what is typed: the flow, and the values of
// each flag as that flow has them.
func (f *walkFlags) complete(cmd *cobra.Command) {
	cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return slices.Concat(namesOf(flows.All(), func(f flows.Flow) string { return f.ID + "\t" + f.Title })), cobra.ShellCompDirectiveNoFileComp
	}
	usage.Completes(cmd, "voice", Voices)
	usage.Completes(cmd, "format", formats)
	usage.Completes(cmd, "person", people)
	usage.Completes(cmd, "network", Networks)
	usage.Completes(cmd, "language", usage.Languages)
	usage.Completes(cmd, "lens", func() []string {
		words, err := tutorials.Load(tutorials.DefaultLanguage)
		if err != nil {
			return nil
		}
		return Lenses(words)
	})
	usage.Completes(cmd, "password", nil)
	for flag, values := range map[string]func(flows.Flow) []string{
		"mistake": Mistakes, "switch": switchValues, "jump": followed(Steps, "="), "set": followed(requestSteps, "."), "withhold": f.scopes,
	} {
		usage.CompletesBy(cmd, flag, func(args []string) []string {
			if len(args) == 0 {
				return nil
			}
			flow, err := FlowOf(args[0])
			if err != nil {
				return nil
			}
			return values(flow)
		})
	}
}

// completesName lets a shell complete the one name that a command takes.
func completesName(cmd *cobra.Command, names func(*tutorials.Library) []string) {
	cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		words, err := tutorials.Load(tutorials.DefaultLanguage)
		if err != nil || len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return names(words), cobra.ShellCompDirectiveNoFileComp
	}
}

// followed are names with what has to come after them.
func followed(names func(flows.Flow) []string, by string) func(flows.Flow) []string {
	return func(f flows.Flow) []string { return namesOf(names(f), func(name string) string { return name + by }) }
}

// switchValues are the alternatives of a flow as they are typed.
func switchValues(f flows.Flow) []string {
	var all []string
	for _, s := range f.Switches {
		for _, value := range s.Values {
			all = append(all, s.ID+"="+value)
		}
	}
	return all
}

// scopes are what a person can keep back in a flow: those that its apps ask
// for. The flow says that only when it is played.
func (f *walkFlags) scopes(flow flows.Flow) []string {
	provider, err := f.providers(true)
	if err != nil {
		return nil
	}
	w, err := flows.Start(context.Background(), flow, flows.Options{Provider: provider, Classroom: true})
	if err != nil {
		return nil
	}
	defer func() { _ = w.Close() }() // a run that is only looked at
	return slices.DeleteFunc(flows.Permissions(w.Plan()), func(p string) bool { return strings.TrimSpace(p) == "" })
}
