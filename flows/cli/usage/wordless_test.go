package usage_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

func TestACommandWithoutWordsHasThemWhenItsHelpIsAskedFor(t *testing.T) {
	build := func(say *catalog.Catalog) *cobra.Command {
		serve := &cobra.Command{Use: "serve", Short: say.Text("serving.help.short"), Run: func(*cobra.Command, []string) {}}
		serve.Flags().Bool("explain", false, say.Text("serving.flag.explain"))
		return serve
	}
	asked := 0
	words := func() *catalog.Catalog {
		asked++
		return usage.Say(nil)
	}
	help := func(root *cobra.Command, args ...string) string {
		var out bytes.Buffer
		root.SetArgs(args)
		root.SetOut(&out)
		if err := root.Execute(); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if help(usage.Wordless(words, "1", build), "serve"); asked > 0 {
		t.Error("a start without help reads words that nobody sees")
	}
	for _, args := range [][]string{{"serve", "--help"}, {"serve", "-h"}, {"help", "serve"}, {"--help"}} {
		if diff := cmp.Diff(help(usage.Root(usage.Say(nil), "1", build(usage.Say(nil))), args...), help(usage.Wordless(words, "1", build), args...)); diff != "" {
			t.Errorf("%v is told in other words:\n%s", args, diff)
		}
	}
}
