package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// List is the command that lists the flows, and speaks the language of the catalog.
func List(say *catalog.Catalog) *cobra.Command {
	var language, format string
	cmd := &cobra.Command{
		Use:   "list",
		Short: say.Text("cli.list.short"),
		Args:  usage.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := usage.OneOf("format", format, listFormats()); err != nil {
				return err
			}
			words, err := loadWords(language)
			if err != nil {
				return err
			}
			if format == "json" {
				return listJSON(cmd.OutOrStdout(), words)
			}
			return list(cmd.OutOrStdout(), words)
		},
	}
	usage.LanguageFlag(say, cmd.Flags(), &language)
	cmd.Flags().StringVar(&format, "format", "text", say.Text("cli.list.format"))
	usage.Completes(cmd, "format", listFormats)
	usage.Completes(cmd, "language", usage.Languages)
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

func listFormats() []string { return []string{"text", "json"} }

// listed is a flow as list --format json tells of it.
type listed struct {
	ID       string              `json:"id"`
	Short    []string            `json:"short_names,omitempty"`
	Title    string              `json:"title"`
	Status   flows.Status        `json:"status"`
	Specs    []string            `json:"specifications"`
	Mistakes []string            `json:"mistakes"`
	Switches map[string][]string `json:"switches"` // the first value is the one that holds where nobody chooses
	Requests []string            `json:"requests"` // what --set can change
	Steps    []string            `json:"steps"`
	Person   bool                `json:"person"`   // a person takes part
	Password bool                `json:"password"` // and types a password
	Consent  bool                `json:"consent"`  // and is asked for consent
}

// listJSON writes the flows and what can be chosen in each, for programs.
func listJSON(out io.Writer, words *tutorials.Library) error {
	all := []listed{}
	for _, f := range flows.All() {
		offers := f.Offers()
		one := listed{
			ID: f.ID, Short: shortNames(f.ID), Title: tutorials.Narrator{Words: words, Flow: f.ID}.About().Title, Status: f.Status,
			Specs: namesOf(f.Specs, trace.Spec.String), Mistakes: Mistakes(f), Switches: map[string][]string{}, Requests: requestSteps(f),
			Steps: Steps(f), Person: offers.Person, Password: offers.SignIn, Consent: offers.Consent,
		}
		for _, s := range f.Switches {
			one.Switches[s.ID] = s.Values
		}
		all = append(all, one)
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	if err := enc.Encode(all); err != nil {
		return fmt.Errorf("list the flows: %w", err)
	}
	return nil
}
