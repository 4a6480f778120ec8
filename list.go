package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func newList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the flows",
		Args:  noArgs,
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

// flowOf finds a flow by its id, or says which there are.
func flowOf(id string) (flows.Flow, error) {
	if f, ok := flows.Find(id); ok {
		return f, nil
	}
	return flows.Flow{}, usagef("there is no flow %q; the flows are %s", id, strings.Join(flowIDs(), ", "))
}
