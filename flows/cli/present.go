package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/deck"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Given is a talk that somebody wants to give.
type Given struct {
	Talk     string
	Minutes  int
	Language string
	Words    fs.FS     // of a folder; nil: those that are built in
	Runs     talk.Runs // that were saved
	Over     func(talk.Rehearsal)
}

// presentFlags are those of present.
type presentFlags struct {
	from      wordsFlags
	minutes   int
	format    string
	out       string
	save      string
	runs      string
	web       string
	rehearse  bool
	providers Providers
	give      func(Given) error
}

// Present is the command that gives a talk, lists the talks, or writes one as a
// file. give opens the window; nil where there is none.
func Present(say *catalog.Catalog, providers Providers, give func(Given) error) *cobra.Command {
	f := presentFlags{providers: providers, give: give}
	cmd := &cobra.Command{
		Use:   "present [TALK]",
		Short: say.Text("cli.present.short"),
		Long:  say.Text("cli.present.long"),
		Example: "  grantwalk present log-in-with --minutes 10\n" +
			"  grantwalk present log-in-with --minutes 10 --rehearse\n" +
			"  grantwalk present log-in-with --format pptx -o talk.pptx\n" +
			"  grantwalk present log-in-with --save runs.json",
		Args: usage.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, strings.Join(args, "")) },
	}
	f.register(say, cmd.Flags())
	usage.Completes(cmd, "format", deck.Formats)
	usage.Completes(cmd, "language", usage.Languages)
	completesName(cmd, func(words *tutorials.Library) []string {
		talks, err := words.Talks().All()
		if err != nil {
			return nil
		}
		return namesOf(talks, func(t tutorials.Talk) string { return t.ID })
	})
	return cmd
}

func (f *presentFlags) register(say *catalog.Catalog, p *pflag.FlagSet) {
	f.from.register(say, p)
	p.IntVar(&f.minutes, "minutes", 0, say.Text("cli.present.minutes"))
	p.StringVar(&f.format, "format", "", say.Text("cli.present.format", "formats", strings.Join(deck.Formats(), ", ")))
	p.StringVarP(&f.out, "output", "o", "", say.Text("cli.present.output"))
	p.StringVar(&f.save, "save", "", say.Text("cli.present.save"))
	p.StringVar(&f.runs, "runs", "", say.Text("cli.present.runs"))
	p.StringVar(&f.web, "web", "", say.Text("cli.present.web"))
	p.BoolVar(&f.rehearse, "rehearse", false, say.Text("cli.present.rehearse"))
}

func (f *presentFlags) run(cmd *cobra.Command, name string) error {
	words, err := f.from.load()
	if err != nil {
		return err
	}
	talks, err := words.Talks().All()
	if err != nil {
		return usage.Mistakef("%w", err)
	}
	if name == "" {
		return listTalks(cmd.OutOrStdout(), words.Catalog(), talks, terminalWidth(cmd.OutOrStdout()))
	}
	t, minutes, err := f.choose(talks, strings.ToLower(name))
	if err != nil {
		return err
	}
	runs, err := f.readRuns()
	if err != nil {
		return err
	}
	if f.format == "" && f.save == "" {
		return f.open(cmd, words, t, minutes, runs)
	}
	return f.write(cmd.Context(), cmd.OutOrStdout(), words, t, minutes, runs)
}

func listTalks(out io.Writer, say *catalog.Catalog, talks []tutorials.Talk, width int) error {
	rows := make([][]string, 0, len(talks))
	for _, t := range talks {
		lengths := make([]string, 0, len(t.Lengths))
		for _, l := range t.Lengths {
			lengths = append(lengths, strconv.Itoa(l))
		}
		rows = append(rows, []string{t.ID, t.Title, t.For, say.Text("cli.present.lengths", "minutes", strings.Join(lengths, ", "))})
	}
	return table(out, nil, rows, width)
}

