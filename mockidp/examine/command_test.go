package examine_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli/script"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/mockidp/examine"
	"github.com/grantwalk/grantwalk/tutorials"
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

// TestThePageListsEveryQuestion compares docs/exam.md with the table, or writes it.
func TestThePageListsEveryQuestion(t *testing.T) {
	words, err := tutorials.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	table.WriteString("\n| id | what is done | a good client | rests on | |\n|---|---|---|---|---|\n")
	for _, q := range exam.Questions() {
		said, _ := words.ExamQuestion(q.ID)
		level := "advised"
		if q.Must {
			level = "demanded"
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s | %s |\n", q.ID, said.Done, said.Good, q.Spec, level)
	}
	table.WriteString("\n")
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, found := strings.Cut(string(text), mark)
	made, tail, ends := strings.Cut(rest, "## ")
	switch {
	case !found || !ends:
		t.Fatalf("docs/exam.md lacks the line %q with a section after it", mark)
	case made == table.String():
		return
	case !*update:
		t.Fatal("docs/exam.md does not list the questions of the exam; write it with: go test ./mockidp/examine -update")
	}
	if err := os.WriteFile(page, []byte(head+mark+table.String()+"## "+tail), 0o600); err != nil {
		t.Fatal(err)
	}
}
