package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// walkFlags are what the command line of walk says.
type walkFlags struct {
	voice, lens, format, person, password, mistake, network, out string
	sets                                                         []string
	deny, classroom                                              bool
}

func formats() []string { return []string{"text", "markdown", "json", "mermaid", "har"} }

func newWalk() *cobra.Command {
	var f walkFlags
	cmd := &cobra.Command{
		Use:   "walk FLOW",
		Short: "Walk a flow in the terminal",
		Long: "Walk a flow to its end and tell it in the terminal or write it to a file.\n\n" +
			"Exit status: 0 the flow ended as it should, 3 a party refused (a result, not a fault), 2 the command line is wrong.",
		Example: "  grantwalk walk authorization-code-pkce --voice developer\n" +
			"  grantwalk walk authorization-code-pkce --set token.code_verifier=wrong\n" +
			"  grantwalk walk authorization-code-pkce --deny --format mermaid -o denied.mmd",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("walk takes one flow; see grantwalk list")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return f.walk(cmd, args[0]) },
	}
	p := cmd.Flags()
	p.StringVar(&f.voice, "voice", string(tutorials.Everyone), "who is being spoken to: everyone, executive, developer")
	p.StringVar(&f.lens, "lens", "protocol", "what things are called: protocol, hotel")
	p.StringVar(&f.format, "format", "text", "what comes out: "+strings.Join(formats(), ", "))
	p.StringVar(&f.person, "person", stage.People()[0].Username, "who signs in: jane, sam, dana")
	p.StringVar(&f.password, "password", "", "what that person types instead of the right password")
	p.BoolVar(&f.deny, "deny", false, "the person refuses consent")
	p.StringArrayVar(&f.sets, "set", nil, "change a request: STEP.PARAMETER=VALUE, or STEP.PARAMETER without a value to leave it out (repeatable)")
	p.StringVar(&f.mistake, "mistake", "", "make a classic mistake, e.g. replayed-code")
	p.BoolVar(&f.classroom, "classroom", false, "fix seed, clock and key, so that the run repeats byte for byte")
	p.StringVar(&f.network, "network", string(stage.Memory), "what carries the messages: memory, loopback")
	p.StringVarP(&f.out, "output", "o", "", "write to this file instead of the terminal")
	return cmd
}

func (f *walkFlags) walk(cmd *cobra.Command, id string) error {
	flow, err := flowOf(id)
	if err != nil {
		return err
	}
	words, err := tutorials.Load("en")
	if err != nil {
		return fmt.Errorf("load the tutorials: %w", err)
	}
	choices, err := f.choices(flow, words)
	if err != nil {
		return err
	}
	run, err := f.play(cmd, flow, choices)
	if err != nil {
		return err
	}
	n := tutorials.Narrator{
		Words: words, Flow: flow.ID, Voice: tutorials.Voice(f.voice), Lens: f.lens,
		Person: choices.FirstName(), App: stage.ClientName, Provider: stage.ProviderName,
	}
	if err := f.write(cmd.OutOrStdout(), run, n); err != nil {
		return err
	}
	if run.Outcome.State != trace.Completed {
		return errRefused
	}
	return nil
}

// choices checks everything that was said before anything is played.
func (f *walkFlags) choices(flow flows.Flow, words *tutorials.Library) (stage.Choices, error) {
	c := stage.Choices{Person: f.person, Password: f.password, Deny: f.deny}
	var lenses, people, voices, mistakes []string
	for _, l := range words.Lenses() {
		lenses = append(lenses, l.ID)
	}
	for _, p := range stage.People() {
		people = append(people, p.Username)
	}
	for _, v := range tutorials.Voices() {
		voices = append(voices, string(v))
	}
	for _, m := range flow.Mistakes {
		mistakes = append(mistakes, m.ID)
	}
	problems := []error{
		oneOf("voice", f.voice, voices), oneOf("lens", f.lens, lenses), oneOf("format", f.format, formats()),
		oneOf("person", f.person, people), oneOf("network", f.network, []string{string(stage.Memory), string(stage.Loopback)}),
	}
	if f.mistake != "" {
		problems = append(problems, oneOf("mistake", f.mistake, mistakes))
	}
	edits, err := f.edits(flow)
	for _, p := range append(problems, err) {
		if p != nil {
			return c, p
		}
	}
	c.Edits = edits
	return c, nil
}

