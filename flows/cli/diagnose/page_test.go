package diagnose_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

var update = flag.Bool("update", false, "write docs/diagnosis.md and accept what the command says")

const page = "../../../docs/diagnosis.md"

// mark is the line below which the page is made from the table.
const mark = "<!-- Below this line the page is made from the table of causes: go test ./flows/cli/diagnose -update -->\n"

// TestThePageListsEveryCause compares docs/diagnosis.md with the table, or writes it.
func TestThePageListsEveryCause(t *testing.T) {
	words := wordstest.English(t)
	var table strings.Builder
	fmt.Fprintf(&table,
		"\n%d causes. Of those that are equally sure, the one that failed first is told first, and then the one further up here.\n\n"+
			"| id | what it says | rests on |\n|---|---|---|\n", len(diagnosis.Rows()))
	for _, row := range diagnosis.Rows() {
		if _, ok := words.Causes().Cause(row.ID); !ok {
			t.Errorf("%s has no words", row.ID)
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s |\n", row.ID, strings.ReplaceAll(row.Says, "|", `\|`), row.Spec)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	head, made, found := strings.Cut(string(text), mark)
	if !found {
		t.Fatalf("docs/diagnosis.md lacks the line %q", mark)
	}
	if made == table.String() {
		return
	}
	if !*update {
		t.Fatal("docs/diagnosis.md does not list the causes of the table; write it with: go test ./flows/cli/diagnose -update")
	}
	if err := os.WriteFile(page, []byte(head+mark+table.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}
