package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// List is the command that lists the flows, and speaks the language of the catalog.
func List(say *catalog.Catalog) *cobra.Command {
	var from wordsFlags
	var format string
	cmd := &cobra.Command{
		Use:   "list",
		Short: say.Text("cli.list.short"),
		Args:  usage.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := usage.OneOf("format", format, listFormats()); err != nil {
				return err
			}
			words, err := from.load()
			if err != nil {
				return err
			}
			if format == "json" {
				return listJSON(cmd.OutOrStdout(), words)
			}
			return list(cmd.OutOrStdout(), words, terminalWidth(cmd.OutOrStdout()))
		},
	}
	from.register(say, cmd.Flags())
	cmd.Flags().StringVar(&format, "format", "text", say.Text("cli.list.format"))
	usage.Completes(cmd, "format", listFormats)
	usage.Completes(cmd, "language", usage.Languages)
	return cmd
}

// terminalWidth is how many columns a list may have; 0 is no limit.
func terminalWidth(out io.Writer) int {
	if !isTerminal(out) {
		return 0
	}
	return usage.Width(out, math.MaxInt)
}

// list writes a table of the flows.
func list(out io.Writer, words *tutorials.Library, width int) error {
	say := words.Catalog()
	rows := [][]string{{
		say.Text("terminal.list.id"), say.Text("terminal.list.title"), say.Text("terminal.list.status"), say.Text("terminal.list.specifications"),
	}}
	for _, f := range flows.All() {
		title := tutorials.Narrator{Words: words, Flow: f.ID}.About().Title
		rows = append(rows, []string{
			f.ID, title, say.Text("status." + string(f.Status)), strings.Join(namesOf(f.Specs, trace.Spec.String), ", "),
		})
	}
	return table(out, rows[:1], rows[1:], width)
}

// table writes rows below a head in columns, or where a terminal is too narrow
// for that a few lines for each row.
func table(out io.Writer, head, rows [][]string, width int) error {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, row := range slices.Concat(head, rows) {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	text := b.String()
	if width > 0 && slices.ContainsFunc(strings.Split(text, "\n"), func(line string) bool { return utf8.RuneCountInString(line) > width }) {
		text = narrow(rows, width)
	}
	_, err := io.WriteString(out, text)
	return err
}

// narrow writes what a table has in a row in lines.
func narrow(rows [][]string, width int) string {
	var b strings.Builder
	for _, row := range rows {
		said := slices.DeleteFunc(slices.Clone(row[1:]), func(cell string) bool { return cell == "" })
		b.WriteString(row[0] + "\n" + usage.Wrap(strings.Join(said, " · "), width, "  ") + "\n")
	}
	return b.String()
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
