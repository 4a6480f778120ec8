package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/handout"
	"github.com/grantwalk/grantwalk/tutorials/leaflet"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func TestColoursAreForcedForbiddenOrLeftToTheTerminal(t *testing.T) {
	for sentence, c := range map[string]struct {
		terminal bool
		env      map[string]string
		want     bool
	}{
		"a terminal has colours":          {true, nil, true},
		"a pipe has none":                 {false, nil, false},
		"NO_COLOR takes them":             {true, map[string]string{"NO_COLOR": "1"}, false},
		"a dumb terminal has none":        {true, map[string]string{"TERM": "dumb"}, false},
		"FORCE_COLOR brings them":         {false, map[string]string{"FORCE_COLOR": "1"}, true},
		"FORCE_COLOR is stronger":         {true, map[string]string{"FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "dumb"}, true},
		"FORCE_COLOR=0 takes them":        {true, map[string]string{"FORCE_COLOR": "0"}, false},
		"an empty FORCE_COLOR is nothing": {false, map[string]string{"FORCE_COLOR": ""}, false},
	} {
		if got := colored(c.terminal, func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%s: got %v", sentence, got)
		}
	}
}

func TestThePagerIsTheOneThatSomebodySet(t *testing.T) {
	for set, want := range map[string]string{
		"PAGER=more": "more", "PAGER=less -S": "less -S", "PAGER=cat": "", "PAGER=": "", "GRANTWALK_PAGER=most": "most",
	} {
		name, value, _ := strings.Cut(set, "=")
		got := chosenPager(func(asked string) (string, bool) { return value, asked == name })
		if got != want {
			t.Errorf("%s: got %q", set, got)
		}
	}
}

func TestNothingButATerminalGetsAPager(t *testing.T) {
	f := walkFlags{format: "text"}
	if got := f.pager(&bytes.Buffer{}, 1000, func(string) string { return "" }); got != "" {
		t.Errorf("a pipe gets %q", got)
	}
}

func TestTextGoesThroughThePagerAndIsWrittenWhereThereIsNone(t *testing.T) {
	for pager, want := range map[string]string{"cat -": "a\nb\n", "no-such-pager-here": "a\nb\n", "/no/such/pager -R": "a\nb\n"} {
		var out bytes.Buffer
		if err := throughPager(context.Background(), pager, &out, []byte("a\nb\n")); err != nil || out.String() != want {
			t.Errorf("%s: %q and %v", pager, out.String(), err)
		}
	}
}

// A terminal may be as narrow as half a screen; what can be broken is.
func TestAFlowIsToldInFortyColumns(t *testing.T) {
	words := wordstest.English(t)
	f := walkFlags{format: "text", providers: onstage.Providers, classroom: true, voice: "everyone"}
	flow, err := FlowOf("pkce")
	if err != nil {
		t.Fatal(err)
	}
	run := f.played(t, flow, words)
	n := tutorials.Narrator{
		Words: words, Flow: flow.ID, Voice: tutorials.Everyone, Lens: tutorials.ProtocolLens, Person: "Jane", App: "Travel app",
	}
	var out bytes.Buffer
	if err := export.Write(&out, "text", run, handout.Story(n), export.Options{Text: export.TextOptions{Width: 40}}); err != nil {
		t.Fatal(err)
	}
	fitsIn(t, flow.ID, out.String(), 40)
}

func fitsIn(t *testing.T, name, text string, columns int) {
	t.Helper()
	for line := range strings.Lines(text) {
		if size := len([]rune(strings.TrimRight(line, "\n"))); size > columns {
			t.Errorf("%s: a line has %d columns: %q", name, size, line)
		}
	}
}

func TestEveryListFitsATerminalOfFortyColumns(t *testing.T) {
	words := wordstest.English(t)
	talks, err := words.Talks().All()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		write func(io.Writer, int) error
		names []string
	}{
		"flows": {func(out io.Writer, width int) error { return list(out, words, width) }, FlowIDs()},
		"pages": {func(out io.Writer, width int) error { return listPages(out, words, width) }, leaflet.Names(words)},
		"talks": {
			func(out io.Writer, width int) error { return listTalks(out, words.Catalog(), talks, width) },
			namesOf(talks, func(t tutorials.Talk) string { return t.ID }),
		},
	} {
		var wide, narrow bytes.Buffer
		if err := errors.Join(c.write(&wide, 0), c.write(&narrow, 40)); err != nil {
			t.Fatal(err)
		}
		fitsIn(t, name, narrow.String(), 40)
		for _, id := range c.names {
			if !strings.Contains(narrow.String(), id+"\n") || !strings.Contains(wide.String(), id+" ") {
				t.Errorf("%s: %s is missing", name, id)
			}
		}
	}
}

// A shell that offers the files of the folder where a name is wanted is of no help.
func TestEveryCommandCompletesTheNameThatItTakes(t *testing.T) {
	for _, cmd := range newCommand().Commands() {
		_, takes, _ := strings.Cut(cmd.Use, " ")
		if what := strings.Trim(takes, "[]"); what == "" || what == "DIR" || cmd.Name() == "completion" {
			continue
		}
		if cmd.ValidArgsFunction == nil {
			t.Errorf("%s completes no %s", cmd.Name(), takes)
			continue
		}
		if names, _ := cmd.ValidArgsFunction(cmd, nil, ""); len(names) == 0 {
			t.Errorf("%s completes its %s with nothing", cmd.Name(), takes)
		}
		if names, _ := cmd.ValidArgsFunction(cmd, []string{"x"}, ""); len(names) > 0 && cmd.Name() != "help" {
			t.Errorf("%s takes one %s and completes another one", cmd.Name(), takes)
		}
	}
}

// The command line library has a sentence of its own for it, in which nothing is named.
func TestEveryCommandSaysWhatItTakesWhereItIsGivenTooMuch(t *testing.T) {
	for _, cmd := range newCommand().Commands() {
		var out, told bytes.Buffer
		line := []string{cmd.Name(), "one", "two", "three"}
		if status := usage.Run(t.Context(), newCommand(), line, &out, &told); cmd.Name() != "completion" && status != usage.StatusUsage {
			t.Errorf("%s: exit status %d, %q", cmd.Name(), status, told.String())
		}
		if strings.Contains(told.String(), "arg(s)") {
			t.Errorf("%s: %q", cmd.Name(), told.String())
		}
	}
}

func TestNoEnglishIsLeftInTheHelpInAnotherLanguage(t *testing.T) {
	say := wordstest.Pseudo(t).Catalog()
	root := usage.Root(say, "0", Walk(say, "0", onstage.Providers), List(say), Lesson(say), Quiz(say, onstage.Providers), CheckWords(say))
	for _, line := range []string{
		"--help", "walk --help", "list --help", "lesson --help", "quiz --help", "check-words --help", "help help",
	} {
		var out, told bytes.Buffer
		if status := usage.Run(t.Context(), root, strings.Fields(line), &out, &told); status != usage.StatusOK {
			t.Fatalf("%s: %s", line, told.String())
		}
		known := pseudo.Names("grantwalk", "protocol")
		known.Add(namesTyped(root))
		if left := known.Left(out.String()); len(left) > 0 {
			t.Errorf("%s: English is left: %q", line, left)
		}
	}
}

// namesTyped are what stands in help as it is typed: commands, flags, values and examples.
func namesTyped(root *cobra.Command) string {
	var b strings.Builder
	for _, values := range [][]string{FlowIDs(), Voices(), formats(), people(), Networks(), listFormats()} {
		b.WriteString(strings.Join(values, " ") + " ")
	}
	for _, c := range append(root.Commands(), root) {
		b.WriteString(c.Use + " command flags " + c.Example + " ")
		c.Flags().VisitAll(func(f *pflag.Flag) {
			name, _ := pflag.UnquoteUsage(f)
			b.WriteString(f.Name + " " + name + " default " + f.DefValue + " ")
		})
	}
	return b.String()
}
