// Package cli walks a flow in the terminal, and lists those that there are: it
// reads what was asked for, plays it, and hands the record to an export. Who
// answers the requests it is told by whoever puts the program together.
package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
	"github.com/grantwalk/grantwalk/tutorials/handout"
)

// walkFlags are what the command line of walk says.
type walkFlags struct {
	voice, lens, format, person, password, mistake, network, out string
	words                                                        wordsFlags
	sets, withhold, switches, jumps                              []string
	deny, classroom, mask, noPager                               bool
	given                                                        func(flag string) bool // whether a flag was on the command line
	client                                                       *stage.SetUp           // of an address

	version   string
	providers Providers
}

// Providers is how a run gets its identity provider, which a classroom run
// shares with every other one.
type Providers func(classroom bool) (func(stage.Env) (http.Handler, error), error)

// Walk is the command that walks a flow in the terminal, and speaks the
// language of the catalog. What is written says which version of the program
// wrote it.
func Walk(say *catalog.Catalog, version string, providers Providers) *cobra.Command {
	f := walkFlags{version: version, providers: providers}
	cmd := &cobra.Command{
		Use:   "walk FLOW",
		Short: say.Text("cli.walk.short"),
		Long: say.Text("cli.walk.long") + "\n\n" + say.Text("cli.walk.flows", "flows", strings.Join(FlowIDs(), ", ")) + "\n\n" +
			say.Text("cli.walk.status"),
		Example: "  grantwalk walk pkce --voice developer\n" +
			"  grantwalk walk pkce --mistake replayed-code\n" +
			"  grantwalk walk pkce --set authorize.redirect_uri=https://attacker.example\n" +
			"  grantwalk walk pkce --deny --format mermaid -o denied.mmd\n" +
			"  grantwalk walk pkce --format html --mask -o handout.html",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage.Slip("cli.slip.one-flow", "n", strconv.Itoa(len(args)), "flows", strings.Join(FlowIDs(), ", "))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			f.given = cmd.Flags().Changed
			return f.walk(cmd, args[0])
		},
	}
	f.register(say, cmd.Flags())
	f.complete(cmd)
	return cmd
}

// register adds the flags.
func (f *walkFlags) register(say *catalog.Catalog, p *pflag.FlagSet) {
	listed := func(id, name string, values []string) string {
		return say.Text("cli.walk."+id, name, strings.Join(values, ", "))
	}
	p.StringVar(&f.voice, "voice", string(tutorials.Everyone), listed("voice", "voices", Voices()))
	p.StringVar(&f.lens, "lens", "", say.Text("cli.walk.lens"))
	f.words.register(say, p)
	p.StringVar(&f.format, "format", "text", listed("format", "formats", formats()))
	p.StringVar(&f.person, "person", "", listed("person", "people", people()))
	p.StringVar(&f.password, "password", "", say.Text("cli.walk.password"))
	p.StringArrayVar(&f.withhold, "withhold", nil, say.Text("cli.walk.withhold"))
	p.StringArrayVar(&f.switches, "switch", nil, say.Text("cli.walk.switch"))
	p.StringArrayVar(&f.jumps, "jump", nil, say.Text("cli.walk.jump"))
	p.BoolVar(&f.deny, "deny", false, say.Text("cli.walk.deny"))
	p.StringArrayVar(&f.sets, "set", nil, say.Text("cli.walk.set"))
	p.BoolVar(&f.mask, "mask", false, say.Text("cli.walk.mask"))
	p.StringVar(&f.mistake, "mistake", "", say.Text("cli.walk.mistake"))
	p.BoolVar(&f.classroom, "classroom", false, say.Text("cli.walk.classroom"))
	p.StringVar(&f.network, "network", string(stage.Memory), listed("network", "networks", Networks()))
	p.StringVarP(&f.out, "output", "o", "", say.Text("cli.walk.output"))
	p.BoolVar(&f.noPager, "no-pager", false, say.Text("cli.walk.no-pager"))
}

