package examine_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli/script"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/mockidp/examine"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

var update = flag.Bool("update", false, "accept what the command says now")

func TestMain(m *testing.M) {
	script.Main(m, func() *cobra.Command {
		say := usage.Say(os.Args[1:])
		return usage.Root(say, "test", examine.Command(say, "test"))
	})
}

func TestTheCommand(t *testing.T) { script.Run(t, *update) }

const page = "../../docs/exam.md"

// mark is the line below which the table of the page is made.
const mark = "<!-- The table is made from the exam's own: go test ./mockidp/examine -update -->\n"

// markClients is the line below which the table of real clients is made.
const markClients = "<!-- The table is made from what their runs came to: go test ./mockidp/examine -update -->\n"

// TestThePageListsEveryQuestion compares docs/exam.md with the table, or writes it.
func TestThePageListsEveryQuestion(t *testing.T) {
	words := wordstest.English(t)
	var table strings.Builder
	table.WriteString("\n| id | what is done | a good client | rests on | |\n|---|---|---|---|---|\n")
	for _, q := range exam.Questions() {
		said, _ := words.Exam().Question(q.ID)
		level := "advised"
		if q.Must {
			level = "demanded"
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s | %s |\n", q.ID, said.Done, said.Good, q.Spec, level)
	}
	between(t, mark, table.String(), "\n## ")
}

// between compares what stands on the page between a line and what comes after
// it with what it should be, or writes it.
func between(t *testing.T, begins, want, ends string) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, found := strings.Cut(string(text), begins)
	made, tail, ended := strings.Cut(rest, ends)
	switch {
	case !found || !ended:
		t.Fatalf("docs/exam.md lacks the line %q with %q after it", begins, ends)
	case made == want:
		return
	case !*update:
		t.Fatal("docs/exam.md does not say what it should; write it with: go test ./mockidp/examine -update")
	}
	if err := os.WriteFile(page, []byte(head+begins+want+ends+tail), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestThePageSaysWhatRealClientsSwallowed holds docs/exam.md to the runs of
// make interop, and the app that it shows to the one that ran.
func TestThePageSaysWhatRealClientsSwallowed(t *testing.T) {
	var table strings.Builder
	table.WriteString("\n| app | library | demanded, swallowed | advised, swallowed |\n|---|---|---|---|\n")
	for _, ran := range []struct{ app, testdata string }{
		{"interop/python/exam_app.py", "authlib"}, {"interop/openid-client/exam_app.mjs", "openid-client"},
	} {
		text, err := os.ReadFile(filepath.Join("../..", filepath.Dir(ran.app), "testdata", ran.testdata+".exam"))
		if err != nil {
			t.Fatal(err)
		}
		library, rest, _ := strings.Cut(string(text), "\n")
		swallowed := map[string][]string{}
		for line := range strings.Lines(rest) {
			if said := strings.Fields(line); len(said) == 3 && said[2] == "swallowed" {
				swallowed[said[1]] = append(swallowed[said[1]], "`"+said[0]+"`")
			}
		}
		none := func(level string) string { return cmp.Or(strings.Join(swallowed[level], ", "), "none") }
		fmt.Fprintf(&table, "| [%s](../%s) | %s | %s | %s |\n", filepath.Base(ran.app), ran.app, library, none("must"), none("should"))
	}
	between(t, markClients, table.String(), "\nWhat Authlib swallows")
	app, err := os.ReadFile("../../interop/python/exam_app.py")
	if err != nil {
		t.Fatal(err)
	}
	between(t, "```python\n", string(app), "```\n")
}
