//go:build !headless

package launch

import (
	"bytes"
	"flag"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/app"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/flows/cli"
	"github.com/grantwalk/grantwalk/flows/cli/script"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

var update = flag.Bool("update", false, "accept what the command says now")

func newCommand() *cobra.Command { return commandIn(usage.Say(nil)) }

func commandIn(say *catalog.Catalog) *cobra.Command {
	root := usage.Root(say, "0.1.0")
	Window(say, root, "0.1.0", onstage.Providers, nil)
	return root
}

func TestMain(m *testing.M) { script.Main(m, newCommand) }

func TestTheCommand(t *testing.T) { script.Run(t, *update) }

func TestTheWindowKnowsTheShortNamesOfFlows(t *testing.T) {
	o := app.Options{Walk: walk.Options{Flow: "device"}}
	if err := checkWindow(&o); err != nil || o.Walk.Flow != "device-code" {
		t.Errorf("the flow is %q: %v", o.Walk.Flow, err)
	}
	o = app.Options{Walk: walk.Options{Flow: "oidc", Saved: &trace.Trace{Flow: "openid-connect"}}}
	if err := checkWindow(&o); err != nil || o.Walk.Flow != "openid-connect" {
		t.Errorf("with a saved run of it, the flow is %q: %v", o.Walk.Flow, err)
	}
	o.Walk.Flow = "pkce"
	if err := checkWindow(&o); err == nil {
		t.Error("the file holds another flow than the one that was asked for, and nobody says so")
	}
}

// The help of the window is words like any other: in the pseudo language no English is left in it.
func TestNoEnglishIsLeftInTheHelpOfTheWindow(t *testing.T) {
	words := wordstest.Pseudo(t)
	var out bytes.Buffer
	root := commandIn(words.Catalog())
	if status := usage.Run(t.Context(), root, []string{"--help"}, &out, &out); status != usage.StatusOK {
		t.Fatal(out.String())
	}
	known := pseudo.Names("grantwalk", "protocol", "command", "flags")
	root.Flags().VisitAll(func(f *pflag.Flag) {
		name, _ := pflag.UnquoteUsage(f)
		known.Add(f.Name + " " + name + " default " + f.DefValue)
	})
	for _, c := range root.Commands() {
		known.Add(c.Use)
	}
	for _, values := range [][]string{cli.FlowIDs(), cli.Voices(), cli.Networks(), app.Themes(), walk.Tabs()} {
		known.Add(strings.Join(values, " "))
	}
	known.Add(root.Use)
	if left := known.Left(out.String()); len(left) > 0 {
		t.Errorf("English is left: %q\n%s", left, out.String())
	}
}