// choose finds the talk, and the length that was asked for.
func (f *presentFlags) choose(talks []tutorials.Talk, name string) (t tutorials.Talk, minutes int, err error) {
	i := slices.IndexFunc(talks, func(t tutorials.Talk) bool { return t.ID == name })
	if i < 0 {
		ids := namesOf(talks, func(t tutorials.Talk) string { return t.ID })
		return t, 0, usage.NearSlip("talk", name, ids, "name", usage.Quote(name), "talks", strings.Join(ids, ", "))
	}
	t = talks[i]
	if f.minutes != 0 && !slices.Contains(t.Lengths, f.minutes) {
		return t, 0, usage.Slip("cli.slip.talk-minutes", "talk", t.ID, "minutes", strconv.Itoa(f.minutes),
			"lengths", strings.Trim(fmt.Sprint(t.Lengths), "[]"))
	}
	return t, t.Length(f.minutes), nil
}

func (f *presentFlags) readRuns() (talk.Runs, error) {
	if f.runs == "" {
		return nil, nil
	}
	file, err := os.Open(filepath.Clean(f.runs))
	if err != nil {
		return nil, usage.Mistakef("%s: %w", f.runs, usage.Cause(err))
	}
	defer func() { _ = file.Close() }() // it is only read
	runs, err := talk.ReadRuns(file)
	if err != nil {
		return nil, usage.Mistakef("%s: %w", f.runs, err)
	}
	return runs, nil
}

// write writes the talk as a file, or saves its runs.
func (f *presentFlags) write(
	ctx context.Context, terminal io.Writer, words *tutorials.Library, t tutorials.Talk, minutes int, runs talk.Runs,
) error {
	if f.format != "" {
		if err := usage.OneOf("format", f.format, deck.Formats()); err != nil {
			return err
		}
	}
	if f.format != "" && f.out == "" && isTerminal(terminal) {
		return usage.Slip("cli.slip.terminal", "format", f.format)
	}
	provider, err := f.providers(true)
	if err != nil {
		return err
	}
	show, err := talk.Prepare(ctx, words, t, minutes, talk.Options{Provider: provider, Runs: runs})
	if err != nil {
		return usage.Mistakef("%w", err)
	}
	if err := f.keep(show); err != nil || f.format == "" {
		return err
	}
	var file bytes.Buffer
	if err := deck.Write(&file, f.format, show, deck.Options{Say: words.Catalog(), Web: f.web}); err != nil {
		return err
	}
	if f.out != "" && f.out != "-" {
		return writeFile(f.out, file.Bytes())
	}
	_, err = terminal.Write(file.Bytes())
	return err
}

// keep saves the runs of the talk, where that was asked for.
func (f *presentFlags) keep(show *talk.Show) error {
	if f.save == "" {
		return nil
	}
	var saved bytes.Buffer
	if err := show.Save(&saved); err != nil {
		return err
	}
	return writeFile(f.save, saved.Bytes())
}

// open gives the talk in a window; a rehearsal says afterwards how it went.
func (f *presentFlags) open(cmd *cobra.Command, words *tutorials.Library, t tutorials.Talk, minutes int, runs talk.Runs) error {
	if f.give == nil {
		return usage.Slip("cli.slip.no-stage", "talk", t.ID)
	}
	given := Given{Talk: t.ID, Minutes: minutes, Language: f.from.language, Runs: runs}
	if f.from.folder != "" {
		folder, err := WordsIn(f.from.folder, f.from.language)
		if err != nil {
			return err
		}
		given.Words, given.Language = folder.Files, folder.Language
	}
	if f.rehearse {
		given.Over = func(r talk.Rehearsal) { tellRehearsal(cmd.OutOrStdout(), words.Catalog(), r) }
	}
	return f.give(given)
}

// tellRehearsal writes the times of the scenes, and what to cut.
func tellRehearsal(out io.Writer, say *catalog.Catalog, r talk.Rehearsal) {
	head := []string{say.Text("cli.present.scene"), say.Text("cli.present.planned"), say.Text("cli.present.took")}
	rows := make([][]string, 0, len(r.Scenes))
	for i, s := range r.Scenes {
		rows = append(rows, []string{strconv.Itoa(i+1) + " " + s.Title, talk.Clock(s.Planned), talk.Clock(s.Took)})
	}
	_ = table(out, [][]string{head}, rows, terminalWidth(out)) // whoever reads no more needs no times
	for _, line := range r.Report(say) {
		fmt.Fprintln(out, line)
	}
}
