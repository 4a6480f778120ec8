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
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

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
	voice, lens, language, format, person, password, mistake, network, out string
	typesPassword                                                          bool // --password was given, be it empty
	sets, withhold, switches, jumps                                        []string
	deny, classroom, mask                                                  bool

	version   string
	providers Providers
}

// Providers is how a run gets its identity provider, which a classroom run
// shares with every other one.
type Providers func(classroom bool) (func(stage.Env) (http.Handler, error), error)

// Walk is the command that walks a flow in the terminal. What is written says
// which version of the program wrote it.
func Walk(version string, providers Providers) *cobra.Command {
	f := walkFlags{version: version, providers: providers}
	cmd := &cobra.Command{
		Use:   "walk FLOW",
		Short: "Walk a flow in the terminal",
		Long: "Walk a flow to its end and tell it in the terminal, or write it to a file.\n\n" +
			"The flows are: " + strings.Join(FlowIDs(), ", ") + ".\n\n" +
			"Exit status: 0 the flow ended as it should, 3 a party refused (a result, not a\nfault), 2 the command line is wrong, 1 anything else " +
			"went wrong.",
		Example: "  grantwalk walk authorization-code-pkce --voice developer\n" +
			"  grantwalk walk authorization-code-pkce --set authorize.redirect_uri=https://attacker.example\n" +
			"  grantwalk walk authorization-code-pkce --deny --format mermaid -o denied.mmd\n" +
			"  grantwalk walk authorization-code-pkce --format html --mask -o handout.html",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage.Mistakef("walk takes one flow, got %d; the flows are %s", len(args), strings.Join(FlowIDs(), ", "))
			}
			return nil
		},
		ValidArgs: FlowIDs(),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.typesPassword = cmd.Flags().Changed("password")
			return f.walk(cmd, args[0])
		},
	}
	p := cmd.Flags()
	p.StringVar(&f.voice, "voice", string(tutorials.Everyone), "`VOICE` for whoever listens: "+strings.Join(Voices(), ", "))
	p.StringVar(&f.lens, "lens", "", "`LENS` to look through, otherwise that of the voice: protocol, or the likeness of a hotel or an office")
	usage.LanguageFlag(p, &f.language)
	p.StringVar(&f.format, "format", "text", "`FORMAT` to write: "+strings.Join(formats(), ", "))
	p.StringVar(&f.person, "person", "", "`NAME` of whoever signs in: "+strings.Join(people(), ", "))
	p.StringVar(&f.password, "password", "", "`PASSWORD` typed instead of the right one")
	p.StringArrayVar(&f.withhold, "withhold", nil, "`SCOPE` that the person does not agree to; may be repeated")
	p.StringArrayVar(&f.switches, "switch", nil, "`NAME=VALUE` of an alternative that the flow has; may be repeated")
	p.StringArrayVar(&f.jumps, "jump", nil, "`STEP=TIME` by which the clock runs before that step, e.g. token=2m; may be repeated")
	p.BoolVar(&f.deny, "deny", false, "the person refuses consent")
	p.StringArrayVar(&f.sets, "set", nil, "`CHANGE` of a request, as STEP.PARAMETER=VALUE, or STEP.PARAMETER to leave it out; may be repeated")
	p.BoolVar(&f.mask, "mask", false, "put names in the place of passwords, codes, tokens, cookies and other secrets")
	p.StringVar(&f.mistake, "mistake", "", "classic `MISTAKE` to make, e.g. replayed-code")
	p.BoolVar(&f.classroom, "classroom", false, "fix seed, clock and key, so that the run repeats byte for byte")
	p.StringVar(&f.network, "network", string(stage.Memory), "`NETWORK` that carries the messages: "+strings.Join(Networks(), ", "))
	p.StringVarP(&f.out, "output", "o", "", "`FILE` to write to instead of the terminal; - is the terminal")
	return cmd
}

