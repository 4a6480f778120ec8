package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// List is the command that lists the flows.
func List() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the flows",
		Args:  usage.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "ID\tTITLE\tSTATUS\tSPECIFICATIONS")
			for _, f := range flows.All() {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", f.ID, f.Title, f.Status, strings.Join(namesOf(f.Specs, trace.Spec.String), ", "))
			}
			return w.Flush()
		},
	}
}

// FlowOf finds a flow by its id, or says which there are.
func FlowOf(id string) (flows.Flow, error) {
	if f, ok := flows.Find(id); ok {
		return f, nil
	}
	return flows.Flow{}, usage.Mistakef("there is no flow %q; the flows are %s", id, strings.Join(FlowIDs(), ", "))
}
