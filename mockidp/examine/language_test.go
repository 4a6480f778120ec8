//go:build !race

package examine

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func TestNoEnglishIsLeftInTheHelpInAnotherLanguage(t *testing.T) {
	words := wordstest.Pseudo(t)
	cmd := Command(words.Catalog(), "0")
	var out bytes.Buffer
	root := usage.Root(words.Catalog(), "0", cmd)
	if status := usage.Run(t.Context(), root, []string{"exam", "--help"}, &out, &out); status != usage.StatusOK {
		t.Fatal(out.String())
	}
	known := pseudo.Names(cmd.Use+" flags "+cmd.Example, strings.Join(tutorials.Stacks(), " "))
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		name, _ := pflag.UnquoteUsage(f)
		known.Add(f.Name + " " + name + " default " + f.DefValue)
	})
	if left := known.Left(out.String()); len(left) > 0 {
		t.Errorf("English is left: %q\n%s", left, out.String())
	}
}