func (f *walkFlags) walk(cmd *cobra.Command, id string) error {
	flow, err := FlowOf(id)
	if err != nil {
		return err
	}
	words, err := loadWords(f.language)
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
	if err := f.tell(cmd.OutOrStdout(), run, f.narrator(words, flow, choices, run)); err != nil {
		return err
	}
	for _, note := range notes(choices.Edits, run) {
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

// loadWords reads the words of a language, or for "" those of the system's.
func loadWords(language string) (*tutorials.Library, error) {
	language, err := usage.Language(language)
	if err != nil {
		return nil, err
	}
	words, err := tutorials.Load(language)
	if err != nil {
		return nil, fmt.Errorf("load the tutorials: %w", err)
	}
	return words, nil
}

// choices checks everything that was said before anything is played.
func (f *walkFlags) choices(flow flows.Flow, words *tutorials.Library) (stage.Choices, error) {
	edits, err := readEdits(f.sets, flow)
	problems := []error{
		usage.OneOf("voice", f.voice, Voices()), usage.Given("lens", f.lens, Lenses(words)), usage.OneOf("format", f.format, formats()),
		usage.Given("person", f.person, people()), usage.OneOf("network", f.network, Networks()),
		usage.Given("mistake", f.mistake, Mistakes(flow)), err,
	}
	if m, ok := flow.Mistake(f.mistake); ok && slices.ContainsFunc(edits, func(e stage.Edit) bool { return e.Step == m.Step }) {
		problems = append(problems, usage.Mistakef("--mistake %s and --set both change the step %s; use one of them", m.ID, m.Step))
	}
	for _, p := range problems {
		if p != nil {
			return stage.Choices{}, p
		}
	}
	choices := stage.Choices{Person: f.person, Deny: f.deny, Withhold: f.withhold, Edits: edits}
	if choices.Switches, err = readSwitches(f.switches, flow); err != nil {
		return stage.Choices{}, err
	}
	if choices.Jumps, err = readJumps(f.jumps, flow); err != nil {
		return stage.Choices{}, err
	}
	if f.typesPassword {
		choices.Typed = &stage.Typed{Username: orFirst(f.person, flow), Password: f.password}
	}
	return choices, nil
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
		i := slices.IndexFunc(w.Plan().Messages, func(msg trace.Message) bool { return msg.Step == m.Step })
		if i < 0 {
			return nil, usage.Mistakef("--mistake %s changes the step %s, which this run does not come to", m.ID, m.Step)
		}
		if err := w.Edit(ctx, i, m.Make(&w.Plan().Messages[i], w.Plan().Upto(i))); err != nil {
			return nil, f.startError(err)
		}
	}
	if err := checkEdits(c.Edits, w.Plan()); err != nil {
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
		return usage.Mistakef("--network loopback: another program uses %s, and a classroom run always uses the same three ports; stop that "+
			"program, or use --network memory", usage.AddressOf(err))
	}
	return usage.Mistakef("--network loopback: another program took %s in this moment; try again", usage.AddressOf(err))
}

// tell writes the run in the format that was asked for, whole or not at all.
func (f *walkFlags) tell(terminal io.Writer, run *trace.Trace, n tutorials.Narrator) error {
	if format, _ := export.FormatOf(f.format); !format.Text && isTerminal(terminal) && (f.out == "" || f.out == "-") {
		return usage.Mistakef("--format %s is not for a terminal; say where it goes with -o FILE", f.format)
	}
	var text bytes.Buffer
	if err := f.export(&text, run, n, textOptions(terminal, f.out)); err != nil {
		return err
	}
	if f.out != "" && f.out != "-" {
		return writeFile(f.out, text.Bytes())
	}
	_, err := terminal.Write(text.Bytes())
	return err
}

func (f *walkFlags) export(out io.Writer, run *trace.Trace, n tutorials.Narrator, text export.TextOptions) error {
	return export.Write(out, f.format, run, handout.Story(n), export.Options{Mask: f.mask, Version: f.version, Text: text})
}

// Widths of the text. Beyond the last, lines are hard to read.
const (
	pipeWidth = 80
	minWidth  = 60
	maxWidth  = 100
)

// textOptions fit a terminal; a file or a pipe gets plain text.
func textOptions(out io.Writer, file string) export.TextOptions {
	plain := export.TextOptions{Width: pipeWidth}
	terminal, ok := out.(*os.File)
	if !ok || (file != "" && file != "-") {
		return plain
	}
	fd := int(terminal.Fd())
	if !term.IsTerminal(fd) {
		return plain
	}
	plain.Color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	if width, _, err := term.GetSize(fd); err == nil && width > 0 {
		plain.Width = max(minWidth, min(width, maxWidth))
	}
	return plain
}

// isTerminal reports whether somebody reads what is written.
func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