func (f *walkFlags) walk(cmd *cobra.Command, id string) error {
	id, err := f.addressed(id)
	if err != nil {
		return err
	}
	flow, err := FlowOf(id)
	if err != nil {
		return err
	}
	words, err := f.words.load()
	if err != nil {
		return err
	}
	choices, err := f.choices(flow, words)
	if err != nil {
		return err
	}
	run, err := f.play(cmd.Context(), flow, choices, words.Catalog())
	if err != nil {
		return err
	}
	if err := f.tell(cmd.Context(), cmd.OutOrStdout(), run, f.narrator(words, flow, choices, run)); err != nil {
		return err
	}
	for _, note := range f.notes(words.Catalog(), choices.Edits, run) {
		fmt.Fprintln(cmd.ErrOrStderr(), note)
	}
	if run.Outcome.State != trace.Completed {
		return usage.ErrRefused
	}
	return nil
}

func (f *walkFlags) narrator(words *tutorials.Library, flow flows.Flow, c stage.Choices, run *trace.Trace) tutorials.Narrator {
	return tutorials.Narrator{
		Words: words, Flow: flow.ID, Voice: tutorials.Voice(f.voice), Lens: cmp.Or(f.lens, tutorials.LensOf(tutorials.Voice(f.voice))),
		Person: flow.Cast.FirstName(c), App: flow.Cast.Client.Name, Provider: stage.ProviderName,
		Switches: c.Switches, Withheld: len(c.Withhold) > 0, Mistaken: run.Mistake,
	}
}

func (f *walkFlags) play(ctx context.Context, flow flows.Flow, c stage.Choices, say *catalog.Catalog) (run *trace.Trace, err error) {
	provider, err := f.providers(f.classroom)
	if err != nil {
		return nil, err
	}
	w, err := flows.Start(ctx, flow, flows.Options{
		Provider: provider, Classroom: f.classroom, Transport: stage.Transport(f.network), Choices: c, Say: say,
	})
	if err != nil {
		return nil, f.startError(err)
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if m, ok := flow.Mistake(f.mistake); ok {
		var unmet *flows.NoSuchStepError
		switch _, err := w.Try(ctx, m); {
		case errors.As(err, &unmet):
			return nil, usage.Slip("cli.slip.mistake-unmet", "mistake", m.ID, "step", m.Step)
		case err != nil:
			return nil, f.startError(err)
		}
	}
	if err := checkPlan(c, w.Plan()); err != nil {
		return nil, err
	}
	if err := w.Finish(ctx); err != nil {
		return nil, err
	}
	return w.Trace(), nil
}

// startError says in one line that a port is taken: it is the one thing that
// whoever typed the command can change.
func (f *walkFlags) startError(err error) error {
	if !usage.AddressInUse(err) {
		return err
	}
	if f.classroom {
		return usage.Slip("cli.slip.port-classroom", "address", usage.AddressOf(err))
	}
	return usage.Slip("cli.slip.port", "address", usage.AddressOf(err))
}

// tell writes the run in the format that was asked for, whole or not at all.
func (f *walkFlags) tell(ctx context.Context, terminal io.Writer, run *trace.Trace, n tutorials.Narrator) error {
	if format, _ := export.FormatOf(f.format); !format.Text && isTerminal(terminal) && (f.out == "" || f.out == "-") {
		return usage.Slip("cli.slip.terminal", "format", f.format)
	}
	var text bytes.Buffer
	if err := f.export(&text, run, n, textOptions(terminal, f.out)); err != nil {
		return err
	}
	if f.out != "" && f.out != "-" {
		return writeFile(f.out, text.Bytes())
	}
	if pager := f.pager(terminal, bytes.Count(text.Bytes(), []byte("\n")), os.Getenv); pager != "" {
		return throughPager(ctx, pager, terminal, text.Bytes())
	}
	_, err := terminal.Write(text.Bytes())
	return err
}

func (f *walkFlags) export(out io.Writer, run *trace.Trace, n tutorials.Narrator, text export.TextOptions) error {
	return export.Write(out, f.format, run, handout.Story(n), export.Options{Mask: f.mask, Version: f.version, Text: text})
}
