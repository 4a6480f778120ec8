//go:build !headless

package launch

import (
	"flag"
	"testing"

	"github.com/spf13/cobra"

	"github.com/grantwalk/grantwalk/app"
	"github.com/grantwalk/grantwalk/app/walk"
	"github.com/grantwalk/grantwalk/flows/cli/script"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
)

var update = flag.Bool("update", false, "accept what the command says now")

func newCommand() *cobra.Command {
	root := usage.Root(usage.Say(nil), "0.1.0")
	Window(root, "0.1.0", onstage.Providers, nil)
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