// edits reads every --set.
func (f *walkFlags) edits(flow flows.Flow) ([]stage.Edit, error) {
	steps := requestSteps(flow)
	var edits []stage.Edit
	for _, set := range f.sets {
		target, value, given := strings.Cut(set, "=")
		step, name, ok := strings.Cut(target, ".")
		if !ok || name == "" {
			return nil, usagef("--set %q is not STEP.PARAMETER=VALUE, e.g. token.code_verifier=wrong", set)
		}
		if !slices.Contains(steps, step) {
			return nil, usagef("--set %q: %q is not a request of this flow; the requests are %s", set, step, strings.Join(steps, ", "))
		}
		change := stage.Change{Name: name, Value: value, Remove: !given}
		if i := slices.IndexFunc(edits, func(e stage.Edit) bool { return e.Step == step }); i >= 0 {
			edits[i].Params = append(edits[i].Params, change)
			continue
		}
		edits = append(edits, stage.Edit{Step: step, Params: []stage.Change{change}})
	}
	return edits, nil
}

// requestSteps are the steps that can be changed.
func requestSteps(flow flows.Flow) []string {
	var steps []string
	for _, s := range flow.Steps {
		if s.Kind == trace.Request && !s.Again && !slices.Contains(steps, s.ID) {
			steps = append(steps, s.ID)
		}
	}
	return steps
}

func (f *walkFlags) play(cmd *cobra.Command, flow flows.Flow, c stage.Choices) (run *trace.Trace, err error) {
	provider, err := providers(f.classroom)
	if err != nil {
		return nil, err
	}
	w, err := flows.Start(cmd.Context(), flow, flows.Options{
		Provider: provider, Classroom: f.classroom, Transport: stage.Transport(f.network), Choices: c,
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if m, ok := flow.Mistake(f.mistake); ok {
		i := slices.IndexFunc(w.Plan().Messages, func(msg trace.Message) bool { return msg.Step == m.Step })
		if i < 0 {
			return nil, usagef("--mistake %s changes the step %s, which this run does not come to", m.ID, m.Step)
		}
		if err := w.Edit(cmd.Context(), i, m.Edit(&w.Plan().Messages[i], w.Plan().Upto(i))); err != nil {
			return nil, err
		}
	}
	if err := w.Finish(cmd.Context()); err != nil {
		return nil, err
	}
	return w.Trace(), nil
}

// write tells the run in the format that was asked for.
func (f *walkFlags) write(out io.Writer, run *trace.Trace, n tutorials.Narrator) (err error) {
	text := export.TextOptions{Width: 80}
	if file, ok := out.(*os.File); ok && f.out == "" && term.IsTerminal(int(file.Fd())) { //nolint:gosec // a file descriptor fits an int
		text.Color = os.Getenv("NO_COLOR") == ""
		if width, _, err := term.GetSize(int(file.Fd())); err == nil { //nolint:gosec // as above
			text.Width = max(60, min(width, 100))
		}
	}
	if f.out != "" {
		file, err := os.Create(filepath.Clean(f.out))
		if err != nil {
			return usagef("--output: %w", err)
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		out = file
	}
	s := storyOf(n)
	switch f.format {
	case "markdown":
		return export.Markdown(out, run, s)
	case "json":
		return export.JSON(out, run)
	case "mermaid":
		return export.Mermaid(out, run, s)
	case "har":
		return export.HAR(out, run, version())
	}
	return export.Text(out, run, s, text)
}

// storyOf hands the words of a narrator to an export.
func storyOf(n tutorials.Narrator) export.Story {
	about := n.About()
	return export.Story{
		Title: about.Title, Intro: about.Intro[n.Voice], Done: about.Done[n.Voice],
		Role:    func(r trace.Role) (string, string) { return n.Role(string(r)) },
		Chapter: n.Chapter,
		Step: func(id string) export.Words {
			s := n.Step(id)
			return export.Words{Label: s.Label, Title: s.Title, Likeness: s.Likeness, Happened: s.Happened, Why: s.Why, Risk: s.Risk}
		},
		Rule:      func(c trace.Check) string { return n.Rule(c.ID, c.Rule) },
		Refused:   func(o trace.Outcome) string { return n.Refusal(o.Rule, o.Error, o.Reason) },
		Developer: n.Voice == tutorials.Developer,
	}
}
