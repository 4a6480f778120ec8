package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// List is the command that lists the flows.
func List() *cobra.Command {
	var language string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the flows",
		Args:  usage.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			words, err := loadWords(language)
			if err != nil {
				return err
			}
			return list(cmd.OutOrStdout(), words)
		},
	}
	usage.LanguageFlag(cmd.Flags(), &language)
	return cmd
}

func list(out io.Writer, words *tutorials.Library) error {
	say := words.Catalog()
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join([]string{
		say.Text("terminal.list.id"), say.Text("terminal.list.title"), say.Text("terminal.list.status"), say.Text("terminal.list.specifications"),
	}, "\t"))
	for _, f := range flows.All() {
		title := tutorials.Narrator{Words: words, Flow: f.ID}.About().Title
		status := say.Text("status." + string(f.Status))
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", f.ID, title, status, strings.Join(namesOf(f.Specs, trace.Spec.String), ", "))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("list the flows: %w", err)
	}
	return nil
}

// FlowOf finds a flow by its id, or says which there are.
func FlowOf(id string) (flows.Flow, error) {
	if f, ok := flows.Find(id); ok {
		return f, nil
	}
	return flows.Flow{}, usage.Mistakef("there is no flow %q; the flows are %s", id, strings.Join(FlowIDs(), ", "))
}
