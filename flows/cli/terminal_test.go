package cli

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/handout"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
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
	for pager, want := range map[string]string{"cat -": "a\nb\n", "no-such-pager-here": "a\nb\n"} {
		var out bytes.Buffer
		if err := throughPager(context.Background(), pager, &out, []byte("a\nb\n")); err != nil || out.String() != want {
			t.Errorf("%s: %q and %v", pager, out.String(), err)
		}
	}
}

// A terminal may be as narrow as half a screen; what can be broken is.
func TestAFlowIsToldInFortyColumns(t *testing.T) {
	words, err := tutorials.Load(tutorials.DefaultLanguage)
	if err != nil {
		t.Fatal(err)
	}
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
	for line := range strings.Lines(out.String()) {
		if size := len([]rune(strings.TrimRight(line, "\n"))); size > 40 {
			t.Errorf("a line has %d columns: %q", size, line)
		}
	}
}

func TestTheListFitsATerminalOfFortyColumns(t *testing.T) {
	words, err := tutorials.Load(tutorials.DefaultLanguage)
	if err != nil {
		t.Fatal(err)
	}
	var wide, narrow bytes.Buffer
	if err := errors.Join(list(&wide, words, 0), list(&narrow, words, 40)); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(narrow.String()) {
		if len([]rune(line)) > 41 {
			t.Errorf("a line is too long: %q", line)
		}
	}
	for _, id := range FlowIDs() {
		if !strings.Contains(narrow.String(), id+"\n") || !strings.Contains(wide.String(), id+" ") {
			t.Errorf("%s is missing", id)
		}
	}
}

// Help and slips are words like any other: in the pseudo language no English is left in them.
func TestNoEnglishIsLeftInTheHelpInAnotherLanguage(t *testing.T) {
	say := translated(t).Catalog()
	root := usage.Root(say, "0", Walk(say, "0", onstage.Providers), List(say))
	for _, line := range []string{"--help", "walk --help", "list --help", "help help"} {
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
