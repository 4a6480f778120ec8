package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows"
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
				var specs []string
				for _, s := range f.Specs {
					specs = append(specs, s.String())
				}
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", f.ID, f.Title, f.Status, strings.Join(specs, ", "))
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
	var ids []string
	for _, f := range flows.All() {
		ids = append(ids, f.ID)
	}
	return flows.Flow{}, usagef("there is no flow %q; the flows are %s", id, strings.Join(ids, ", "))
}
